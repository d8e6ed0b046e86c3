import { expect } from '@playwright/test'
import { test } from './test.ts'

const ENTRIES = 3_000

test('a conversation of thousands of entries scrolls to its beginning and back', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.append(Array.from({ length: ENTRIES }, (_, index) => `entry ${index + 1}`))
  // Read here first: a device opens at the first entry that is not.
  await expect(alice.tab.entry(`entry ${ENTRIES}`)).toBeInViewport()
  const phone = await people.signIn(alice.person)
  await phone.tab.open('Bob')
  await expect(phone.tab.entry(`entry ${ENTRIES}`)).toBeInViewport()
  expect(await phone.tab.messages.getByRole('article').count()).toBeLessThan(150)

  await phone.tab.messages.focus()
  await phone.page.keyboard.press('Home')
  await expect(phone.tab.entry('entry 1')).toBeInViewport()
  await phone.tab.messages.hover()
  await phone.page.mouse.wheel(0, 1_500)
  await expect(phone.tab.entry('entry 1')).not.toBeInViewport()
  await expect(phone.tab.texts.first()).toHaveText(/^entry \d+$/)
  await phone.page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(phone.tab.entry(`entry ${ENTRIES}`)).toBeInViewport()
  await phone.tab.write('at the end')
  await expect(phone.tab.entry('at the end')).toBeInViewport()
  await expect(bob.tab.row('Alice')).toContainText('at the end')
})

test('history that was read stays readable without a network', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.append(Array.from({ length: 700 }, (_, index) => `entry ${index + 1}`))
  await expect(alice.tab.entry('entry 700')).toBeInViewport()
  await alice.tab.messages.focus()
  await alice.page.keyboard.press('Home')
  await expect(alice.tab.entry('entry 1')).toBeInViewport()
  await alice.tab.isInstalled()
  await alice.goOffline()
  await alice.page.reload()
  await expect(alice.tab.entry('entry 700')).toBeInViewport()
  await alice.tab.messages.focus()
  await alice.page.keyboard.press('Home')
  await expect(alice.tab.entry('entry 1')).toBeInViewport()
})

test('a lost IndexedDB is rebuilt from the server', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('one', 'two')
  await bob.tab.open('Alice')
  await alice.tab.hasMark('two', 'read')
  await alice.page.goto('about:blank')
  await alice.loseDatabase()
  await alice.page.goto('/')
  await alice.signIn()
  await alice.tab.open('Bob')
  await expect(alice.tab.texts).toHaveText(['one', 'two'])
  await alice.tab.write('three')
  await alice.tab.hasMark('three', 'read')
  await expect(bob.tab.texts).toHaveText(['one', 'two', 'three'])
})
