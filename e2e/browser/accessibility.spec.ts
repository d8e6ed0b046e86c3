// Every screen, in each of its colours, before axe: names, roles, contrast and what else WCAG 2.2 AA asks that a machine
// can see.

import type { BrowserContextOptions } from '@playwright/test'
import { expect } from '@playwright/test'
import { passes } from './axe.ts'
import type { Device } from './device.ts'
import type { People } from './people.ts'
import { test } from './test.ts'

const COLOURS: Record<string, BrowserContextOptions> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'light in high contrast': { colorScheme: 'light', contrast: 'more' },
  'dark in high contrast': { colorScheme: 'dark', contrast: 'more' },
}

for (const [name, colours] of Object.entries(COLOURS)) {
  const options: BrowserContextOptions = { ...colours, reducedMotion: 'reduce' }

  test(`signing in and up, ${name}`, async ({ people }) => {
    const { page } = await people.device(people.invent('Alice'), options)
    await passes(page, 'sign-in')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByLabel('Username').fill('no spaces!')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByLabel('Username')).toBeFocused()
    await passes(page, 'sign-up with mistakes')
  })

  test(`everything behind it, ${name}`, async ({ people }) => {
    const alice = await people.signUp('Alice', options)
    const { page } = alice
    await passes(page, 'empty')
    const bob = await filled(people, alice)
    await passes(page, 'list')
    await alice.tab.open('Summer Market')
    await expect(alice.tab.entry('who is in?')).toBeVisible()
    await passes(page, 'conversation')
    await alice.tab.entry('who is in?').hover()
    await alice.tab.entry('who is in?').getByRole('button', { name: 'Message options' }).click()
    await passes(page, 'menu')
    await page.keyboard.press('Escape')
    await alice.tab.openDetails()
    await passes(page, 'details')
    await groups(alice, bob)
    await cards(alice)
    await dialogs(alice)
    await markdown(alice, bob)
    await alice.goOffline()
    await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'offline')
    await alice.tab.write('from the train')
    await passes(page, 'offline')
  })
}

const MARKDOWN = `# Plan
**Bold**, \`code\`, ||secret||, [link](https://example.org)

> quote

- [x] done
- [ ] to do

| a | b |
|---|---|
| 1 | 2 |

\`\`\`ts
// note
const name: string = "text" + 42
\`\`\``

/** A group with something in it, unread messages, a draft and a muted conversation. */
async function filled(people: People, alice: Device): Promise<Device> {
  const [bob, carol] = await Promise.all([people.signUp('Bob'), people.signUp('Carol')])
  await bob.tab.createGroup('Summer Market', [alice.person, carol.person])
  await bob.tab.write('who is in?', 'see https://example.org/market')
  await carol.tab.open('Summer Market')
  await carol.tab.react('who is in?', '👍')
  await carol.tab.startDirect(alice.person)
  await carol.tab.write('hello')
  await alice.tab.open('Summer Market')
  await alice.tab.write('me')
  await alice.tab.open('Carol')
  await alice.tab.composer.fill('not finished')
  await alice.page.getByRole('button', { name: 'Conversation options' }).last().click()
  await alice.page.getByRole('menuitem', { name: 'Mute always' }).click()
  await alice.page.getByRole('button', { name: 'Dismiss' }).click()
  await alice.page.getByRole('link', { name: 'Parley' }).click()
  await bob.tab.write('one more')
  await carol.tab.write('are you there?')
  await expect(alice.tab.row('Carol')).toContainText('1 unread')
  await expect(alice.tab.row('Summer Market')).toContainText('1 unread')
  return bob
}

/** In one's own bubble and in another's, and while it is written. */
async function markdown(alice: Device, bob: Device): Promise<void> {
  for (const { tab } of [alice, bob]) {
    await tab.composer.fill(MARKDOWN)
    await tab.composer.press('Enter')
    const last = alice.tab.messages.getByRole('article', { name: new RegExp(tab === alice.tab ? '^You' : '^Bob') }).last()
    await expect(last.locator('.hljs-keyword')).toBeVisible()
    await passes(alice.page, 'Markdown')
  }
  await alice.tab.composer.pressSequentially(':smi')
  await expect(alice.page.getByRole('option').first()).toBeVisible()
  await passes(alice.page, 'completion')
  await alice.tab.composer.fill('')
}

/** Of a group that somebody owns; the details of the other one are open again at the end. */
async function groups({ tab, page }: Device, bob: Device): Promise<void> {
  const invited = await bob.tab.openDetails()
  await invited.getByRole('button', { name: 'Invite by link' }).click()
  await passes(bob.page, 'making a link')
  await invited.getByRole('switch', { name: 'An admin lets each one in' }).check()
  await invited.getByRole('button', { name: 'Make link' }).click()
  await expect(invited.getByRole('list', { name: 'Invite links' }).getByRole('listitem')).toHaveCount(1)
  await passes(bob.page, 'links')
  const address = await invited.getByLabel('The link', { exact: true }).textContent()
  await bob.page.getByRole('button', { name: 'Close details' }).click()
  await page.evaluate((next) => window.location.assign(next), address ?? '')
  await expect(page.getByRole('dialog', { name: 'Invitation' })).toContainText('Summer Market')
  await passes(page, 'invitation')
  await page.keyboard.press('Escape')
  await tab.open('Carol')
  await page.getByRole('main').getByRole('button', { name: 'Conversation options' }).click()
  await page.getByRole('menuitem', { name: 'Archive', exact: true }).click()
  await passes(page, 'archived row')
  await page.getByRole('button', { name: 'Archived 1' }).click()
  await passes(page, 'archive')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Back to all conversations' }).click()
  await tab.open('Summer Market')
  await tab.openDetails()
}

/** About people and messages; Bob is blocked at the end of it, and not any more. */
async function cards({ tab, page }: Device): Promise<void> {
  const card = await tab.openCardOf('who is in?')
  await expect(card.getByText('Online')).toBeVisible()
  await passes(page, 'card')
  await card.getByRole('button', { name: 'Report' }).click()
  await expect(page.getByRole('dialog', { name: 'Report Bob' })).toBeVisible()
  await passes(page, 'report')
  await page.keyboard.press('Escape')
  await tab.action('me', 'Info')
  await expect(page.getByRole('dialog', { name: 'Message info' }).getByRole('listitem').first()).toBeVisible()
  await passes(page, 'message info')
  await page.keyboard.press('Escape')
  await (await tab.openCardOf('who is in?')).getByRole('button', { name: 'Block' }).click()
  await page.keyboard.press('Escape')
  await expect(tab.messages).toContainText('Message of a blocked person.')
  await passes(page, 'folded')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(tab.entry('who is in?')).toBeVisible()
}

async function dialogs({ tab, page }: Device): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('s')
  await expect(page.getByRole('option').first()).toBeVisible()
  await passes(page, 'switcher')
  await page.keyboard.press('Escape')
  await tab.messages.focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await passes(page, 'shortcut sheet')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'New conversation' }).first().click()
  await page.getByLabel('Find people by name or username').fill('carol')
  await expect(page.getByRole('dialog').getByRole('button', { name: /Carol/ }).first()).toBeVisible()
  await passes(page, 'new conversation')
  await page.getByRole('dialog').getByRole('button', { name: /Carol/ }).first().click()
  await page.getByRole('button', { name: 'Make it a group' }).click()
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByText('Give the group a name.')).toBeVisible()
  await passes(page, 'describing a group')
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('button', { name: /Your status and do not disturb$/ }).click()
  await passes(page, 'own face')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  const settings = await tab.openSettings('Notifications')
  await settings.getByRole('switch', { name: 'Quiet hours' }).check()
  await passes(page, 'settings: notifications')
  for (const section of ['Privacy', 'Appearance', 'Language', 'Data on this device', 'Devices']) {
    await settings.getByRole('button', { name: section, exact: true }).click()
    await expect(settings.getByRole('heading', { name: section, exact: true })).toBeVisible()
    await passes(page, `settings: ${section}`)
  }
  await expect(settings.getByText('This device', { exact: true })).toBeVisible()
  await settings.getByRole('button', { name: 'Account', exact: true }).click()
  await settings.getByLabel('What others should know').fill('at the dentist')
  await settings.getByRole('button', { name: 'Set status' }).click()
  await expect(settings.getByRole('button', { name: 'Clear status' })).toBeVisible()
  await settings.getByRole('button', { name: 'For 1 hour' }).click()
  await expect(settings.getByRole('button', { name: 'Turn off' })).toBeVisible()
  await passes(page, 'settings: account')
  await settings.getByRole('button', { name: 'Change password' }).click()
  await settings.getByRole('button', { name: 'Change password' }).click()
  await passes(page, 'settings with mistakes')
  await page.keyboard.press('Escape')
  await expect(settings).toBeHidden()
}
