import { expect } from '@playwright/test'
import { test } from './test.ts'

test('two tabs of a person show the same at the same time', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  const second = await alice.openTab()
  await second.open('Bob')
  await alice.tab.write('from the first')
  await second.write('from the second')
  await bob.tab.open('Alice')
  await bob.tab.write('from Bob')
  for (const tab of [alice.tab, second, bob.tab]) {
    await expect(tab.texts).toHaveText(['from the first', 'from the second', 'from Bob'])
  }
  await alice.tab.hasMark('from the second', 'read')
  await second.hasMark('from the first', 'read')
})

test('the leading tab closes in the middle of sending: the other hands everything over, once each', async ({ people, server }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('hello')
  await bob.tab.open('Alice')
  const second = await alice.openTab()
  await second.open('Bob')
  await alice.tab.hasMark('hello', 'read')

  // A stopped server takes what is sent into its buffers and answers nothing: the leader cannot know what was stored.
  process.kill(server.pid, 'SIGSTOP')
  await alice.tab.write('one', 'two', 'three')
  await second.write('four', 'five')
  await second.hasMark('one', 'pending')
  await alice.page.close()
  process.kill(server.pid, 'SIGCONT')

  const all = ['hello', 'one', 'two', 'three', 'four', 'five']
  await expect(bob.tab.texts).toHaveText(all)
  await second.hasMark('five', 'read')
  await expect(second.texts).toHaveText(all)
  await bob.page.reload()
  await expect(bob.tab.texts).toHaveText(all)
})

test('a leading tab that crashes is followed by the other', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await bob.tab.open('Alice')
  const second = await alice.openTab()
  await second.open('Bob')
  await alice.crash()
  await second.write('still here')
  await second.hasMark('still here', 'read')
  await bob.tab.write('so am I')
  await expect(second.texts).toHaveText(['still here', 'so am I'])
})

test('signing out in one tab signs out the other, and nothing of the person stays', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('private')
  const second = await alice.openTab()
  await second.open('Bob')
  const settings = await second.openSettings()
  await settings.getByRole('button', { name: 'Sign out' }).click()
  await second.isSignedOut()
  await alice.tab.isSignedOut()
  await expect(alice.page.getByRole('status').filter({ hasText: 'ended' })).toHaveCount(0)
  await alice.page.reload()
  await alice.tab.isSignedOut()
  expect(await alice.tab.storedText()).not.toContain('private')
})
