import { expect, test } from 'vitest'
import { AWAY_AFTER_MS } from '../../shared/limits.ts'
import { Attention } from './attention.ts'
import { createHandTimers } from './timers.testing.ts'

function setup() {
  const timers = createHandTimers()
  const told: boolean[] = []
  return { timers, told, attention: new Attention({ timers, clock: () => timers.now, changed: (away) => told.push(away) }) }
}

test('[U8] somebody is away after a while without a sign of them, counted from the last one', () => {
  const { timers, told, attention } = setup()
  timers.advance(AWAY_AFTER_MS - 1)
  attention.note('input')
  timers.advance(AWAY_AFTER_MS - 1)
  expect(told).toEqual([])
  timers.advance(1)
  expect(told).toEqual([true])
  attention.note('input')
  attention.note('input')
  expect(told).toEqual([true, false])
  timers.advance(AWAY_AFTER_MS)
  expect(told).toEqual([true, false, true])
})

test('[U8] a hidden tab is away at once, and back with the first sign', () => {
  const { timers, told, attention } = setup()
  attention.note('hidden')
  timers.advance(AWAY_AFTER_MS)
  expect(told).toEqual([true])
  attention.note('input')
  expect(told).toEqual([true, false])
  attention.stop()
  timers.advance(2 * AWAY_AFTER_MS)
  expect(told).toEqual([true, false])
})
