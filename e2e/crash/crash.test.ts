import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../random.ts'
import { CrashTest } from './rounds.ts'

const ROUNDS = 10

let crashTest: CrashTest
beforeAll(async () => {
  crashTest = await CrashTest.create()
}, 60_000)
afterAll(() => crashTest.remove())

test(`[A1] [R1] [R7] what was acknowledged is there after kill -9 under load, ${ROUNDS} times in a row`, { timeout: 240_000 }, async () => {
  const random = new Random(Date.now() % 1_000_000)
  for (let round = 1; round <= ROUNDS; round++) expect(await crashTest.round(round, random.real())).toEqual([])
  const { acknowledged, unanswered, receipts, personal } = crashTest.ledger.counts
  // The load must have been one, or nothing was shown.
  expect(acknowledged).toBeGreaterThan(20 * ROUNDS)
  expect(unanswered).toBeGreaterThan(0)
  expect(receipts).toBeGreaterThan(2)
  expect(personal).toBeGreaterThan(0)
})
