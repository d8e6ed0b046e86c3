// Every text field of the app, filled with what fields are not made for. Nothing of it runs (the test function fails on a
// dialog, a page error, a line on the console), the window never grows wider, and what stands beside the field stays there.

import type { Locator } from '@playwright/test'
import { expect } from '@playwright/test'
import type { Tab } from './tab.ts'
import { test } from './test.ts'

const HOSTILE = {
  markup: '"><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>',
  override: 'safe \u202Egnp.exe\u202C end',
  zalgo: 'Z\u0311\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324'.repeat(30),
  mixed: 'abc שלום def مرحبا ghi'.repeat(4),
  endless: 'w'.repeat(400),
  emoji: '🦆'.repeat(16_384),
} as const

type Boxes = (Awaited<ReturnType<Locator['boundingBox']>> | null)[]

/** Fills the field with each, and looks whether the neighbours are where they were. */
async function fillAll(tab: Tab, field: Locator, neighbours: readonly Locator[]): Promise<void> {
  await field.fill('x')
  await atRest(tab)
  const before = await places(neighbours)
  for (const text of Object.values(HOSTILE)) {
    await field.fill(text)
    expect(await tab.overflow()).toBe(0)
    expect(await places(neighbours)).toEqual(before)
  }
  await field.fill('')
}

/** A dialog that is still on its way in moves by itself. */
async function atRest({ page }: Tab): Promise<void> {
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(passing.map((animation) => animation.finished))
  })
}

async function places(neighbours: readonly Locator[]): Promise<Boxes> {
  return Promise.all(neighbours.map((neighbour) => neighbour.boundingBox()))
}

test('the fields of a new account', async ({ people }) => {
  const device = await people.device(people.invent('Mallory'))
  const { page, tab } = device
  await page.getByRole('button', { name: 'Create account' }).click()
  const [handle, name, password] = [page.getByLabel('Username'), page.getByLabel('Your name'), page.getByLabel('Password', { exact: true })]
  for (const field of [handle, name, password]) await fillAll(tab, field, [handle, name, password])

  await handle.fill('mallory-x')
  await password.fill(device.person.password)
  // Each is refused where it is typed, and stays there to be corrected.
  for (const text of [HOSTILE.override, '\u3164', 'Al\u00ADice', '\u2066Alice\u2069', 'Al\u200Dice']) {
    await name.fill(text)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(name).toHaveAccessibleDescription(/no invisible ones/)
    await expect(name).toHaveValue(text)
  }
})

test('searches, and the name of a group', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  const { page, tab } = alice
  await tab.createGroup('Lunch', [bob.person, carol.person])
  await fillAll(tab, page.getByLabel('Search conversations and people'), [tab.heading, tab.composer])

  const details = await tab.openDetails()
  await details.getByRole('button', { name: 'Rename group' }).click()
  const rename = details.getByLabel('Group name')
  await fillAll(tab, rename, [tab.heading, tab.composer])
  alice.forgive(/400/)
  await rename.fill(HOSTILE.override)
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/direction of writing/)).toBeVisible()
  await expect(rename).toHaveValue(HOSTILE.override)
  await rename.fill(HOSTILE.markup.slice(0, 64))
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(tab.heading).toContainText(HOSTILE.markup.slice(0, 64))
  await expect(bob.tab.row('<script>')).toBeVisible()
  expect(await bob.tab.overflow()).toBe(0)

  await page.getByRole('button', { name: 'New conversation' }).first().click()
  const dialog = page.getByRole('dialog')
  await fillAll(tab, dialog.getByLabel('Find people by name or username'), [dialog.getByRole('heading').first()])
  for (const member of [bob.person, carol.person]) await tab.choose(member)
  await dialog.getByRole('button', { name: 'Next' }).click()
  await fillAll(tab, dialog.getByLabel('Group name'), [dialog.getByRole('heading').first(), dialog.getByLabel('Topic (optional)')])
  await fillAll(tab, dialog.getByLabel('Topic (optional)'), [dialog.getByRole('heading').first(), dialog.getByLabel('Group name')])
  await dialog.getByLabel('Topic (optional)').fill('')
  await dialog.getByLabel('Group name').fill(HOSTILE.override)
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(dialog.getByText(/direction of writing/)).toBeVisible()
  await expect(dialog.getByLabel('Group name')).toHaveValue(HOSTILE.override)
  await expect(page.locator('img, iframe, script:not([src])')).toHaveCount(0)
})

test('a message, and its draft after a reload', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  const { page, tab } = alice
  await tab.startDirect(bob.person)
  await bob.tab.open('Alice')
  await fillAll(tab, tab.composer, [tab.heading, page.getByLabel('Search conversations and people')])
  for (const text of Object.values(HOSTILE)) {
    await tab.composer.fill(text)
    await tab.composer.press('Enter')
    if (text === HOSTILE.emoji) continue
    await expect.poll(async () => (await bob.tab.texts.last().textContent())?.slice(0, 60)).toBe(text.slice(0, 60))
    expect(await bob.tab.overflow()).toBe(0)
  }
  // Too long by far: said in words, not sent, not cut.
  const over = (HOSTILE.emoji.length - 8_000).toLocaleString('en-GB')
  await expect(page.getByText(`${over} characters too many`)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled()
  await expect(tab.composer).toHaveValue(HOSTILE.emoji)
  for (const text of [HOSTILE.markup, HOSTILE.override, HOSTILE.zalgo]) {
    await tab.composer.fill(text)
    await expect(bob.tab.page.locator('img, iframe, script:not([src])')).toHaveCount(0)
    await tab.composer.blur()
    await page.reload()
    await expect(tab.composer).toHaveValue(text)
    expect(await tab.overflow()).toBe(0)
  }
})
