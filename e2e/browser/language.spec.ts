// The interface in each of its languages: chosen in the settings, spoken at once and after a reload, and written from the
// side where its readers begin.

import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { passes } from './axe.ts'
import type { Device } from './device.ts'
import { test } from './test.ts'

test('[W2] every language is spoken at once, and nothing but the language changes', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.createGroup('Market', [bob.person, await person(people.signUp('Carol'))])
  await alice.tab.write('who is in?')
  await alice.tab.composer.fill('half a thought')
  const { page } = alice
  const members = page.locator('.conversation__sub')
  const day = page.locator('.day-line')
  await expect(members).toHaveText('3 members')

  await choose(page, 'Settings and account', 'Language', 'Deutsch')
  await expect(page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible()
  await expect(members).toHaveText('3 Mitglieder')
  await expect(day).toHaveText('Heute')
  await page.keyboard.press('Escape')
  await expect(page.getByPlaceholder('Schreib eine Nachricht')).toHaveValue('half a thought')

  await choose(page, 'Einstellungen und Konto', 'Sprache', '日本語')
  await expect(members).toHaveText('メンバー 3 人')
  await expect(day).toHaveText('今日')
  await expect(page.locator('html')).toHaveAttribute('lang', /^ja/)
  await page.keyboard.press('Escape')

  await choose(page, '設定とアカウント', '言語', 'العربية')
  await expect(members).toHaveText('3 أعضاء')
  await expect(day).toHaveText('اليوم')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await page.keyboard.press('Escape')

  await page.reload()
  await alice.tab.isOnline()
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(members).toHaveText('3 أعضاء')
  await choose(page, 'الإعدادات والحساب', 'اللغة', 'English')
  await expect(members).toHaveText('3 members')
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
})

test('[W2] [W4] the system’s language is spoken before anybody chose one, also by what the server refuses', async ({ people }) => {
  const alice = await people.device(people.invent('Alice'), { locale: 'de-AT' })
  // What the browser says of a wrong password.
  alice.forgive(/401/)
  const { page } = alice
  await expect(page.getByRole('heading', { name: 'Willkommen zurück' })).toBeVisible()
  await page.getByLabel('Benutzername').fill('nobody-at-all')
  await page.getByLabel('Passwort', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await expect(page.getByRole('alert')).toHaveText('Benutzername oder Passwort stimmt nicht.')
  await page.getByLabel('Sprache').selectOption('العربية')
  await expect(page.getByRole('alert')).toHaveText('اسم المستخدم أو كلمة المرور غير صحيحة.')
})

test('Arabic reads from right to left, stays inside the window and passes axe', async ({ people }) => {
  // What is still fading in has less contrast.
  const alice = await people.signUp('Alice', { reducedMotion: 'reduce' })
  const bob = await people.signUp('Bob')
  await bob.tab.createGroup('Market', [alice.person, await person(people.signUp('Carol'))])
  await bob.tab.write('who is in?')
  const { page } = alice
  await choose(page, 'Settings and account', 'Language', 'العربية')
  await passes(page, 'settings')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: /Market/ }).click()
  await expect(page.getByText('who is in?').last()).toBeVisible()

  // The list stands where reading begins, own messages where it ends.
  await page.getByPlaceholder('اكتب رسالة').fill('me')
  await page.keyboard.press('Enter')
  const own = page.getByTestId('entry').filter({ hasText: 'me' }).last().locator('.bubble')
  await expect(own).toBeVisible()
  const [list, mine, theirs] = await Promise.all([left(page, '.inbox'), own.boundingBox(), page.getByTestId('entry').first().locator('.bubble').boundingBox()])
  expect(list).toBeGreaterThan(theirs?.x ?? Infinity)
  expect(mine?.x ?? Infinity).toBeLessThan(theirs?.x ?? 0)
  expect(await alice.tab.overflow()).toBeLessThanOrEqual(0)
  await passes(page, 'conversation')

  await page.getByRole('button', { name: /تفاصيل المحادثة$/ }).click()
  await expect(page.getByRole('complementary', { name: 'التفاصيل' })).toBeVisible()
  await passes(page, 'details')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').first()).toBeVisible()
  await passes(page, 'switcher')
})

async function choose(page: Page, settings: string, label: string, language: string): Promise<void> {
  await page.getByRole('button', { name: settings }).click()
  await page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click()
  await page.getByRole('dialog').getByLabel(label, { exact: true }).selectOption(language)
}

async function person(device: Promise<Device>): Promise<Device['person']> {
  return (await device).person
}

async function left(page: Page, selector: string): Promise<number> {
  return (await page.locator(selector).boundingBox())?.x ?? 0
}
