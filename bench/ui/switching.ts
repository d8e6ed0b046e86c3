// From one conversation to another that this device holds: from the press until its last entries are painted.

import type { Page } from '@playwright/test'
import { ServerProcess } from '../host/serverProcess.ts'
import type { Row } from '../measures/measure.ts'
import { parley, seed } from '../targets/parley.ts'
import { judged } from './goal.ts'
import { claimAccount, launch } from './page.ts'

/** The list is as long as in `coldStart`: what is not on screen must cost nothing. */
export async function switching(conversations: number): Promise<Row[]> {
  const server = await ServerProcess.start(parley)
  const quiet = Array.from({ length: conversations - ROOMS }, (_, index) => ({ room: `Quiet ${index}`, members: ['alice', 'bob'], history: 1 }))
  const rooms = Array.from({ length: ROOMS }, (_, index) => ({ room: `Room ${index}`, members: ['alice', 'bob'], history: HISTORY }))
  const { claim } = await seed(server.port, { rooms: [...quiet, ...rooms], claims: 'alice' })
  if (claim === undefined) throw new Error('alice was not offered')
  const browser = await launch()
  try {
    const page = await claimAccount(browser, server.port, claim)
    // A search reads all pages of the list. The rooms were written in last, so they are its first rows.
    await page.locator('#search').fill('Quiet 0')
    await page.locator('.inbox__more').waitFor({ state: 'detached', timeout: FILL_MS })
    await page.locator('#search').fill('')
    await visitAll(page)
    // From the store of the device, then from memory as well.
    await page.reload()
    const [first, again] = [await visitAll(page), await visitAll(page)]
    const title = `${ROOMS} of ${HISTORY} entries, ${conversations.toLocaleString('en')} conversations`
    return [judged('switch', `${title}, first time`, GOAL, first), judged('switch', `${title}, again`, GOAL, again)]
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function visitAll(page: Page): Promise<number[]> {
  await page.locator('.row__title', { hasText: `Room ${ROOMS - 1}` }).waitFor()
  const times: number[] = []
  for (let room = 0; room < ROOMS; room += 1) {
    times.push(await page.evaluate(visit, { title: `Room ${room}`, last: HISTORY }))
    // A person looks at it for a moment.
    await page.waitForTimeout(SETTLE_MS)
  }
  return times
}

/** Runs in the page. */
async function visit({ title, last }: { title: string; last: number }): Promise<number> {
  const link = [...document.querySelectorAll<HTMLElement>('[data-testid=inbox-row]')].find((row) => row.querySelector('.row__title')?.textContent === title)
  if (link === undefined) throw new Error(`${title} is not in the list`)
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- It can name nothing of this file.
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
  const started = performance.now()
  link.click()
  for (;;) {
    await frame()
    const conversation = [...document.querySelectorAll('.conversation')].find((section) => section.getAttribute('aria-label') === title)
    const box = conversation?.querySelector('[role=feed]')?.getBoundingClientRect()
    const entry = conversation?.querySelector(`[aria-posinset="${last}"]`)?.getBoundingClientRect()
    if (box !== undefined && entry !== undefined && entry.bottom > box.top && entry.top < box.bottom) break
    if (performance.now() - started > 10_000) throw new Error(`${title} was not drawn within 10 s`)
  }
  // What this frame drew is painted when the task after it runs.
  await new Promise((resolve) => {
    setTimeout(resolve, 0)
  })
  return performance.now() - started
}

/** As many rows as are in view. */
const ROOMS = 8
const FILL_MS = 60_000
const HISTORY = 400
const SETTLE_MS = 200
const GOAL = { below: 100, unit: 'ms' } as const
