import { expect, test } from 'vitest'
import { findStamps, stampText, TEXT_BYTES } from './stamp.ts'

const stampsIn = (frame: Buffer): number[] => {
  const found: number[] = []
  findStamps(frame, (entry) => found.push(entry))
  return found
}

test('a stamped text has the promised size', () => {
  expect(Buffer.byteLength(stampText(7))).toBe(TEXT_BYTES)
})

test('finds every entry of a coalesced frame', () => {
  const frame = Buffer.from(`{"text":"${stampText(3)}"},{"text":"${stampText(12_345)}"}`)
  expect(stampsIn(frame)).toEqual([3, 12_345])
})

test('a mark without a number is no entry', () => {
  expect(stampsIn(Buffer.from(`~#oops${stampText(9)}`))).toEqual([9])
})
