import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DisplayName } from '../../shared/displayName.ts'
import { UserId } from '../../shared/ids.ts'
import { Handle } from '../../shared/protocol/api.ts'
import { displayNameOf, handlesOf } from './names.ts'

const ALICE = UserId.parse('00000000-0000-8000-8000-0000000000a1')
const anyName = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }))

test('any name becomes a valid one', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      expect(DisplayName.safeParse(displayNameOf(name, 'Somebody')).success).toBe(true)
    }),
  )
})

test('any name becomes valid handles, all different', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const handles = handlesOf(name, ALICE)
      for (const handle of handles) expect(Handle.safeParse(handle).success).toBe(true)
      expect(new Set(handles).size).toBe(handles.length)
    }),
  )
})

test.each([
  ['Alice Example', 'alice-example'],
  ['Алиса', 'alisa'],
  ['José', 'jose'],
  ['...', 'guest-00000000'],
])('%s is wished the handle %s', (name, handle) => {
  expect(handlesOf(name, ALICE)[0]).toBe(handle)
})

test.each([
  ['Alice\u202Ecilegna', 'Alice cilegna'],
  ['  Bob\n\tthe  builder ', 'Bob the builder'],
  ['\u200b', 'Somebody'],
  ['\u3164\u115F \uFFA0', 'Somebody'],
  ['Al\u200Dice\u2066', 'Alice'],
  ['می\u200Cخواهم', 'می\u200Cخواهم'],
  ['👨‍👩‍👧‍👦'.repeat(10), '👨‍👩‍👧‍👦'.repeat(5)],
])('%j is shown as %j', (name, shown) => {
  expect(displayNameOf(name, 'Somebody')).toBe(shown)
})
