// What is done with a reply in its thread, as with a message: linked to, kept, pinned, forwarded; and who writes in it now.

import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { Device } from './device.ts'
import type { People } from './people.ts'
import { test } from './test.ts'

const thread = (page: Page): Locator => page.getByRole('complementary', { name: 'Thread', exact: true })
const texts = (page: Page): Locator => thread(page).locator('.text')
const field = (page: Page): Locator => thread(page).getByRole('textbox', { name: 'Reply in thread' })
/** By what it says, and not by what it quotes. */
const reply = (page: Page, text: string): Locator => thread(page).getByRole('article').filter({ has: page.locator('.text').and(page.getByText(text, { exact: true })) })

const inThread = (page: Page) => thread(page).getByTestId('typing')
const inConversation = (page: Page) => page.getByRole('main').getByTestId('typing')

/** Alice has asked Bob something, and he has answered in its thread; both have it open. */
async function answered(people: People): Promise<[Device, Device]> {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('where do we eat?')
  await bob.tab.open('Alice')
  await bob.tab.action('where do we eat?', 'Reply in thread')
  for (const text of ['at Luigi’s', 'or at home']) {
    await field(bob.page).fill(text)
    await field(bob.page).press('Enter')
    await expect(texts(bob.page).last()).toHaveText(text)
  }
  await alice.tab.entry('where do we eat?').getByTestId('thread-chip').click()
  await expect(texts(alice.page)).toHaveText(['where do we eat?', 'at Luigi’s', 'or at home'])
  return [alice, bob]
}

async function act({ page }: Device, text: string, name: string): Promise<void> {
  await reply(page, text).hover()
  await reply(page, text).getByRole('button', { name: 'Message options' }).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

test('a link to a reply opens its thread at it; what was deleted or never was says so', async ({ people }) => {
  const [alice, bob] = await answered(people)
  await bob.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await act(bob, 'at Luigi’s', 'Copy link')
  const address = await bob.page.evaluate(() => navigator.clipboard.readText())

  const phone = await people.signIn(alice.person, { viewport: { width: 390, height: 800 }, hasTouch: true })
  await phone.page.goto(address)
  await expect(reply(phone.page, 'at Luigi’s')).toHaveClass(/entry--flashed/)
  // Also by an address that names the conversation alone.
  await alice.page.goto(address.replace(/\/t\/[^/]+/, ''))
  await expect(reply(alice.page, 'at Luigi’s')).toHaveClass(/entry--flashed/)

  await act(bob, 'at Luigi’s', 'Delete…')
  await bob.page.getByRole('button', { name: 'Delete for everyone' }).click()
  await expect(thread(alice.page).getByText('This message was deleted')).toBeVisible()
  await alice.page.goto('/#/')
  await alice.page.goto(address)
  await expect(thread(alice.page).getByRole('article').filter({ hasText: 'This message was deleted' })).toHaveClass(/entry--flashed/)
  // The browser logs that the server has no such entry.
  alice.forgive(/404/)
  await alice.page.goto(address.replace(/.$/, (last) => (last === '0' ? '1' : '0')))
  await expect(alice.page.getByText('This message is not in this conversation')).toBeVisible()

  const carol = await people.signUp('Carol')
  carol.forgive(/404/)
  await carol.page.goto(address)
  await expect(thread(carol.page)).not.toContainText('or at home')
})

test('a reply is kept for later and pinned, and each leads to it in its thread', async ({ people }) => {
  const [alice, bob] = await answered(people)
  await act(alice, 'at Luigi’s', 'Save for later')
  await act(alice, 'or at home', 'Pin')
  await alice.page.goto('/#/')
  const phone = await people.signIn(alice.person)
  await phone.page.goto('/#/saved')
  const saved = phone.page.getByRole('dialog', { name: 'Saved messages' }).getByRole('button', { name: /at Luigi’s/ })
  await expect(saved).toContainText('Bob')
  await saved.click()
  await expect(reply(phone.page, 'at Luigi’s')).toHaveClass(/entry--flashed/)
  await expect(reply(phone.page, 'at Luigi’s').getByLabel('Saved', { exact: true })).toBeVisible()

  await bob.page.keyboard.press('Escape')
  await bob.page.getByRole('button', { name: 'Pinned message: or at home' }).click()
  await expect(reply(bob.page, 'or at home')).toHaveClass(/entry--flashed/)
  await act(bob, 'or at home', 'Unpin')
  await expect(bob.page.getByRole('button', { name: /^Pinned message/ })).toBeHidden()
})

test('a reply quotes another of its thread, also offline, and leads to it; of what was deleted the quote says so', async ({ people }) => {
  const [alice, bob] = await answered(people)
  await reply(alice.page, 'at Luigi’s').hover()
  await reply(alice.page, 'at Luigi’s').getByRole('button', { name: 'Reply', exact: true }).click()
  const bar = thread(alice.page).getByRole('group', { name: 'Reply' })
  await expect(bar).toContainText('at Luigi’s')
  // Esc lets go of the quote, and not of the thread.
  await field(alice.page).press('Escape')
  await expect(bar).toHaveCount(0)
  await alice.tab.isInstalled()
  await alice.goOffline()
  await act(alice, 'at Luigi’s', 'Reply')
  await expect(field(alice.page)).toBeFocused()
  await field(alice.page).fill('with olives')
  await field(alice.page).press('Enter')
  await expect(bar).toHaveCount(0)
  const quote = (page: Page) => reply(page, 'with olives').getByRole('button', { name: /Show the message this answers/ })
  await expect(quote(alice.page)).toContainText('at Luigi’s')
  await alice.goOnline()
  await expect(quote(bob.page)).toContainText('at Luigi’s')
  for (const _ of ['once', 'again']) {
    await quote(bob.page).click()
    await expect(reply(bob.page, 'at Luigi’s')).toHaveClass(/entry--flashed/)
  }
  await expect(bob.tab.texts).toHaveText(['where do we eat?'])

  await act(bob, 'at Luigi’s', 'Delete…')
  await bob.page.getByRole('button', { name: 'Delete for everyone' }).click()
  await expect(quote(alice.page)).toContainText('This message was deleted')
})

test('“/me” is said in a thread as in the conversation, and edited there', async ({ people }) => {
  const [alice, bob] = await answered(people)
  await field(bob.page).fill('/me books a table')
  await field(bob.page).press('Enter')
  const line = thread(alice.page).locator('.entry__action')
  await expect(line).toContainText('Bob books a table')
  await expect(field(bob.page)).toHaveValue('')
  await field(bob.page).press('ArrowUp')
  const editing = thread(bob.page).getByRole('textbox', { name: 'Editing your message' })
  await expect(editing).toHaveValue('books a table')
  await editing.fill('books two tables')
  await editing.press('Enter')
  await expect(line).toContainText('Bob books two tables')
})

test('several replies are chosen by pointer and by keys, copied, forwarded, kept and deleted together', async ({ people }) => {
  const [alice, bob] = await answered(people)
  await alice.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const bar = thread(alice.page).getByRole('toolbar', { name: 'Selected messages' })
  const choice = (text: string) => reply(alice.page, text).getByRole('checkbox')
  await act(alice, 'at Luigi’s', 'Select')
  await expect(bar).toContainText('1 selected')
  await choice('or at home').check()
  await expect(bar).toContainText('2 selected')
  await bar.getByRole('button', { name: 'Copy' }).click()
  await expect(bar).toHaveCount(0)
  expect(await alice.page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\[.+\] Bob: at Luigi’s\n\[.+\] Bob: or at home$/)

  // By keys alone: from the field up to a reply, its menu, the one before it, and away again.
  await field(alice.page).press('ArrowUp')
  await expect(reply(alice.page, 'or at home')).toBeFocused()
  await alice.page.keyboard.press('Enter')
  await alice.page.getByRole('menuitem', { name: 'Select' }).press('Enter')
  await expect(choice('or at home')).toBeFocused()
  await alice.page.keyboard.press('ArrowUp')
  await expect(reply(alice.page, 'at Luigi’s')).toBeFocused()
  await alice.page.keyboard.press(' ')
  await expect(choice('at Luigi’s')).toBeChecked()
  await bar.getByRole('button', { name: 'Save for later' }).press('Enter')
  for (const text of ['at Luigi’s', 'or at home']) await expect(reply(alice.page, text).getByLabel('Saved', { exact: true })).toBeVisible()
  await act(alice, 'at Luigi’s', 'Select')
  await alice.page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  await expect(thread(alice.page)).toBeVisible()

  await act(alice, 'where do we eat?', 'Select')
  await choice('or at home').check()
  await bar.getByRole('button', { name: 'Forward' }).click()
  const dialog = alice.page.getByRole('dialog')
  await dialog.getByRole('checkbox').first().check()
  await dialog.getByRole('button', { name: 'Forward' }).click()
  await expect(bob.tab.texts).toHaveText(['where do we eat?', 'where do we eat?', 'or at home'])

  const own = thread(bob.page).getByRole('toolbar', { name: 'Selected messages' })
  await act(bob, 'at Luigi’s', 'Select')
  await reply(bob.page, 'or at home').getByRole('checkbox').check()
  await own.getByRole('button', { name: 'Delete…' }).click()
  await bob.page.getByRole('button', { name: 'Delete for everyone' }).click()
  await expect(texts(alice.page)).toHaveText(['where do we eat?'])
  await expect(thread(alice.page).getByText('This message was deleted')).toHaveCount(2)
})

test('who writes in a thread is seen by those who look at it, and not as writing in the conversation', async ({ people }) => {
  const [alice, bob] = await answered(people)
  await field(bob.page).pressSequentially('with')
  await expect(inThread(alice.page)).toHaveText('Bob is typing…')
  await expect(inConversation(alice.page)).toHaveText('')
  // Elsewhere, it is there and no longer here.
  await bob.tab.composer.pressSequentially('by the way')
  await expect(inConversation(alice.page)).toHaveText('Bob is typing…')
  await expect(inThread(alice.page)).toHaveText('')
  await bob.tab.composer.press('Enter')
  await expect(inConversation(alice.page)).toHaveText('')
  await field(bob.page).pressSequentially(' olives')
  await expect(inThread(alice.page)).toHaveText('Bob is typing…')
  await field(bob.page).press('Enter')
  await expect(inThread(alice.page)).toHaveText('')
  await expect(texts(alice.page).last()).toHaveText('with olives')
})

test('a reply is written with all that a message is written with, and deleted for oneself', async ({ people }) => {
  const [alice, bob] = await answered(people)
  await field(bob.page).pressSequentially('**yes** :pizz')
  await expect(bob.page.getByRole('listbox').getByRole('option').first()).toBeVisible()
  await field(bob.page).press('Enter')
  await thread(bob.page).getByRole('button', { name: 'Emoji' }).click()
  await bob.page.getByRole('dialog').locator('.emoji__one:visible').first().click()
  await field(bob.page).press('Enter')
  await expect(texts(alice.page).last()).toContainText('yes 🍕')
  await expect(texts(alice.page).last().locator('strong')).toHaveText('yes')
  await act(alice, 'at Luigi’s', 'Delete…')
  await alice.page.getByRole('button', { name: 'Delete for me' }).click()
  await expect(texts(alice.page)).toHaveCount(3)
  await expect(texts(bob.page)).toHaveCount(4)
  await act(alice, 'or at home', 'Forward')
  await alice.page.getByRole('dialog').getByRole('checkbox').first().check()
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Forward' }).click()
  await expect(alice.tab.entry('or at home')).toBeVisible()
})
