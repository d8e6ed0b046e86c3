// A person at a browser: the web client as people get it, from our server, in the Chromium of the tests.

import type { Browser, Page } from '@playwright/test'
import { chromium } from '@playwright/test'
import { chromiumPath, QUIET_CHROMIUM } from '../../e2e/prerequisites.ts'

export async function launch(): Promise<Browser> {
  return await chromium.launch({ executablePath: chromiumPath(), args: QUIET_CHROMIUM })
}

/** Signs up with the code of a placeholder account, so that what was seeded for it is there. */
export async function claimAccount(browser: Browser, port: number, code: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}`, viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('button', { name: 'I have a claim code' }).click()
  await page.getByLabel('Username').fill(`bench-${process.pid}`)
  await page.getByLabel('Your name').fill('Alice')
  await page.getByLabel('Password', { exact: true }).fill('a bench needs its own words')
  await page.getByLabel('Claim code').fill(code)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('button', { name: 'Settings and account' }).waitFor()
  return page
}
