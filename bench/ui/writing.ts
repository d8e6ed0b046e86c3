// Writing while a conversation is busy: from the key to the paint that shows its letter.

import { setInterval } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { ServerProcess } from '../host/serverProcess.ts'
import type { Row } from '../measures/measure.ts'
import { parley, seed, takeSeat } from '../targets/parley.ts'
import { judged } from './goal.ts'
import { claimAccount, launch } from './page.ts'

export async function writing(entriesPerSecond: number): Promise<Row[]> {
  const server = await ServerProcess.start(parley)
  const { claim, rooms, people } = await seed(server.port, { rooms: [{ room: 'Busy', members: ['alice', 'bob'], history: 5_000 }], claims: 'alice' })
  const [room, bob] = [rooms[0], people.find(({ member }) => member === 'bob')]
  if (claim === undefined || room === undefined || bob === undefined) throw new Error('the server made something else than was asked')
  const browser = await launch()
  try {
    const page = await claimAccount(browser, server.port, claim)
    await page.getByRole('link', { name: /Busy/ }).click()
    await page.getByRole('article').first().waitFor()
    const composer = page.getByRole('textbox', { name: /Message/ })
    await composer.focus()
    await page.evaluate(record)
    const seat = await takeSeat({ port: server.port, conversation: room.id, token: bob.token, received: () => {} })
    const writes = new AbortController()
    const talking = talk(seat, entriesPerSecond, writes.signal)
    for (let key = 0; key < KEYS; key += 1) {
      await page.keyboard.press('abcdefgh '.charAt(key % 9))
      await page.waitForTimeout(BETWEEN_KEYS_MS)
    }
    writes.abort()
    const sent = await talking
    const arrived = await page.locator('[role=feed] [aria-setsize]').first().getAttribute('aria-setsize')
    if (Number(arrived) < 5_000 + sent * 0.9) throw new Error(`${sent} entries were sent, ${Number(arrived) - 5_000} arrived`)
    const times = await page.evaluate(() => window.keysPainted)
    seat.close()
    return [judged('keystroke', `to paint, ${entriesPerSecond} entries/s arrive`, GOAL, times)]
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** Until it is told to stop; how many entries it sent. */
async function talk(seat: { send(id: string, body: string): void }, entriesPerSecond: number, signal: AbortSignal): Promise<number> {
  let sent = 0
  try {
    for await (const _ of setInterval(1000 / entriesPerSecond, null, { signal })) {
      sent += 1
      seat.send(uuid(), `${sent}: did you see the drawings? They are on the table in the small room.`)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return sent
}

/** Runs in the page. */
function record(): void {
  window.keysPainted = []
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      // The task after the frame runs when the frame is painted.
      requestAnimationFrame(() => setTimeout(() => window.keysPainted.push(performance.now() - timeStamp), 0))
    },
    { capture: true },
  )
}

const KEYS = 120
/** Ten keys a second, as people who write fast do; and not in step with anything. */
const BETWEEN_KEYS_MS = 97
const GOAL = { below: 16, unit: 'ms' } as const

declare global {
  interface Window {
    keysPainted: number[]
  }
}
