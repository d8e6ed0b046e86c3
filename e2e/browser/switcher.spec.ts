import { expect } from '@playwright/test'
import { test } from './test.ts'

test('the switcher goes to conversations, people and commands by a few letters', async ({ people }) => {
  const [alice, bob, carol, dora] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol'), people.signUp('Dora')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('hello')
  await alice.tab.createGroup('Summer Market', [bob.person, carol.person])
  await alice.tab.write('who is in?')

  const { keyboard } = alice.page
  await keyboard.press('Control+k')
  const switcher = alice.page.getByRole('dialog', { name: 'Go to' })
  const field = switcher.getByRole('combobox')
  const chosen = switcher.getByRole('option', { selected: true })
  await expect(field).toBeFocused()
  // The latest first; where one is already is not offered.
  await expect(switcher.getByRole('group', { name: 'Recent conversations' }).getByRole('option')).toHaveText([/Bob/])
  await keyboard.type('mark')
  await expect(switcher.getByRole('option').first()).toContainText('Summer Market')
  await expect(switcher.getByRole('group', { name: 'Commands' }).getByRole('option')).toHaveText([/Mark everything as read/])
  await field.fill('bob')
  await expect(chosen).toContainText('Bob')
  await keyboard.press('Enter')
  await expect(alice.tab.heading).toContainText('Bob')
  await expect(alice.tab.composer).toBeFocused()

  await keyboard.press('Control+k')
  await field.fill(dora.person.handle)
  await expect(switcher.getByRole('group', { name: 'People' }).getByRole('option')).toHaveText([/Dora/])
  await keyboard.press('Enter')
  await expect(alice.tab.heading).toContainText('Dora')

  await keyboard.press('Control+k')
  await field.fill('key')
  await expect(chosen).toContainText('Keyboard shortcuts')
  await keyboard.press('Enter')
  await expect(alice.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await keyboard.press('Escape')
  await expect(alice.page.getByRole('dialog')).toHaveCount(0)

  await keyboard.press('Control+k')
  await keyboard.press('ArrowDown')
  await expect(chosen).toHaveCount(1)
  await expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '')
  await field.fill('qqqq')
  await expect(switcher.getByRole('status')).toHaveText('Nothing found for “qqqq”')
  await keyboard.press('Escape')
  await expect(alice.tab.composer).toBeFocused()
})

test('commands do what they say: everything is read, and light turns dark', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice', { colorScheme: 'light' }), people.signUp('Bob'), people.signUp('Carol')])
  for (const device of [bob, carol]) {
    await device.tab.startDirect(alice.person)
    await device.tab.write('hello')
  }
  await expect(alice.page).toHaveTitle('(2) Parley')
  const field = alice.page.getByRole('combobox')
  const command = async (start: string) => {
    await alice.page.keyboard.press('Control+k')
    await field.fill(start)
    await field.press('Enter')
    await expect(field).toHaveCount(0)
  }
  await command('every')
  await expect(alice.page).toHaveTitle('Parley')
  await bob.tab.hasMark('hello', 'read')

  const light = await alice.tab.background()
  await command('dark')
  await expect.poll(() => alice.tab.background()).not.toBe(light)
  await command('dark')
  await expect.poll(() => alice.tab.background()).toBe(light)
})
