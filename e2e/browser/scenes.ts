// What there is to see: each screen of the interface, as far as a person has got on it.

import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { ar } from '../../client/ui/language/ar.ts'
import { en } from '../../client/ui/language/en.ts'
import { enLater } from '../../client/ui/language/enLater.ts'
import type { Translation } from '../../client/ui/language/translation.ts'
import { SECTIONS } from '../../client/ui/settings/sections.ts'

/** The names that buttons and fields have in the language of the picture. */
export type Words = Translation<'other'>
export const LANGUAGES = { 'en-GB': { ...en, ...enLater }, ar } as const

/** `scene`: of client/ui/preview; `act`: what a person does before the picture. */
export type Scene = { name: string; scene?: string; path?: string; act?: (page: Page, words: Words) => Promise<void> }

/** A conversation by its place in client/ui/preview/scripts.ts. */
const at = (index: number, panel = '') => `#/c/01900000-${index.toString(16).padStart(4, '0')}-7000-8000-000000000000${panel}`

export const SCENES: readonly Scene[] = [
  { name: 'sign-in', scene: 'sign-in' },
  { name: 'sign-up-mistakes', scene: 'sign-in', act: mistakes },
  { name: 'signed-out', scene: 'signed-out' },
  { name: 'first-run', scene: 'empty' },
  { name: 'list' },
  { name: 'market', path: at(0) },
  { name: 'unread', path: at(1) },
  { name: 'rtl', path: at(2) },
  { name: 'long', path: at(3) },
  { name: 'refused', path: at(5) },
  { name: 'no-messages', path: at(6) },
  { name: 'overfull', path: at(7) },
  { name: 'markdown', path: at(8), act: drawn },
  { name: 'markdown-top', path: at(8), act: scrolledUp },
  { name: 'markdown-contrast', path: at(8), act: async (page) => {
    await drawn(page)
    await look(page, 'contrast', 'high')
  } },
  { name: 'completion', path: at(0), act: (page, words) => page.getByPlaceholder(words.conversation.placeholder).pressSequentially('Perfect :tad') },
  { name: 'offline', scene: 'offline', path: at(0) },
  { name: 'offline-list', scene: 'offline' },
  { name: 'loading', scene: 'loading', path: at(0) },
  { name: 'new', path: '#/new', act: choosePeople },
  { name: 'new-group', path: '#/new', act: describeGroup },
  { name: 'new-face', act: openOwnFace },
  { name: 'details', path: at(0, '/details') },
  { name: 'details-direct', path: at(1, '/details') },
  { name: 'settings', path: '#/settings' },
  ...SECTIONS.map((section) => ({ name: `settings-${section}`, path: `#/settings/${section}` })),
  { name: 'settings-blocked', scene: 'blocked', path: '#/settings/privacy' },
  { name: 'settings-unsent', scene: 'unsent', path: '#/settings/account' },
  { name: 'settings-unsent-privacy', scene: 'unsent', path: '#/settings/privacy' },
  { name: 'card-unsent', scene: 'unsent', path: at(1, '/details') },
  { name: 'crop', path: '#/settings/account', act: cropPicture },
  { name: 'link-made', path: at(0, '/details'), act: makeLink },
  { name: 'invitation', path: '#/join/approval' },
  { name: 'invitation-over', path: '#/join/over' },
  { name: 'invited', scene: 'sign-in', path: '#/join/approval' },
  { name: 'archived', path: at(1), act: archived },
  { name: 'card', path: at(0), act: openCard },
  { name: 'blocked', scene: 'blocked', path: at(1) },
  { name: 'folded', scene: 'blocked', path: at(0) },
  { name: 'report', path: at(0), act: openReport },
  { name: 'message-info', path: at(0), act: openInfo },
  { name: 'admin-reports', path: '#/admin', act: (page, words) => page.getByRole('button', { name: words.admin.reports }).click() },
  { name: 'admin-report', path: '#/admin', act: readReport },
  { name: 'sign-up-invite', scene: 'invite', act: (page, words) => page.getByRole('button', { name: words.account.signUp }).click() },
  { name: 'admin', path: '#/admin' },
  { name: 'admin-registration', path: '#/admin', act: makeInvite },
  { name: 'admin-conversations', path: '#/admin', act: (page, words) => page.getByRole('button', { name: words.admin.conversations }).click() },
  { name: 'admin-storage', path: '#/admin', act: (page, words) => page.getByRole('button', { name: words.admin.storage }).click() },
  { name: 'admin-audit', path: '#/admin', act: (page, words) => page.getByRole('button', { name: words.admin.audit }).click() },
  { name: 'quiet-hours', path: '#/settings/notifications', act: openQuietHours },
  { name: 'switcher', path: at(0, '/switcher') },
  { name: 'switcher-found', path: '#/switcher', act: (page) => page.getByRole('combobox').fill('to') },
  { name: 'shortcuts', path: '#/shortcuts' },
  { name: 'compact', path: at(0), act: (page) => look(page, 'density', 'compact') },
  { name: 'contrast', path: at(0), act: (page) => look(page, 'contrast', 'high') },
  { name: 'contrast-details', path: at(0, '/details'), act: (page) => look(page, 'contrast', 'high') },
  { name: 'search', act: (page, words) => page.getByLabel(words.inbox.search).fill('to') },
  { name: 'nothing-found', act: (page, words) => page.getByLabel(words.inbox.search).fill('qqq') },
  { name: 'emoji', path: at(0), act: openEmoji },
  { name: 'menu', path: at(0), act: openMenu },
  { name: 'reply', path: at(0), act: startReply },
  { name: 'react', path: at(0), act: openReactions },
  { name: 'edit', path: at(0), act: startEdit },
  { name: 'versions', path: at(0), act: openVersions },
  { name: 'channels', path: '#/channels' },
  { name: 'channel-preview', path: '#/channels', act: lookIntoChannel },
  { name: 'new-channel', path: '#/new-channel' },
  { name: 'saved', path: '#/saved' },
  { name: 'saved-none', scene: 'empty', path: '#/saved' },
  { name: 'threads', path: at(0, '/threads') },
  { name: 'threads-none', path: at(1, '/threads') },
  { name: 'thread', path: at(0), act: replyInThread },
  { name: 'select', path: at(0), act: chooseSeveral },
  { name: 'forward', path: at(0), act: (page, words) => chooseDialog(page, words, words.messages.forward) },
  { name: 'delete', path: at(0), act: (page, words) => chooseDialog(page, words, words.messages.deleteItem) },
  { name: 'date', path: at(0), act: openDate },
]

async function makeLink(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.links.make }).click()
  await page.getByRole('switch', { name: words.links.approval }).check()
  await page.getByRole('button', { name: words.links.create }).click()
  await page.getByLabel(words.links.made, { exact: true }).scrollIntoViewIfNeeded()
}

async function archived(page: Page, words: Words): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: words.conversation.options }).click()
  await page.getByRole('menuitem', { name: words.archive.archive, exact: true }).click()
  await page.evaluate(() => window.location.assign('#/'))
  await page.locator('.archived__row').click()
}

async function mistakes(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.account.signUp }).click()
  await page.getByLabel(words.account.handle).fill('Ana!')
  await page.getByLabel(words.account.password, { exact: true }).fill('short')
  await page.getByRole('button', { name: words.account.signUp }).click()
}

async function choosePeople(page: Page, words: Words): Promise<void> {
  const field = page.getByLabel(words.people.search)
  for (const start of ['ing', 'zo']) {
    await field.fill(start)
    await page.locator('.picker__list button').first().click()
  }
  await field.fill('n')
  await page.locator('.picker__list').waitFor()
}

async function describeGroup(page: Page, words: Words): Promise<void> {
  await choosePeople(page, words)
  await page.getByRole('button', { name: words.create.next }).click()
  await page.getByRole('button', { name: words.create.group }).click()
}

async function openOwnFace(page: Page): Promise<void> {
  await page.locator('.own-face').click()
}

async function openQuietHours(page: Page, words: Words): Promise<void> {
  await page.getByRole('switch', { name: words.settings.quiet }).check()
  await page.getByText(words.settings.quietHint).scrollIntoViewIfNeeded()
}

/** As the settings would set it, for this page alone. */
async function look(page: Page, name: 'density' | 'contrast', value: string): Promise<void> {
  await page.evaluate(([key, chosen]) => document.documentElement.setAttribute(`data-${key}`, chosen), [name, value] as const)
}

/** The parser and the colours come after the first screen. */
async function drawn(page: Page): Promise<void> {
  await page.locator('.code').first().waitFor()
}

async function scrolledUp(page: Page): Promise<void> {
  await page.getByRole('feed').focus()
  await page.keyboard.press('Home')
  await page.locator('.hljs-comment').first().waitFor({ state: 'attached' })
}

async function openEmoji(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.conversation.emoji }).click()
  await page.locator('.emoji__one:visible').first().waitFor()
}

async function openMenu(page: Page, words: Words): Promise<void> {
  const entry = page.getByTestId('entry').last()
  await entry.focus()
  await entry.getByRole('button', { name: words.conversation.messageOptions }).click()
}

async function openReactions(page: Page, words: Words): Promise<void> {
  const entry = page.getByRole('article').filter({ hasText: 'Gate code' })
  await entry.hover()
  await entry.focus()
  await entry.getByRole('button', { name: words.conversation.react }).click()
  await page.locator('.emoji__viewport .emoji__one:visible').first().waitFor()
}

async function startEdit(page: Page, words: Words): Promise<void> {
  await page.getByPlaceholder(words.conversation.placeholder).press('ArrowUp')
}

async function openVersions(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.conversation.edited }).last().click()
}

async function openCard(page: Page): Promise<void> {
  await page.locator('.bubble__name button').last().click()
  await page.locator('.card').waitFor()
}

async function openReport(page: Page, words: Words): Promise<void> {
  await choose(page, words, words.report.action)
  await page.getByRole('radio').first().check()
}

/** From the menu of a message. */
async function choose(page: Page, { conversation }: Words, action: string, message = 'Gate code'): Promise<void> {
  const entry = page.getByRole('article').filter({ hasText: message })
  await entry.focus()
  await entry.getByRole('button', { name: conversation.messageOptions }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

/** What asks before it does anything. */
async function chooseDialog(page: Page, words: Words, action: string): Promise<void> {
  await choose(page, words, action)
  await page.getByRole('dialog').waitFor()
}

/** Among them what cannot be chosen: a deleted message, and an event. */
async function chooseSeveral(page: Page, words: Words): Promise<void> {
  await choose(page, words, words.messages.select)
  for (const message of ['second roll', 'walk the stalls']) await page.getByRole('article').filter({ hasText: message }).getByRole('checkbox').check()
}

async function lookIntoChannel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lighthouse stairs' }).click()
  await page.getByText('I have a board that fits.').waitFor()
}

async function replyInThread(page: Page, words: Words): Promise<void> {
  await choose(page, words, words.threads.reply)
  for (const text of ['The old one?', 'Then I can let everybody in before seven, also who brings the long tables.']) {
    await page.getByPlaceholder(words.threads.placeholder).fill(text)
    // On a phone Enter begins a line.
    await page.getByRole('complementary').getByRole('button', { name: words.conversation.send }).click()
    await page.getByRole('complementary').getByText(text).waitFor()
  }
}

async function openDate(page: Page, words: Words): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: words.conversation.options }).click()
  await page.getByRole('menuitem', { name: words.dates.action }).click()
}

async function openInfo(page: Page, words: Words): Promise<void> {
  await choose(page, words, words.reach.action, 'Perfect. I will')
  await page.locator('.reach').waitFor()
}

/** The app's own icon, as a picture at hand. */
async function cropPicture(page: Page): Promise<void> {
  await page.getByTestId('picture-file').setInputFiles(fileURLToPath(new URL('../../client/public/icon-512.png', import.meta.url)))
  await page.locator('.crop').waitFor()
}

async function readReport(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.admin.reports }).click()
  await page.getByRole('button', { name: words.reports.read }).first().click()
  await page.locator('.admin__shown').waitFor()
}

async function makeInvite(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.admin.registration }).click()
  await page.getByRole('button', { name: words.admin.newInvite }).click()
  await page.getByRole('button', { name: words.admin.create }).click()
}

async function startReply(page: Page, words: Words): Promise<void> {
  const entry = page.getByTestId('entry').nth(-2)
  await entry.focus()
  await entry.getByRole('button', { name: words.conversation.reply }).click()
  await page.getByPlaceholder(words.conversation.placeholder).fill('I will be there too.\nWith coffee for everybody.')
}
