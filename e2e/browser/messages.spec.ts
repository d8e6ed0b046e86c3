import { expect } from '@playwright/test'
import type { Device } from './device.ts'
import { test } from './test.ts'

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

async function remove(device: Device, text: string, how: 'Delete for me' | 'Delete for everyone'): Promise<void> {
  await device.tab.action(text, 'Delete…')
  await device.page.getByRole('dialog').getByRole('button', { name: how }).click()
}

test('a message that is deleted for everyone is gone from both screens and both devices', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('periwinkle', 'stays')
  await bob.tab.open('Alice')
  await expect(bob.tab.texts).toHaveText(['periwinkle', 'stays'])
  expect(await bob.tab.storedText()).toContain('periwinkle')

  // Nobody deletes what others wrote to them.
  await bob.tab.action('periwinkle', 'Delete…')
  await expect(bob.page.getByRole('dialog').getByRole('button', { name: 'Delete for everyone' })).toBeHidden()
  await bob.page.keyboard.press('Escape')

  await remove(alice, 'periwinkle', 'Delete for everyone')
  await expect(alice.tab.messages.getByText('You deleted this message')).toBeVisible()
  await expect(bob.tab.messages.getByText('This message was deleted')).toBeVisible()
  await expect(bob.tab.texts).toHaveText(['stays'])
  for (const { tab } of [alice, bob]) await expect.poll(() => tab.storedText()).not.toContain('periwinkle')
  await bob.page.reload()
  await expect(bob.tab.messages.getByText('This message was deleted')).toBeVisible()
  await remove(alice, 'stays', 'Delete for everyone')
  await expect(bob.tab.row('Alice')).toContainText('This message was deleted')
})

test('a message is deleted offline, and for everyone when the connection is back', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('regret')
  await bob.tab.open('Alice')
  await expect(bob.tab.texts).toHaveText(['regret'])
  await alice.goOffline()
  await remove(alice, 'regret', 'Delete for everyone')
  await expect(alice.tab.messages.getByText('You deleted this message')).toBeVisible()
  await expect(bob.tab.texts).toHaveText(['regret'])
  await alice.goOnline()
  await expect(bob.tab.messages.getByText('This message was deleted')).toBeVisible()
})

test('deleting for oneself takes nothing from others, and can be undone', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('one', 'two')
  await bob.tab.open('Alice')
  await remove(bob, 'one', 'Delete for me')
  await expect(bob.tab.texts).toHaveText(['two'])
  await bob.page.getByRole('button', { name: 'Undo' }).click()
  await expect(bob.tab.texts).toHaveText(['one', 'two'])
  await remove(bob, 'one', 'Delete for me')
  const phone = await people.signIn(bob.person)
  await phone.tab.open('Alice')
  await expect(phone.tab.texts).toHaveText(['two'])
  await expect(alice.tab.texts).toHaveText(['one', 'two'])
})

test('what is pinned stands above the messages for everyone, and leads to its place', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('Tuesday at seven')
  await alice.append(Array.from({ length: 120 }, (_, index) => `talk ${index}`))
  await bob.tab.open('Alice')
  await alice.tab.messages.press('Home')
  await alice.tab.action('Tuesday at seven', 'Pin')
  const pinned = bob.page.getByRole('button', { name: 'Pinned message: Tuesday at seven' })
  await expect(pinned).toBeVisible()
  await pinned.click()
  await expect(bob.tab.entry('Tuesday at seven')).toBeInViewport()
  await bob.tab.action('Tuesday at seven', 'Unpin')
  await expect(alice.page.getByRole('button', { name: /^Pinned message/ })).toBeHidden()
})

test('messages are chosen together, copied, forwarded and kept for later', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('first', 'second', 'third')
  await alice.tab.createGroup('Notes', [bob.person, carol.person])
  await alice.tab.open('Bob')
  await alice.tab.action('first', 'Select')
  await alice.tab.entry('second').getByRole('checkbox').check()
  const bar = alice.page.getByRole('toolbar', { name: 'Selected messages' })
  await expect(bar.getByRole('status')).toHaveText('2 selected')
  await bar.getByRole('button', { name: 'Forward' }).click()
  await alice.page.getByRole('dialog').getByRole('checkbox', { name: 'Notes' }).check()
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Forward' }).click()
  await expect(bar).toBeHidden()
  await bob.tab.open('Notes')
  await expect(bob.tab.texts).toHaveText(['first', 'second'])
  await expect(bob.tab.entry('first')).toContainText('Forwarded')

  await alice.tab.action('third', 'Save for later')
  await alice.page.keyboard.press('Control+k')
  await alice.page.getByRole('dialog').getByRole('combobox').fill('saved')
  await alice.page.keyboard.press('Enter')
  const saved = alice.page.getByRole('dialog', { name: 'Saved messages' })
  await expect(saved.getByRole('listitem')).toContainText(['Bob'])
  await saved.getByRole('button', { name: /third/ }).click()
  await expect(alice.tab.heading).toContainText('Bob')
  await expect(alice.tab.entry('third')).toBeInViewport()
})

test('on a phone a message is forwarded and deleted from its menu', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice', PHONE), people.signUp('Bob')])
  await bob.tab.startDirect(alice.person)
  await bob.tab.write('the gate code')
  await bob.tab.createGroup('Crew', [alice.person])
  await alice.tab.open('Bob')
  const choose = async (action: string) => {
    await alice.tab.entry('the gate code').tap()
    await alice.tab.entry('the gate code').getByRole('button', { name: 'Message options' }).tap()
    await alice.page.getByRole('menuitem', { name: action, exact: true }).tap()
  }
  const dialog = alice.page.getByRole('dialog')

  await choose('Forward')
  await dialog.getByRole('checkbox', { name: 'Crew' }).tap()
  await dialog.getByRole('button', { name: 'Forward' }).tap()
  await expect(bob.tab.texts).toHaveText(['the gate code'])

  await choose('Delete…')
  await dialog.getByRole('button', { name: 'Delete for me' }).tap()
  await expect(alice.tab.texts).toHaveCount(0)
})

test('a link to a message opens it for who is in the conversation', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('the plan')
  await alice.append(Array.from({ length: 120 }, (_, index) => `talk ${index}`))
  await alice.tab.messages.press('Home')
  await alice.tab.action('the plan', 'Copy link')
  const address = await alice.page.evaluate(() => navigator.clipboard.readText())
  await bob.page.goto(address)
  await bob.page.reload()
  await expect(bob.tab.entry('the plan')).toBeInViewport()
})

test('what happens to a group is told in its timeline', async ({ people }) => {
  const [alice, bob, dave, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Dave'), people.signUp('Carol')])
  await alice.tab.createGroup('Trip', [bob.person, dave.person])
  await bob.tab.open('Trip')
  const details = await alice.tab.openDetails()
  await details.getByRole('button', { name: 'Add people' }).click()
  await alice.tab.choose(carol.person)
  await alice.page.getByRole('dialog').getByRole('button', { name: /^Add/ }).last().click()
  await expect(alice.tab.messages.getByText('You added Carol')).toBeVisible()
  await expect(bob.tab.messages.getByText('Alice added Carol')).toBeVisible()
  await carol.tab.open('Trip')
  await expect(carol.tab.messages.getByText('Alice added you')).toBeVisible()
  await expect(bob.tab.row('Trip')).not.toContainText('unread')
})

test('a conversation opens at the first message of a day', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  const day = 24 * 60 * 60 * 1_000
  const start = new Date('2026-03-01T12:00').getTime()
  await alice.append(Array.from({ length: 300 }, (_, index) => `day ${Math.floor(index / 10)} message ${index}`), (index) => start + Math.floor(index / 10) * day)
  await expect(alice.tab.texts.last()).toHaveText('day 29 message 299')
  await alice.page.getByRole('main').getByRole('button', { name: 'Conversation options' }).click()
  await alice.page.getByRole('menuitem', { name: 'Jump to date…' }).click()
  await alice.page.getByLabel('Day').fill('2026-03-11')
  await alice.page.getByRole('button', { name: 'Show' }).click()
  await expect(alice.tab.entry('day 10 message 100')).toBeInViewport()
})
