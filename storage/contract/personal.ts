// Personal documents: no update is lost between being appended and being part of a snapshot.

import { describe, expect, test } from 'vitest'
import type { UserId } from '../../shared/ids.ts'
import type { Database } from '../database.ts'
import type { Place } from './cast.ts'
import { setup } from './cast.ts'

export function personalContract(makePlace: () => Promise<Place>): void {
  describe('personal documents', () => {
    updates(makePlace)
    generations(makePlace)
  })
}

const bytes = (...values: number[]) => Uint8Array.from(values)

async function contentOf(database: Database, user: UserId, generation: number) {
  const { snapshot, updates: after } = await database.personal.load(user, generation)
  return { snapshot: snapshot === null ? null : [...snapshot], updates: after.map(({ update }) => [...update]) }
}

function updates(makePlace: () => Promise<Place>): void {
  test('updates come back in order, each person their own', async () => {
    const { database, alice, bob, reopen } = await setup(makePlace)
    expect(await contentOf(database, alice, 0)).toEqual({ snapshot: null, updates: [] })
    const numbers = [await database.personal.appendUpdate(alice, 0, bytes(1)), await database.personal.appendUpdate(alice, 0, bytes(2, 2))]
    await database.personal.appendUpdate(bob, 0, bytes(9))
    expect(numbers[1]).toBeGreaterThan(numbers[0] ?? Infinity)
    const again = await reopen()
    expect(await contentOf(again, alice, 0)).toEqual({ snapshot: null, updates: [[1], [2, 2]] })
    expect((await again.personal.load(alice, 0)).updates.map(({ number }) => number)).toEqual(numbers)
  })

  test('an update that a snapshot does not know yet stays', async () => {
    const { database, alice } = await setup(makePlace)
    const one = await database.personal.appendUpdate(alice, 0, bytes(1))
    const two = await database.personal.appendUpdate(alice, 0, bytes(2))
    await database.personal.compact(alice, 0, bytes(1, 1), one)
    expect(await contentOf(database, alice, 0)).toEqual({ snapshot: [1, 1], updates: [[2]] })
    await database.personal.compact(alice, 0, bytes(2, 2), two)
    expect(await contentOf(database, alice, 0)).toEqual({ snapshot: [2, 2], updates: [] })
    expect(await database.personal.appendUpdate(alice, 0, bytes(3))).toBeGreaterThan(two)
  })

  test('a compaction that was overtaken by a later one takes nothing away', async () => {
    const { database, alice } = await setup(makePlace)
    const one = await database.personal.appendUpdate(alice, 0, bytes(1))
    const two = await database.personal.appendUpdate(alice, 0, bytes(2))
    await database.personal.compact(alice, 0, bytes(2, 2), two)
    await database.personal.compact(alice, 0, bytes(1, 1), one)
    expect(await contentOf(database, alice, 0)).toEqual({ snapshot: [2, 2], updates: [] })
  })
}

function generations(makePlace: () => Promise<Place>): void {
  test('the next generation starts from the merged state, once', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const last = await database.personal.appendUpdate(alice, 0, bytes(1))
    const answers = await Promise.all([database.personal.advance(alice, 0, bytes(7)), database.personal.advance(alice, 0, bytes(8))])
    expect(answers.toSorted()).toEqual(['advanced', 'stale'])
    expect([await database.personal.generation(alice), await database.personal.generation(bob)]).toEqual([1, 0])
    expect(await contentOf(database, alice, 1)).toEqual({ snapshot: [answers[0] === 'advanced' ? 7 : 8], updates: [] })
    expect(await database.personal.appendUpdate(alice, 1, bytes(2))).toBeGreaterThan(last)
  })

  test('a generation that is over takes no updates, holds nothing and cannot come back', async () => {
    const { database, alice } = await setup(makePlace)
    const last = await database.personal.appendUpdate(alice, 0, bytes(1))
    await database.personal.advance(alice, 0, bytes(7))
    await expect(database.personal.appendUpdate(alice, 0, bytes(2))).rejects.toThrow('over')
    await database.personal.compact(alice, 0, bytes(6), last)
    expect(await contentOf(database, alice, 0)).toEqual({ snapshot: null, updates: [] })
    expect(await contentOf(database, alice, 1)).toEqual({ snapshot: [7], updates: [] })
    expect(await database.personal.advance(alice, 0, bytes(5))).toBe('stale')
  })
}
