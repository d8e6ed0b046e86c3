import { expect, test } from 'vitest'
import { Channel } from './channel.ts'
import { Random } from '../random.ts'
import { VirtualTime } from './virtualTime.ts'

function setup(seed: number) {
  const time = new VirtualTime()
  const got: number[] = []
  const channel = new Channel<number>(time, new Random(seed), () => ({ min: 1, max: 400 }), (message) => got.push(message))
  return { time, got, channel }
}

const SEEDS = Array.from({ length: 30 }, (_, index) => index + 1)

test('a message never overtakes another, however the delays fall', async () => {
  for (const seed of SEEDS) {
    const { time, got, channel } = setup(seed)
    for (let message = 0; message < 20; message++) channel.send(message)
    await time.runFor(1_000)
    expect(got).toEqual(Array.from({ length: 20 }, (_, index) => index))
  }
})

test('a cut loses the end of what flies, never the middle, and says so after the last that arrived', async () => {
  const kept = new Set<number>()
  for (const seed of SEEDS) {
    const { time, got, channel } = setup(seed)
    for (let message = 0; message < 5; message++) channel.send(message)
    channel.cut(() => got.push(-1))
    channel.send(99)
    await time.runFor(2_000)
    expect(got).toEqual([...Array.from({ length: got.length - 1 }, (_, index) => index), -1])
    kept.add(got.length - 1)
  }
  expect([...kept].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5])
})

test('a split network holds everything back and gives it up in order', async () => {
  const { time, got, channel } = setup(1)
  channel.send(1)
  channel.stall()
  channel.send(2)
  await time.runFor(60_000)
  expect(got).toEqual([])
  channel.resume()
  await time.runFor(2_000)
  expect(got).toEqual([1, 2])
})
