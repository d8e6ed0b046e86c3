import { afterEach, expect, test } from 'vitest'
import { START, VirtualTime } from './virtualTime.ts'

let restore = (): void => {}
afterEach(() => restore())

function world(): VirtualTime {
  const time = new VirtualTime()
  restore = time.install()
  return time
}

test('hours pass without waiting, in order, and every promise that follows from a step ends within it', async () => {
  const time = world()
  const said: string[] = []
  setTimeout(() => said.push(`an hour later, ${Date.now() - START}`), 3_600_000)
  setTimeout(() => {
    void Promise.resolve().then(() => setImmediate(() => void Promise.resolve().then(() => said.push('soon, after everything it starts'))))
  }, 10)
  setTimeout(() => said.push('a moment later'), 11)
  await time.runFor(3_600_000)
  expect(said).toEqual(['soon, after everything it starts', 'a moment later', 'an hour later, 3600000'])
})

test('a cleared timer does not fire, a repeated one fires until it is cleared', async () => {
  const time = world()
  let beats = 0
  const never = setTimeout(() => (beats = 100), 5)
  const beat = setInterval(() => {
    beats++
    if (beats === 3) clearInterval(beat)
  }, 10)
  clearTimeout(never)
  await time.runFor(1_000)
  expect(beats).toBe(3)
})

test('time stops where it was told to stop', async () => {
  const time = world()
  let late = false
  setTimeout(() => (late = true), 101)
  await time.runFor(100)
  expect([time.now - START, late]).toEqual([100, false])
})
