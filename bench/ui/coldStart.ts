// Opening the app with thousands of conversations on the device: the shell comes from the service worker, the list from
// IndexedDB. From the navigation until rows are painted and the page answers.

import type { Page } from '@playwright/test'
import { ServerProcess } from '../host/serverProcess.ts'
import type { Row } from '../measures/measure.ts'
import { parley, seed } from '../targets/parley.ts'
import { judged } from './goal.ts'
import { claimAccount, launch } from './page.ts'

export async function coldStart(conversations: number): Promise<Row[]> {
  const server = await ServerProcess.start(parley)
  const rooms = Array.from({ length: conversations }, (_, index) => ({ room: index === 0 ? OLDEST : `Room ${index}`, members: ['alice', 'bob'], history: 1 }))
  const { claim } = await seed(server.port, { rooms, claims: 'alice' })
  if (claim === undefined) throw new Error('alice was not offered')
  const browser = await launch()
  try {
    let page = await claimAccount(browser, server.port, claim)
    await holdWholeList(page)
    const context = page.context()
    await context.addInitScript(watch)
    const cases = []
    for (const offline of [false, true]) {
      await context.setOffline(offline)
      const times: number[] = []
      for (let start = 0; start < STARTS; start += 1) {
        await page.close()
        page = await context.newPage()
        await page.goto('/')
        times.push(await page.evaluate(() => window.listUsable))
      }
      cases.push(judged('cold start', `${conversations.toLocaleString('en')} conversations${offline ? ', offline' : ''}`, GOAL, times))
    }
    return cases
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** A search reads all pages of the list. */
async function holdWholeList(page: Page): Promise<void> {
  await page.evaluate(async () => navigator.serviceWorker.ready)
  await page.locator('#search').fill(OLDEST)
  await page.locator('.row__title', { hasText: OLDEST }).waitFor({ timeout: FILL_MS })
  await page.locator('.inbox__more').waitFor({ state: 'detached' })
  await page.reload()
  await page.getByTestId('inbox-row').first().waitFor()
}

/** Runs in the page before its own scripts. */
function watch(): void {
  window.listUsable = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('[data-testid=inbox-row]') === null) return
      observer.disconnect()
      // After the frame that paints it, and after whatever the page still has to do before it answers.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0))
    })
    observer.observe(document, { childList: true, subtree: true })
  })
}

const OLDEST = 'The oldest'
const FILL_MS = 60_000
const STARTS = 9
const GOAL = { below: 1_000, unit: 'ms' } as const

declare global {
  interface Window {
    listUsable: Promise<number>
  }
}
