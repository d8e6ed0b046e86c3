import { expect } from '@playwright/test'
import { test } from './test.ts'

test('two people find each other, start at once, and share one conversation', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await Promise.all([alice.tab.startDirect(bob.person), bob.tab.startDirect(alice.person)])
  await alice.tab.write('hello Bob')
  await bob.tab.write('hello Alice')
  for (const tab of [alice.tab, bob.tab]) {
    await expect(tab.texts.filter({ hasText: 'hello' })).toHaveCount(2)
    await expect(tab.row(/./)).toHaveCount(1)
  }
  expect(await alice.tab.texts.allTextContents()).toEqual(await bob.tab.texts.allTextContents())
})

test('whoever is written to sees the conversation appear, and finds people from the search field', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.page.getByLabel('Search conversations and people').fill(bob.person.handle)
  await alice.page.getByRole('region', { name: 'People' }).getByRole('button', { name: /^Bob/ }).click()
  await alice.tab.write('are you there?')
  await expect(bob.tab.row('Alice')).toContainText('are you there?')
  await bob.tab.open('Alice')
  await expect(bob.tab.texts).toHaveText(['are you there?'])
  await bob.tab.write('I am')
  await expect(alice.tab.texts).toHaveText(['are you there?', 'I am'])
})

test('a mark goes from clock to one tick, two ticks and read, and never says more than is true', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await expect(bob.tab.row('Alice')).toBeVisible()
  await bob.page.goto('about:blank')

  await alice.goOffline()
  await alice.tab.write('first')
  await alice.tab.hasMark('first', 'pending')
  await alice.goOnline()
  await alice.tab.hasMark('first', 'stored')

  await bob.page.goto('/')
  await bob.tab.isOnline()
  await alice.tab.write('second')
  await alice.tab.hasMark('second', 'delivered')
  await alice.tab.hasMark('first', 'delivered')
  await bob.tab.open('Alice')
  await alice.tab.hasMark('first', 'read')
  await alice.tab.hasMark('second', 'read')
})

test('others see who types, until it is sent or taken back', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('hello')
  await bob.tab.open('Alice')
  const line = bob.page.getByTestId('typing')
  await alice.tab.composer.pressSequentially('I am wri')
  await expect(line).toHaveText('Alice is typing…')
  await alice.tab.composer.fill('')
  await expect(line).toHaveText('')
  await alice.tab.composer.pressSequentially('so')
  await expect(line).toHaveText('Alice is typing…')
  await alice.tab.composer.press('Enter')
  await expect(bob.tab.texts).toHaveText(['hello', 'so'])
  await expect(line).toHaveText('')
})

test('the header says whether the other person is online and when they were last', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await expect(alice.tab.heading).toContainText('Online')
  await bob.page.close()
  await expect(alice.tab.heading).toContainText('Last seen')
  await bob.openTab()
  await expect(alice.tab.heading).toContainText('Online')
})
