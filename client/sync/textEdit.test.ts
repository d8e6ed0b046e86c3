import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { applied, editBetween, rebased } from './textEdit.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '🙂', '👍🏽'), maxLength: 12 })

it('an edit makes one text of the other, and leaves whole characters', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const edit = editBetween(before, after)
      expect(applied(before, edit)).toBe(after)
      expect(edit.insert.isWellFormed()).toBe(true)
      expect(before.slice(edit.at, edit.at + edit.remove).isWellFormed()).toBe(true)
    }),
  )
})

it('of two edits of one text nothing that either inserted is lost', () => {
  const place = fc.tuple(text, fc.nat(30), fc.nat(6), fc.constantFrom('', 'X', 'YY'))
  fc.assert(
    fc.property(place, fc.nat(30), fc.nat(6), ([before, at, remove], otherAt, otherRemove) => {
      const units = Array.from(before)
      const make = (from: number, count: number, insert: string) => editBetween(before, [...units.slice(0, from), insert, ...units.slice(from + count)].join(''))
      const [mine, theirs] = [make(at, remove, '<mine>'), make(otherAt, otherRemove, '<theirs>')]
      const merged = applied(applied(before, theirs), rebased(mine, theirs))
      expect(merged).toContain('<mine>')
      expect(merged).toContain('<theirs>')
      expect(merged.isWellFormed()).toBe(true)
    }),
  )
})

it('edits at two places are both made', () => {
  const before = 'see you at seven'
  const mine = editBetween(before, 'see you at half past seven')
  expect(applied('I will see you at seven', rebased(mine, editBetween(before, 'I will see you at seven')))).toBe('I will see you at half past seven')
  expect(applied('see you at seven, then', rebased(mine, editBetween(before, 'see you at seven, then')))).toBe('see you at half past seven, then')
})
