// After a restart everyone comes back at the same moment. Clients of ours spread out (jittered backoff); these do not.

import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { ServerProcess } from '../crash/serverProcess.ts'
import type { Somebody } from './crowd.ts'
import { seedCrowd } from './crowd.ts'
import type { Visit } from './visit.ts'
import { visit } from './visit.ts'

const PLAN = { rooms: 200, membersPerRoom: 10, history: 100 }
const MEMORY_MAX_MB = 500
/** How `ws` ends its word of a 408. */
const REQUEST_TIMEOUT = ' 408'

test('[P1] [A1] two thousand devices that return at once, killed server and all, are all served', async () => {
  const server = await ServerProcess.create()
  onTestFinished(() => server.remove())
  const crowd = await seedCrowd(server.dataDir, PLAN)
  const url = `ws://127.0.0.1:${server.port}/sync`

  await server.start()
  const before = await Promise.all(crowd.map((somebody) => arrive(url, somebody, 0)))
  expect(heads(before.map(({ seq }) => seq))).toEqual(Array.from({ length: PLAN.membersPerRoom }, (_, index) => [PLAN.history + index + 1, PLAN.rooms]))

  const gone = before.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)))
  await server.kill()
  await Promise.all(gone)
  await server.start()
  const health = watchHealth(server)
  const after = await Promise.all(crowd.map((somebody) => arrive(url, somebody, PLAN.history)))
  const slowest = await health.stop()

  // Everything acknowledged before is there, and each brings what the device did not hold, without a gap.
  const all = PLAN.history + PLAN.membersPerRoom
  for (const { head, seq, update } of after) {
    expect(head).toBeGreaterThanOrEqual(all)
    expect(seq).toBeGreaterThan(all)
    expect(Y.decodeUpdate(update).structs[0]?.id).toEqual({ client: 1, clock: PLAN.history })
  }
  expect(heads(after.map(({ seq }) => seq))).toEqual(Array.from({ length: PLAN.membersPerRoom }, (_, index) => [all + index + 1, PLAN.rooms]))
  expect(slowest).toBeLessThan(10_000)
  expect(peakMegabytes(server.pid)).toBeLessThan(MEMORY_MAX_MB)
  expect(server.words).not.toMatch(/"level":(50|60)|Error|exception/)
  for (const { socket } of after) socket.terminate()
}, 90_000)

/** As devices do: who waited at the door for too long, because this machine was busy, knocks again. */
async function arrive(url: string, somebody: Somebody, holds: number): Promise<Visit> {
  for (;;) {
    try {
      return await visit(url, somebody, holds)
    } catch (error) {
      if (!(error instanceof Error) || !error.message.endsWith(REQUEST_TIMEOUT)) throw error
    }
  }
}

/** How many there are of each. */
function heads(numbers: readonly number[]): [number, number][] {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return [...counts].toSorted(([a], [b]) => a - b)
}

/** Asks without pause, one at a time. `stop` resolves with the longest an answer took, in milliseconds; no answer is a failure. */
function watchHealth({ origin }: ServerProcess): { stop(): Promise<number> } {
  const stopping = new AbortController()
  let slowest = 0
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const asked = performance.now()
      const answer = await fetch(`${origin}/healthz`)
      if (!(await answer.text()).includes('up')) throw new Error(`/healthz: ${answer.status}`)
      slowest = Math.max(slowest, performance.now() - asked)
    }
    return slowest
  })()
  return {
    stop: () => {
      stopping.abort()
      return watching
    },
  }
}

function peakMegabytes(pid: number): number {
  const [, kilobytes = ''] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
