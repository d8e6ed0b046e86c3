import { expect } from '@playwright/test'
import { test } from './test.ts'

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

test('Alt with the arrows goes through what is unread, with Shift through all', async ({ people }) => {
  const [alice, bob, carol, dora] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol'), people.signUp('Dora')])
  for (const device of [bob, carol, dora]) {
    await device.tab.startDirect(alice.person)
    await device.tab.write('hello')
    await expect(alice.tab.row(device.person.name)).toBeVisible()
  }
  await expect(alice.tab.row(/./)).toHaveText([/Dora/, /Carol/, /Bob/])
  await alice.tab.open('Carol')
  await carol.tab.hasMark('hello', 'read')
  await expect(alice.tab.composer).toBeFocused()

  const { keyboard } = alice.page
  await keyboard.press('Alt+Shift+ArrowUp')
  await expect(alice.tab.heading).toContainText('Dora')
  await dora.tab.hasMark('hello', 'read')
  // Carol, who comes next, is read.
  await keyboard.press('Alt+ArrowDown')
  await expect(alice.tab.heading).toContainText('Bob')
  await bob.tab.hasMark('hello', 'read')
  // Nothing is unread: one stays.
  await keyboard.press('Alt+ArrowUp')
  await keyboard.press('Alt+Shift+ArrowUp')
  await expect(alice.tab.heading).toContainText('Carol')
  // The field kept its own keys.
  await keyboard.type('ok / ?')
  await expect(alice.tab.composer).toHaveValue('ok / ?')
})

test('Esc closes the panel first, and on a phone then the conversation', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice', PHONE), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  const details = await alice.tab.openDetails()
  await expect(details).toBeVisible()
  await alice.page.keyboard.press('Escape')
  await expect(details).toHaveCount(0)
  await expect(alice.tab.composer).toBeVisible()
  await alice.page.keyboard.press('Escape')
  await expect(alice.tab.row('Bob')).toBeVisible()

  await bob.tab.open('Alice')
  await bob.tab.openDetails()
  await bob.page.keyboard.press('Escape')
  await expect(bob.page.getByRole('complementary', { name: 'Details' })).toHaveCount(0)
  await bob.page.keyboard.press('Escape')
  await expect(bob.tab.heading).toContainText('Alice')
})

test('what Esc ends first stays first: a reply, a new name, a menu', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice', PHONE), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Lunch', [bob.person, carol.person])
  await bob.tab.open('Lunch')
  await bob.tab.write('who is in?')
  await alice.tab.entry('who is in?').tap()
  await alice.tab.entry('who is in?').getByRole('button', { name: 'Reply' }).tap()
  await alice.page.keyboard.press('Escape')
  await expect(alice.page.getByRole('group', { name: 'Reply' })).toHaveCount(0)
  await expect(alice.tab.composer).toBeVisible()

  const details = await alice.tab.openDetails()
  await details.getByRole('button', { name: 'Rename group' }).tap()
  await alice.page.keyboard.press('Escape')
  await expect(details.getByRole('button', { name: 'Rename group' })).toBeVisible()
  await details.getByRole('button', { name: 'Mute or unmute' }).tap()
  await alice.page.keyboard.press('Escape')
  await expect(alice.page.getByRole('menu')).toHaveCount(0)
  await expect(details).toBeVisible()
})

test('? opens the sheet of all keys, and each key on it does something', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('hello')
  await alice.tab.messages.focus()
  await alice.page.keyboard.press('?')
  const sheet = alice.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  // Four of them set marks while writing: markdown.spec.ts strikes those.
  await expect(sheet.getByRole('term')).toHaveCount(12)
  await expect(sheet).toContainText('Next unread conversation')
  await alice.page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await expect(alice.tab.messages).toBeFocused()

  const settings = await alice.tab.openSettings()
  await settings.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await expect(sheet).toBeVisible()
})

test('by the keyboard alone a message is reacted to, and the search is left for where one was', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await bob.tab.startDirect(alice.person)
  await bob.tab.write('lunch?')
  await alice.tab.open('Bob')
  await expect(alice.tab.composer).toBeFocused()
  const { keyboard } = alice.page
  await keyboard.press('ArrowUp')
  const message = alice.tab.entry('lunch?')
  await expect(message).toBeFocused()
  await keyboard.press('Enter')
  await expect(alice.page.getByRole('menuitem', { name: 'React' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(alice.page.getByRole('dialog', { name: 'React' }).getByRole('searchbox', { name: 'Search emoji' })).toBeFocused()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(bob.tab.entry('lunch?').getByRole('button', { name: /🙏/ })).toBeVisible()
  await expect(message.getByRole('button', { name: 'Message options' })).toBeFocused()

  await keyboard.press('/')
  await expect(alice.page.getByRole('searchbox', { name: 'Search conversations and people' })).toBeFocused()
  await keyboard.type('bo')
  await keyboard.press('Escape')
  await expect(message.getByRole('button', { name: 'Message options' })).toBeFocused()
})
