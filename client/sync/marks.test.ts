import { expect, test } from 'vitest'
import { Seq } from '../../shared/ids.ts'
import { markOf, reached } from './marks.ts'
import { alice, bob, carol } from './people.testing.ts'

const members = [alice, bob, carol].map((user) => ({ user, role: 'member' as const }))
const receipt = (delivered: number, read: number) => ({ delivered: Seq.parse(delivered), read: Seq.parse(read) })

test('an entry is as far as the slowest of the others', () => {
  const far = reached(members, new Map([[bob, receipt(5, 4)], [carol, receipt(4, 2)], [alice, receipt(1, 1)]]), alice)
  expect(far).toEqual({ delivered: 4, read: 2 })
  expect([2, 3, 4, 5].map((seq) => markOf(Seq.parse(seq), true, far).state)).toEqual(['read', 'delivered', 'delivered', 'stored'])
})

test('somebody without a receipt has got nothing', () => {
  expect(reached(members, new Map([[bob, receipt(5, 5)]]), alice)).toEqual({ delivered: 0, read: 0 })
})

test('entries of others, and entries nobody else can see, are just stored', () => {
  expect(markOf(Seq.parse(1), false, { delivered: 9, read: 9 }).state).toBe('stored')
  expect(reached([{ user: alice, role: 'owner' }], new Map(), alice)).toEqual({ delivered: 0, read: 0 })
})
