// The app comes in parts. One that cannot be fetched, because there is no network or a new release took its file away, is told
// in its place, and there is a way on.

import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { passes } from './axe.ts'
import type { Device } from './device.ts'
import { NETWORK_GONE } from './device.ts'
import type { People } from './people.ts'
import { test } from './test.ts'

const TITLE = 'A part of Parley could not be loaded'

test('a dialog whose file is missing says so in its place, and is there at the next try', async ({ people }) => {
  const alice = await withoutWorker(people, 'Alice')
  const { page } = alice
  const back = await takeAway(alice, /SettingsDialog/)
  await page.getByRole('button', { name: 'Settings and account' }).click()
  const instead = page.getByRole('dialog', { name: TITLE })
  await expect(instead.getByRole('alert')).toContainText('Try again, or reload the page.')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await passes(page, `a missing dialog, ${colorScheme}`)
  }
  // Everything beside it goes on.
  await page.keyboard.press('Escape')
  await expect(instead).toHaveCount(0)
  await expect(page.getByRole('heading', { name: /Welcome|Hello/ })).toBeVisible()

  await page.getByRole('button', { name: 'Settings and account' }).click()
  await expect(instead).toBeVisible()
  await back()
  await instead.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'Settings' }).locator('.settings')).toHaveCSS('display', /grid|flex/)
})

test('a pane whose file is missing says so beside the list, and reloading the page brings it', async ({ people }) => {
  const alice = await withoutWorker(people, 'Alice')
  const bob = await people.signUp('Bob')
  const { page } = alice
  await alice.tab.startDirect(bob.person)
  await page.goto('/#/')
  const back = await takeAway(alice, /ConversationPane/)
  await page.reload()
  await alice.tab.row('Bob').click()
  await expect(page.getByRole('alert').filter({ hasText: TITLE })).toBeVisible()
  await expect(alice.tab.row('Bob')).toBeVisible()
  await passes(page, 'a missing pane')
  await back()
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(alice.tab.heading).toContainText('Bob')
})

test('what has no place of its own is told at the edge of the screen, once, and comes when the network is back', async ({ people }) => {
  const alice = await withoutWorker(people, 'Alice')
  const { page } = alice
  const back = await takeAway(alice, /(OwnFace|Notifications|Cards)-/)
  await page.reload()
  await expect(page.getByRole('status').getByText(TITLE)).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Settings and account' })).toBeVisible()
  await back()
  await alice.goOffline()
  await alice.goOnline()
  await expect(page.getByText(TITLE)).toHaveCount(0)
  await expect(page.getByRole('button', { name: /Your status and do not disturb$/ })).toBeVisible()
})

test('the first screen itself says so when the rest of it is missing', async ({ people }) => {
  const alice = await withoutWorker(people, 'Alice')
  const { page } = alice
  const back = await takeAway(alice, /shell-/)
  await page.reload()
  await expect(page.getByRole('alert').filter({ hasText: TITLE })).toBeVisible()
  await back()
  await page.getByRole('button', { name: 'Try again' }).click()
  await alice.tab.isSignedIn()
})

/** A worker would have every file on the device already: these are people on a first visit, or whose browser has none. */
async function withoutWorker(people: People, name: string): Promise<Device> {
  const device = await people.signUp(name, { serviceWorkers: 'block' })
  device.forgive(...NETWORK_GONE, /404/, /dynamically imported module/, /Unable to preload CSS/, /A part of the app could not be loaded/)
  return device
}

/** As a release does whose files have other names. Returns how to bring them back. */
async function takeAway({ page }: { page: Page }, file: RegExp): Promise<() => Promise<void>> {
  await page.route(file, (route) => route.fulfill({ status: 404, body: 'gone' }))
  return () => page.unroute(file)
}
