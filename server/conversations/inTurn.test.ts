import { expect, test } from 'vitest'
import { createTurns } from './inTurn.ts'

test('changes of one key run one after the other, those of another key beside them', async () => {
  const inTurn = createTurns()
  const happened: string[] = []
  const gate = Promise.withResolvers<void>()
  const slow = inTurn('a', async () => {
    await gate.promise
    happened.push('a1')
  })
  const next = inTurn('a', async () => void happened.push('a2'))
  await inTurn('b', async () => void happened.push('b'))
  expect(happened).toEqual(['b'])
  gate.resolve()
  await Promise.all([slow, next])
  expect(happened).toEqual(['b', 'a1', 'a2'])
})

test('a change that fails is told to its caller and does not stop the next', async () => {
  const inTurn = createTurns()
  const failed = inTurn('a', () => Promise.reject(new Error('no')))
  const next = inTurn('a', () => Promise.resolve('yes'))
  await expect(failed).rejects.toThrow('no')
  await expect(next).resolves.toBe('yes')
})
