// Threads as two people see them: beside the conversation and out of it, on several devices, offline, by keyboard.

import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { passes } from './axe.ts'
import type { Device } from './device.ts'
import type { People } from './people.ts'
import { test } from './test.ts'

const thread = (page: Page): Locator => page.getByRole('complementary', { name: 'Thread', exact: true })
const texts = (page: Page): Locator => thread(page).locator('.text')
const field = (page: Page): Locator => thread(page).getByRole('textbox', { name: 'Reply in thread' })
const chip = ({ tab }: Device, text: string): Locator => tab.entry(text).getByTestId('thread-chip')

async function reply(page: Page, ...replies: string[]): Promise<void> {
  for (const text of replies) {
    await field(page).fill(text)
    await field(page).press('Enter')
    await expect(texts(page).last()).toHaveText(text)
  }
}

/** Alice has asked Bob something, and both look at it. */
async function question(people: People): Promise<[Device, Device]> {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('where do we eat?')
  await bob.tab.open('Alice')
  await expect(bob.tab.texts).toHaveText(['where do we eat?'])
  return [alice, bob]
}

test('a reply stands in its thread, and its message says so; it is edited, reacted to and deleted there', async ({ people }) => {
  const [alice, bob] = await question(people)
  await bob.tab.action('where do we eat?', 'Reply in thread')
  await expect(field(bob.page)).toBeFocused()
  await reply(bob.page, 'at Luigi’s', 'or at home')
  await expect(chip(alice, 'where do we eat?')).toContainText('2 replies')
  await expect(alice.tab.texts).toHaveText(['where do we eat?'])
  await expect(alice.tab.row('Bob')).toContainText('1 thread with new replies')
  await expect(alice.tab.row('Bob').getByTestId('unread')).toHaveCount(0)

  await chip(alice, 'where do we eat?').click()
  await expect(texts(alice.page)).toHaveText(['where do we eat?', 'at Luigi’s', 'or at home'])
  await expect(thread(alice.page).getByTestId('unread-line')).toBeVisible()
  // Looked at, it is read.
  await expect(alice.tab.row('Bob')).not.toContainText('new replies')

  // The arrow brings the last own one back.
  await field(bob.page).press('ArrowUp')
  const editing = thread(bob.page).getByRole('textbox', { name: 'Editing your message' })
  await editing.fill('or at my place')
  await editing.press('Enter')
  await expect(texts(alice.page).last()).toHaveText('or at my place')
  const last = thread(alice.page).getByRole('article').last()
  await last.hover()
  await last.getByRole('button', { name: 'React' }).click()
  await alice.page.getByRole('dialog', { name: 'React' }).getByRole('button', { name: '👍', exact: true }).first().click()
  await expect(thread(bob.page).getByRole('button', { name: /👍/ })).toBeVisible()

  const first = thread(bob.page).getByRole('article').filter({ hasText: 'at Luigi’s' })
  await first.hover()
  await first.getByRole('button', { name: 'Message options' }).click()
  await bob.page.getByRole('menuitem', { name: 'Delete…' }).click()
  await bob.page.getByRole('button', { name: 'Delete for everyone' }).click()
  await expect(texts(alice.page)).toHaveText(['where do we eat?', 'or at my place'])
  await expect(chip(alice, 'where do we eat?')).toContainText('1 reply')
})

test('replies written offline wait on the device, also over a reload, and arrive', async ({ people }) => {
  const [alice, bob] = await question(people)
  await alice.tab.hasMark('where do we eat?', 'read')
  await alice.tab.isInstalled()
  await alice.tab.action('where do we eat?', 'Reply in thread')
  await expect(field(alice.page)).toBeVisible()
  await alice.goOffline()
  await reply(alice.page, 'I am hungry')
  await alice.page.reload()
  await expect(texts(alice.page)).toHaveText(['where do we eat?', 'I am hungry'])
  await expect(thread(alice.page).getByTestId('mark').last()).toHaveAttribute('data-state', 'pending')
  await alice.goOnline()
  await expect(chip(bob, 'where do we eat?')).toContainText('1 reply')
  await expect(thread(alice.page).getByTestId('mark').last()).not.toHaveAttribute('data-state', 'pending')
})

test('what is new is new on every device until it was read on one; whoever leaves a thread hears no more of it', async ({ people }) => {
  const [alice, bob] = await question(people)
  const phone = await people.signIn(alice.person, { viewport: { width: 390, height: 800 }, hasTouch: true })
  await bob.tab.action('where do we eat?', 'Reply in thread')
  await reply(bob.page, 'here')
  await expect(phone.tab.row('Bob')).toContainText('1 thread with new replies')

  // On a phone the thread lies over its conversation.
  await phone.tab.row('Bob').click()
  await chip(phone, 'where do we eat?').click()
  await expect(texts(phone.page)).toHaveText(['where do we eat?', 'here'])
  await expect(phone.tab.composer).toHaveCount(0)
  await expect(alice.tab.row('Bob')).not.toContainText('new replies')
  expect(await phone.tab.overflow()).toBe(0)
  await thread(phone.page).getByRole('button', { name: 'Close thread' }).click()
  await expect(phone.tab.composer).toBeVisible()

  await chip(alice, 'where do we eat?').click()
  await thread(alice.page).getByRole('button', { name: 'Follow this thread', pressed: true }).click()
  await expect(thread(alice.page).getByRole('button', { name: 'Follow this thread', pressed: false })).toBeVisible()
  await thread(alice.page).getByRole('button', { name: 'Close thread' }).click()
  await reply(bob.page, 'still here')
  await expect(chip(alice, 'where do we eat?')).toContainText('2 replies')
  await expect(alice.tab.row('Bob')).not.toContainText('new replies')
})

test('followed threads are listed, shown in their place, and drafts of each are kept', async ({ people }) => {
  const [alice, bob] = await question(people)
  await bob.tab.action('where do we eat?', 'Reply in thread')
  await reply(bob.page, 'here')
  await field(bob.page).fill('not finished')
  await bob.page.keyboard.press('Escape')
  await expect(thread(bob.page)).toHaveCount(0)
  await expect(bob.tab.composer).toHaveValue('')

  await alice.page.locator('main').getByRole('button', { name: 'Conversation options' }).click()
  await alice.page.getByRole('menuitem', { name: 'Threads' }).click()
  const list = alice.page.getByRole('dialog', { name: 'Threads' })
  await expect(list.getByRole('listitem')).toContainText(['where do we eat?'])
  await expect(list.getByRole('listitem')).toContainText(['1 new'])
  await list.getByRole('button', { name: /where do we eat\?/ }).click()
  await expect(texts(alice.page)).toHaveText(['where do we eat?', 'here'])
  await thread(alice.page).getByRole('button', { name: 'Show in conversation' }).click()
  await expect(thread(alice.page)).toHaveCount(0)
  await expect(alice.tab.entry('where do we eat?')).toHaveClass(/entry--flashed/)

  await chip(bob, 'where do we eat?').click()
  await expect(field(bob.page)).toHaveValue('not finished')

  // Without a connection there are those that the device knows, and all again when it is back.
  await alice.tab.isInstalled()
  await alice.goOffline()
  await alice.page.locator('main').getByRole('button', { name: 'Conversation options' }).click()
  await alice.page.getByRole('menuitem', { name: 'Threads' }).click()
  await expect(list.getByRole('listitem')).toContainText(['where do we eat?'])
  await expect(list).toContainText('These are the threads that this device knows.')
  await alice.goOnline()
  await expect(list).not.toContainText('These are the threads that this device knows.')
  await list.getByRole('button', { name: /where do we eat\?/ }).click()
  await expect(texts(alice.page)).toHaveText(['where do we eat?', 'here'])
})

test('by keyboard alone, and before axe in both colours and from right to left', async ({ people }) => {
  const [alice, bob] = await question(people)
  await bob.tab.action('where do we eat?', 'Reply in thread')
  await reply(bob.page, 'here', 'or there')
  await alice.tab.composer.press('ArrowUp')
  await alice.page.keyboard.press('Escape')
  await chip(alice, 'where do we eat?').focus()
  await passes(alice.page, 'chip and badge')
  await alice.page.keyboard.press('Enter')
  await expect(field(alice.page)).toBeFocused()
  await alice.page.keyboard.press('Shift+Tab')
  await thread(alice.page).getByRole('feed').focus()
  await alice.page.keyboard.press('ArrowUp')
  await expect(thread(alice.page).getByRole('article').last()).toBeFocused()
  await alice.page.keyboard.press('ArrowDown')
  await expect(field(alice.page)).toBeFocused()
  await passes(alice.page, 'thread')
  await alice.page.emulateMedia({ colorScheme: 'dark' })
  await passes(alice.page, 'thread in the dark')
  await alice.page.keyboard.press('Escape')
  await expect(thread(alice.page)).toHaveCount(0)

  const arabic = await people.signIn(alice.person, { reducedMotion: 'reduce' })
  await arabic.page.evaluate(() => localStorage.setItem('parley.language', 'ar'))
  await arabic.page.reload()
  await arabic.page.getByTestId('inbox-row').first().click()
  await arabic.page.getByTestId('thread-chip').click()
  await expect(arabic.page.getByRole('complementary', { name: 'سلسلة الردود' })).toBeVisible()
  expect(await arabic.tab.overflow()).toBe(0)
  await passes(arabic.page, 'thread from right to left')
})
