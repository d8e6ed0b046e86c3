import { expect, it } from 'vitest'
import { ar } from './ar.ts'
import { inDigitsOf } from './digits.ts'

it('writes the numbers in the words as the region does, and leaves names of placeholders alone', () => {
  const words = { password: { hint: '8 أحرف' }, of: '{{uses, number}} من 32' }
  expect(inDigitsOf('ar-EG', words)).toEqual({ password: { hint: '٨ أحرف' }, of: '{{uses, number}} من ٣٢' })
  expect(inDigitsOf('ar-AE', words)).toBe(words)
  expect(inDigitsOf('de', words)).toBe(words)
  expect(JSON.stringify(inDigitsOf('ar-EG', ar))).not.toMatch(/\d/)
})
