import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff } from './backoff.ts'

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('waits at most 30 s, however often it failed', () => {
  fc.assert(
    fc.property(fc.nat(1_000), random, (attempt, chance) => {
      const delay = backoff(attempt, chance)
      expect(delay).toBeGreaterThanOrEqual(0)
      expect(delay).toBeLessThan(30_000)
    }),
  )
})

test('[E6] 2,000 clients that lost the same server come back spread over the whole first second', () => {
  const delays = Array.from({ length: 2_000 }, (_, index) => backoff(0, index / 2_000))
  const perTenth = Array.from({ length: 10 }, (_, tenth) => delays.filter((delay) => Math.floor(delay / 100) === tenth).length)
  expect(Math.max(...perTenth)).toBeLessThanOrEqual(250)
  expect(Math.min(...perTenth)).toBeGreaterThanOrEqual(150)
})
