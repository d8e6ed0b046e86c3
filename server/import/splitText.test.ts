import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENTRY_MAX_BYTES, TEXT_MAX_CHARS } from '../../shared/limits.ts'
import { splitText } from './splitText.ts'

const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', ' ', '👨‍👩‍👧‍👦', '\u0001'.repeat(900), 'a'.repeat(3_000), '長'.repeat(900), 'e\u0301'.repeat(700)))
const longText = fc.array(part, { minLength: 1, maxLength: 60 }).map((parts) => parts.join('').toWellFormed())

test('pieces join to the text, and each is a message that may be stored', () => {
  fc.assert(
    fc.property(longText, (text) => {
      fc.pre(text.length > 0)
      const pieces = splitText(text)
      expect(pieces.join('')).toBe(text)
      for (const piece of pieces) {
        expect(piece.length).toBeGreaterThan(0)
        expect(piece.length).toBeLessThanOrEqual(TEXT_MAX_CHARS)
        expect(piece.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(JSON.stringify(piece))).toBeLessThan(ENTRY_MAX_BYTES)
      }
    }),
  )
})

test('it is cut at the end of a line or a word where there is one', () => {
  const [first = ''] = splitText(`${'word '.repeat(1_590)}\n${'more '.repeat(1_000)}`)
  expect(first.endsWith('\n')).toBe(true)
  expect(splitText('word '.repeat(3_000))[0]?.endsWith('word ')).toBe(true)
})

test('no family is torn apart', () => {
  for (const piece of splitText('👨‍👩‍👧‍👦'.repeat(2_000))) expect(piece.replaceAll('👨‍👩‍👧‍👦', '')).toBe('')
})
