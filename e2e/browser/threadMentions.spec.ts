// Whom replies and edits call, as those see it who are called: on their lists, in notifications, on two devices, offline.

import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { Desktop } from './desktop.ts'
import type { Device } from './device.ts'
import type { People } from './people.ts'
import { test } from './test.ts'

const thread = (page: Page): Locator => page.getByRole('complementary', { name: 'Thread', exact: true })
const texts = (page: Page): Locator => thread(page).locator('.text')
const field = (page: Page): Locator => thread(page).getByRole('textbox', { name: 'Reply in thread' })
const row = ({ tab }: Device, mark: 'mentioned' | 'new-threads'): Locator => tab.row('Trip').getByTestId(mark)

/** Alice has asked her group something; Bob has its thread open, and Carol looks at her list. */
async function trip(people: People): Promise<[Device, Device, Device]> {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Trip', [bob.person, carol.person])
  await alice.tab.write('where do we go?')
  await bob.tab.open('Trip')
  await bob.tab.action('where do we go?', 'Reply in thread')
  await carol.tab.open('Trip')
  await expect(carol.tab.texts).toHaveText(['where do we go?'])
  await carol.page.getByRole('link', { name: 'Parley' }).click()
  return [alice, bob, carol]
}

/** As people write it: the list offers who is meant. */
async function replyTo(page: Page, before: string, start: string, after: string): Promise<void> {
  await field(page).pressSequentially(`${before}@${start}`)
  await expect(page.getByRole('listbox', { name: 'People' }).getByRole('option').first()).toBeVisible()
  await field(page).press('Enter')
  await field(page).pressSequentially(after)
  await field(page).press('Enter')
}

test('a reply calls who does not follow the thread, on all devices, until it was read on one', async ({ people }) => {
  const [, bob, carol] = await trip(people)
  const phone = await people.signIn(carol.person, { viewport: { width: 390, height: 800 }, hasTouch: true })
  await replyTo(bob.page, 'ask ', 'ca', 'she knows')
  await expect(texts(bob.page).last()).toHaveText('ask @Carol she knows')
  for (const device of [carol, phone]) {
    await expect(row(device, 'mentioned')).toBeVisible()
    await expect(row(device, 'new-threads')).toBeVisible()
    await expect(device.tab.row('Trip').getByTestId('unread')).toHaveCount(0)
  }
  await carol.tab.open('Trip')
  // The conversation is read, the thread is not.
  await expect(row(carol, 'mentioned')).toBeVisible()
  await carol.tab.entry('where do we go?').getByTestId('thread-chip').click()
  await expect(texts(carol.page).last()).toHaveText('ask @Carol she knows')
  await expect(thread(carol.page).getByRole('button', { name: 'Follow this thread', pressed: true })).toBeVisible()
  for (const device of [carol, phone]) {
    await expect(row(device, 'mentioned')).toHaveCount(0)
    await expect(row(device, 'new-threads')).toHaveCount(0)
  }
})

test('everyone is called in a thread at once, and who would notify many is asked first, also by an edit', async ({ people }) => {
  const [alice, bob, carol] = await trip(people)
  const crowd = await people.crowd(21)
  await alice.addMembers(crowd.map(({ id }) => id))
  await expect(alice.tab.heading).toContainText('24 members')
  await field(bob.page).fill('@all the sea')
  await field(bob.page).press('Enter')
  const dialog = bob.page.getByRole('dialog', { name: 'Notify 23 people?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(field(bob.page)).toHaveValue('@all the sea')
  await field(bob.page).fill('the sea')
  await field(bob.page).press('Enter')
  await expect(texts(bob.page).last()).toHaveText('the sea')
  await field(bob.page).press('ArrowUp')
  const editing = thread(bob.page).getByRole('textbox', { name: 'Editing your message' })
  await editing.fill('@all the sea')
  await editing.press('Enter')
  await dialog.getByRole('button', { name: 'Notify and send' }).click()
  await expect(texts(bob.page).last()).toHaveText('@everyone the sea')
  for (const device of [alice, carol]) await expect(row(device, 'mentioned')).toBeVisible()
})

test('an edit calls whom it names for the first time, and takes back what nobody has read', async ({ people }) => {
  const [alice, , carol] = await trip(people)
  const edit = async (text: string) => {
    await alice.tab.composer.press('ArrowUp')
    const editing = alice.page.getByRole('textbox', { name: 'Editing your message' })
    await editing.fill(text)
    await editing.press('Enter')
    await expect(alice.tab.texts.last()).not.toHaveText('where do we go?')
  }
  await edit(`where do we go, @${carol.person.handle}?`)
  await expect(alice.tab.texts.last()).toHaveText('where do we go, @Carol?')
  await expect(row(carol, 'mentioned')).toBeVisible()
  await expect(carol.tab.row('Trip').getByTestId('unread')).toHaveCount(0)
  await edit('where do we go, all of us?')
  await expect(row(carol, 'mentioned')).toHaveCount(0)
  await edit(`where do we go, @${carol.person.handle}?`)
  await expect(row(carol, 'mentioned')).toBeVisible()
  await carol.tab.open('Trip')
  await expect(carol.tab.messages.locator('.mention--self')).toHaveText('@Carol')
  await expect(row(carol, 'mentioned')).toHaveCount(0)
  // She was called by it before.
  await carol.page.getByRole('link', { name: 'Parley' }).click()
  await edit(`so where do we go, @${carol.person.handle}?`)
  await expect(carol.tab.row('Trip')).toContainText('so where do we go')
  await expect(row(carol, 'mentioned')).toHaveCount(0)
})

test('a reply that calls somebody is written offline, and calls when it arrives', async ({ people }) => {
  const [, bob, carol] = await trip(people)
  await expect(field(bob.page)).toBeVisible()
  await bob.tab.isInstalled()
  await bob.goOffline()
  await replyTo(bob.page, '', 'ca', 'decides')
  await expect(texts(bob.page).last()).toHaveText('@Carol decides')
  await expect(thread(bob.page).getByTestId('mark').last()).toHaveAttribute('data-state', 'pending')
  await expect(row(carol, 'mentioned')).toHaveCount(0)
  await bob.goOnline()
  await expect(row(carol, 'mentioned')).toBeVisible()
})

test('a notification of a reply says who said what, and opens the thread at it; so does one of an edit', async ({ people }) => {
  const [alice, bob, carol] = await trip(people)
  const desktop = await Desktop.around(carol)
  const settings = await carol.tab.openSettings('Notifications')
  await settings.getByRole('switch', { name: 'Show notifications on this device' }).check()
  await carol.page.keyboard.press('Escape')
  await field(bob.page).fill('nobody is told of this')
  await field(bob.page).press('Enter')
  await replyTo(bob.page, 'ask ', 'ca', 'she knows')
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Trip · Thread', body: `Bob: ask @${carol.person.handle} she knows` }])
  await desktop.pressLast()
  const reply = thread(carol.page).getByRole('article').filter({ hasText: 'she knows' })
  await expect(reply).toHaveClass(/entry--flashed/)
  await expect(row(carol, 'mentioned')).toHaveCount(0)

  await carol.page.goto('/#/')
  await alice.tab.composer.press('ArrowUp')
  const editing = alice.page.getByRole('textbox', { name: 'Editing your message' })
  await editing.fill(`where do we go, @${carol.person.handle}?`)
  await editing.press('Enter')
  await expect.poll(async () => (await desktop.shown()).at(-1)).toEqual({ title: 'Trip', body: `Alice: where do we go, @${carol.person.handle}?` })
  await desktop.pressLast()
  await expect(carol.tab.messages.getByRole('article').filter({ hasText: 'where do we go' })).toHaveClass(/entry--flashed/)
})
