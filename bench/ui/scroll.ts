// Scrolling through a very long conversation: does each frame come in time, and is there anything to see in it?

import type { Page } from '@playwright/test'
import { ServerProcess } from '../host/serverProcess.ts'
import { median } from '../measures/median.ts'
import type { Row } from '../measures/measure.ts'
import { parley, seed } from '../targets/parley.ts'
import { claimAccount, launch } from './page.ts'

export async function scroll(entries: number): Promise<Row> {
  const server = await ServerProcess.start(parley)
  const { claim } = await seed(server.port, { rooms: [{ room: 'Long talk', members: ['alice', 'bob'], history: entries }], claims: 'alice' })
  if (claim === undefined) throw new Error('alice was not offered')
  const browser = await launch()
  try {
    const page = await claimAccount(browser, server.port, claim)
    await page.getByRole('link', { name: /Long talk/ }).click()
    await page.getByRole('article').first().waitFor()
    await page.keyboard.press('End')
    await page.locator(`[aria-posinset="${entries}"]`).waitFor()
    const wheel = await recorded(page, () => gesture(page))
    const jumps: number[] = []
    for (let jump = 1; jump <= JUMPS; jump += 1) jumps.push(await page.evaluate(jumpTo, jump / (JUMPS + 1)))
    return {
      measure: 'scroll',
      case: `${entries.toLocaleString('en')} entries`,
      target: 'ours',
      headline: { figure: 'frames/s', better: 'more' },
      figures: { ...wheel, 'jump ms': median(jumps) },
      marks: [`${GESTURES * GESTURE_PX} px up at ${PX_PER_SECOND} px/s`],
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** A finger on a touchpad, as Chromium itself plays it. */
async function gesture(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (let count = 0; count < GESTURES; count += 1) {
    await session.send('Input.synthesizeScrollGesture', { x: 800, y: 400, yDistance: GESTURE_PX, speed: PX_PER_SECOND, gestureSourceType: 'mouse' })
  }
}

async function recorded(page: Page, act: () => Promise<void>): Promise<Record<string, number>> {
  await page.evaluate(record)
  await act()
  const { frames, holes, nodes } = await page.evaluate(() => window.recorded?.() ?? { frames: [], holes: 0, nodes: 0 })
  const steps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
  const total = steps.reduce((sum, step) => sum + step, 0)
  return {
    'frames/s': (steps.length * 1000) / total,
    'late %': (steps.filter((step) => step > LATE_MS).length * 100) / steps.length,
    'longest ms': Math.max(...steps),
    'with holes %': (holes * 100) / frames.length,
    'most entries drawn': nodes,
  }
}

/** Runs in the page. Notes each frame, whether an entry in view is still missing in it, and how many are drawn. */
function record(): void {
  const frames: number[] = []
  let holes = 0
  let nodes = 0
  let ended = false
  const box = document.querySelector('[role=feed]')
  function frame(at: number): void {
    if (ended || box === null) return
    frames.push(at)
    const { top, bottom } = box.getBoundingClientRect()
    const missing = [...box.querySelectorAll('.hole')].some((hole) => {
      const place = hole.getBoundingClientRect()
      return place.bottom > top && place.top < bottom
    })
    if (missing) holes += 1
    nodes = Math.max(nodes, box.querySelectorAll('article').length)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  window.recorded = () => {
    ended = true
    return { frames, holes, nodes }
  }
}

/** Runs in the page. Drags the scroll bar to a part of the whole; milliseconds until everything there is drawn. */
async function jumpTo(part: number): Promise<number> {
  const box = document.querySelector('[role=feed]')
  if (box === null) throw new Error('no conversation is open')
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- It can name nothing of this file.
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
  const started = performance.now()
  box.scrollTop = box.scrollHeight * part
  await frame()
  for (;;) {
    await frame()
    const { top, bottom } = box.getBoundingClientRect()
    const inView = [...box.querySelectorAll('article, .hole')].filter((each) => {
      const place = each.getBoundingClientRect()
      return place.bottom > top && place.top < bottom
    })
    if (inView.length > 0 && inView.every((each) => each.tagName === 'ARTICLE')) return performance.now() - started
    if (performance.now() - started > 10_000) throw new Error('what was jumped to was not drawn within 10 s')
  }
}

const GESTURES = 10
const GESTURE_PX = 6_000
const PX_PER_SECOND = 6_000
const JUMPS = 9
/** A frame of 60 a second, and half of the next. */
const LATE_MS = 25

declare global {
  interface Window {
    recorded?: () => { frames: number[]; holes: number; nodes: number }
  }
}
