import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundInFile, foundOverApi } from './found.ts'
import { CrashTest } from './rounds.ts'

let crashTest: CrashTest
beforeAll(async () => {
  crashTest = await CrashTest.create()
}, 60_000)
afterAll(() => crashTest.remove())

test('[P3] SIGTERM under load loses nothing that was acknowledged, ends in order, and the next process goes on', { timeout: 120_000 }, async () => {
  const { server, ledger, wanted } = crashTest
  for (let round = 1; round <= 3; round++) {
    const load = crashTest.startLoad(round)
    await ledger.reached(ledger.counts.acknowledged + 50)
    expect(await server.terminate()).toBe(0)
    await load.stop()
    expect(ledger.broken(await foundInFile(server.dataDir, wanted))).toEqual([])
    await server.start()
    expect(ledger.broken(await foundOverApi(server.origin, wanted))).toEqual([])
  }
})
