import { expect, test } from 'vitest'
import { Seq } from '../../shared/ids.ts'
import { threadKey } from '../../shared/personal/document.ts'
import { Mutes, keptMute } from './mutes.ts'
import { lunch } from './people.testing.ts'
import { createHandTimers } from './timers.testing.ts'

const ROOT = Seq.parse(3)

/** As the personal document holds it: `<root>/<key>` → value. */
function setup(held: Record<string, unknown>) {
  const timers = createHandTimers()
  const ranOut: number[] = []
  const personal = { get: (root: string, key: string) => held[`${root}/${key}`] }
  const mutes = new Mutes({ personal, timers, clock: () => timers.now, ranOut: () => ranOut.push(timers.now) })
  return { mutes, timers, ranOut }
}

test('[T7] a thread is muted for itself, and what is silenced counts only while it is muted', () => {
  const { mutes } = setup({ [`threadMutes/${threadKey(lunch, ROOT)}`]: keptMute(Infinity), [`threadsSilenced/${threadKey(lunch, ROOT)}`]: 1, [`silenced/${lunch}`]: 1 })
  expect(mutes.ofThread(lunch, ROOT)).toEqual({ muted: true, silenced: true })
  expect(mutes.ofThread(lunch, Seq.parse(4))).toEqual({ muted: false, silenced: false })
  expect(mutes.of(lunch)).toEqual({ muted: false, silenced: false })
})

test('[T7] of several mutes the first to run out is told, and then the next that is asked about', () => {
  const { mutes, timers, ranOut } = setup({ [`mutes/${lunch}`]: 5_000, [`threadMutes/${threadKey(lunch, ROOT)}`]: 2_000 })
  const muted = () => [mutes.of(lunch).muted, mutes.ofThread(lunch, ROOT).muted]
  expect(muted()).toEqual([true, true])
  timers.advance(2_000)
  expect(ranOut).toEqual([2_000])
  expect(muted()).toEqual([true, false])
  timers.advance(10_000)
  expect(ranOut).toEqual([2_000, 5_000])
  expect(muted()).toEqual([false, false])
})

test('a mute for good needs no timer, and after the end nothing is told', () => {
  const { mutes, timers, ranOut } = setup({ [`mutes/${lunch}`]: keptMute(Infinity), [`threadMutes/${threadKey(lunch, ROOT)}`]: 2_000 })
  expect(mutes.of(lunch).muted).toBe(true)
  expect(mutes.ofThread(lunch, ROOT).muted).toBe(true)
  mutes.stop()
  timers.advance(10_000)
  expect(ranOut).toEqual([])
})
