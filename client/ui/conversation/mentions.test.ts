import { describe, expect, it } from 'vitest'
import { UserId } from '../../../shared/ids.ts'
import { mentionParts, mentionsIn } from './mentions.ts'

const [ana, bob] = [UserId.parse('01932d3e-0000-7000-8000-00000000000a'), UserId.parse('01932d3e-0000-7000-8000-00000000000b')]
const handles = new Map([['ana', ana], ['bob.b', bob]])

describe('whom a text mentions', () => {
  it.each([
    ['@ana, see this', { mentions: [ana] }],
    ['cc @bob.b.', { mentions: [bob] }],
    ['@Ana @ana (@bob.b)', { mentions: [ana, bob] }],
    ['@all, lunch', { mentionsAll: true }],
    ['ask @all and @ana', { mentions: [ana], mentionsAll: true }],
    ['mail ana@ana.org or @nobody, @', {}],
    ['https://example.org/@ana', {}],
  ])('%s', (text, expected) => expect(mentionsIn(text, handles)).toEqual(expected))

  it('loses nothing of the text', () => {
    for (const text of ['', '@', 'a @ana. b', '@ana@bob.b', '@ana']) expect(mentionParts(text).map((part) => part.text).join('')).toBe(text)
  })
})
