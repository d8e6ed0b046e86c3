// What a device hears of a room is bounded by its screen, not by the room: the bounds below have no number of members in them.

import { expect, test } from 'vitest'
import { PRESENCE_WATCH_MAX, TYPING_TOLD_MAX } from '../../shared/limits.ts'
import { crowdedRoom } from './crowdedRoom.ts'

const PLAN = { members: 5_000, movers: 500, typists: 200, messages: 30 }
const HEAP_MAX_MB = 160
const PEAK_MAX_MB = 400

/** As JSON: `{"user":"<36>","online":false,"lastSeen":<13>}`, and what is around it. */
const PRESENCE_ITEM_MAX_BYTES = 110
const FRAME_MAX_BYTES = 50
const TYPING_MAX_BYTES = 160
const ACTIVITY_MAX_BYTES = 600

test('[U10] five thousand people online in one room: each device hears of those on its screen, seldom and in few bytes', async () => {
  const { going, typing, writing, writes, bystandersHeard, server, words } = await crowdedRoom(PLAN, HEAP_MAX_MB)

  // Who has nothing on screen hears nothing of who comes, goes and types, but the answers to what they ask.
  expect(bystandersHeard).toEqual(['pong'])

  // Whoever watches is told of them alone, and once a window, however many come and go.
  expect(going.reader.frames).toBeGreaterThan(0)
  for (const [heard, watched] of [[going.reader, 30], [going.observer, PRESENCE_WATCH_MAX]] as const) {
    expect(heard.frames).toBeLessThanOrEqual(going.windows)
    expect(heard.items).toBeLessThanOrEqual(going.windows * watched)
    expect(heard.bytes).toBeLessThanOrEqual(heard.items * PRESENCE_ITEM_MAX_BYTES + heard.frames * FRAME_MAX_BYTES)
  }

  // A screen shows the first few of those who type, and in each window at most as many end as begin.
  expect(typing.shown).toBe(TYPING_TOLD_MAX)
  expect(typing.reader.frames).toBeLessThanOrEqual(typing.windows * 2 * TYPING_TOLD_MAX)
  expect(typing.reader.bytes).toBeLessThanOrEqual(typing.reader.frames * TYPING_MAX_BYTES)

  // What is written in the room is a notice a window for everybody else.
  expect(writing.bystander.frames).toBeLessThanOrEqual(writing.windows)
  expect(writing.bystander.bytes).toBeLessThanOrEqual(writing.bystander.frames * ACTIVITY_MAX_BYTES)

  // Coming, going, typing and 30,000 heartbeats are no writes. When they were last seen is one, once a minute, for all
  // together; so is when their sessions were last used.
  expect(writes.transactions).toBeLessThanOrEqual(2 * writes.minutes)

  // A heap beyond its bound would have ended the process.
  expect(server.peakMegabytes).toBeLessThan(PEAK_MAX_MB)
  expect(words).not.toMatch(/"level":(50|60)|Error|exception/)
}, 120_000)
