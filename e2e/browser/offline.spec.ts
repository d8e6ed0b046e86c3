import { expect } from '@playwright/test'
import type { Device } from './device.ts'
import { NETWORK_GONE } from './device.ts'
import { test } from './test.ts'

/** Two who have talked, both looking at it, and whose browsers hold the app's files. */
async function talking(people: { signUp: (name: string) => Promise<Device> }): Promise<{ alice: Device; bob: Device }> {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('hello')
  await bob.tab.open('Alice')
  await bob.tab.write('hi')
  await expect(alice.tab.texts).toHaveText(['hello', 'hi'])
  await Promise.all([alice.tab.isInstalled(), bob.tab.isInstalled()])
  return { alice, bob }
}

test('without a network one reads, writes and reloads; back online everything arrives once and in order', async ({ people }) => {
  const { alice, bob } = await talking(people)
  await alice.goOffline()
  await expect(alice.page.getByTestId('connection')).toHaveAttribute('data-state', 'offline')
  await alice.tab.write('one', 'two')
  await alice.tab.hasMark('one', 'pending')
  await expect(alice.page.getByTestId('connection')).toContainText('2 messages wait on this device')

  await alice.page.reload()
  await expect(alice.tab.texts).toHaveText(['hello', 'hi', 'one', 'two'])
  await alice.tab.hasMark('two', 'pending')
  await alice.tab.write('three')
  await bob.tab.write('meanwhile')

  await alice.goOnline()
  const all = ['hello', 'hi', 'meanwhile', 'one', 'two', 'three']
  await expect(alice.tab.texts).toHaveText(all)
  await expect(bob.tab.texts).toHaveText(all)
  await alice.tab.hasMark('three', 'read')
})

test('a killed server is said in words, nothing is lost, and clients come back by themselves', async ({ people, server }) => {
  const { alice, bob } = await talking(people)
  for (const device of [alice, bob]) device.forgive(...NETWORK_GONE)
  await server.kill()
  await expect(alice.page.getByTestId('connection')).toHaveAttribute('data-state', 'offline')
  await alice.tab.write('one')
  await bob.tab.write('two')
  await alice.tab.hasMark('one', 'pending')
  await alice.page.reload()
  await expect(alice.tab.texts).toHaveText(['hello', 'hi', 'one'])
  await alice.tab.hasMark('one', 'pending')

  await server.start()
  await expect(alice.tab.texts).toHaveCount(4)
  await expect(bob.tab.texts).toHaveCount(4)
  const order = await alice.tab.texts.allTextContents()
  expect(order.toSorted()).toEqual(['hello', 'hi', 'one', 'two'])
  await expect(bob.tab.texts).toHaveText(order)
  await alice.tab.hasMark('one', 'read')
  await bob.tab.hasMark('two', 'read')
})

test('a server that drains loses nothing either', async ({ people, server }) => {
  const { alice, bob } = await talking(people)
  for (const device of [alice, bob]) device.forgive(...NETWORK_GONE)
  await server.terminate()
  await alice.tab.write('one')
  await alice.tab.hasMark('one', 'pending')
  await server.start()
  await alice.tab.hasMark('one', 'read')
  await expect(bob.tab.texts).toHaveText(['hello', 'hi', 'one'])
})

test('a conversation whose entries are not here yet can be written in without a network', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('hello')
  const phone = await people.signIn(alice.person)
  await expect(phone.tab.row('Bob')).toBeVisible()
  await phone.goOffline()
  await phone.tab.row('Bob').click()
  await expect(phone.tab.heading).toContainText('No connection')
  await phone.tab.write('from the train')
  await phone.goOnline()
  await expect(phone.tab.texts).toHaveText(['hello', 'from the train'])
  await expect(alice.tab.texts).toHaveText(['hello', 'from the train'])
})

test('a draft survives a reload without a network and appears on the other device', async ({ people }) => {
  const { alice } = await talking(people)
  const phone = await people.signIn(alice.person)
  await phone.tab.isOnline()
  await alice.goOffline()
  await alice.tab.composer.fill('not finished')
  await alice.page.reload()
  await expect(alice.tab.composer).toHaveValue('not finished')
  await alice.goOnline()
  await expect(phone.tab.row('Bob')).toContainText('Draft: not finished')
  await phone.tab.open('Bob')
  await expect(phone.tab.composer).toHaveValue('not finished')
  await phone.tab.composer.fill('finished now')
  await expect(alice.tab.composer).toHaveValue('finished now')
  await phone.tab.composer.press('Enter')
  await expect(alice.tab.composer).toHaveValue('')
  await expect(alice.tab.texts).toHaveText(['hello', 'hi', 'finished now'])
})
