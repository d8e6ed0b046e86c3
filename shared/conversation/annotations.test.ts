import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DeviceId, EntryId, Seq, UserId } from '../ids.ts'
import { NOTHING_FOLDED, fold, reactionsOf } from './annotations.ts'
import type { Annotation } from './entry.ts'
import { Emoji } from './entry.ts'

const uuid = (number: number) => `01932d3e-0000-7000-8000-${String(number).padStart(12, '0')}`
const of = EntryId.parse(uuid(1))
const device = DeviceId.parse(uuid(2))
const users = [10, 11, 12].map((number) => UserId.parse(uuid(number)))

type Word = { by: number; emoji: string | null; on: boolean }

/** The nth annotation of one message; without an emoji an edit. A reply that is not on was erased. */
function annotation({ by, emoji, on }: Word, index: number): Annotation {
  const logged = { id: EntryId.parse(uuid(100 + index)), seq: Seq.parse(index + 2), author: users[by] ?? users[0]!, device, at: index }
  const about = { of, target: Seq.parse(1) }
  if (emoji === 'reply') return { ...logged, kind: 'reply', body: { ...about, text: on ? `text ${index}` : '' } }
  return emoji === null ? { ...logged, kind: 'edit', body: { ...about, text: `text ${index}` } } : { ...logged, kind: 'reaction', body: { ...about, emoji, on } }
}

const word = fc.record({ by: fc.nat(2), emoji: fc.constantFrom('👍', '❤️', 'reply', null), on: fc.boolean() })

describe('what was said about a message', () => {
  it('[N3] comes to the same in any order, twice, and in parts', () => {
    const shuffled = fc.array(word, { maxLength: 12 }).chain((words) => {
      const all = words.map(annotation)
      return fc.record({ all: fc.constant(all), other: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }) })
    })
    fc.assert(
      fc.property(shuffled, ({ all, other }) => {
        const one = all.reduce(fold, NOTHING_FOLDED)
        const two = other.reduce(fold, NOTHING_FOLDED)
        expect(two.edits).toEqual(one.edits)
        expect(reactionsOf(two)).toEqual(reactionsOf(one))
      }),
    )
  })

  it('[N3] is the last word of each person on each emoji, and every edit in order', () => {
    const words: Word[] = [
      { by: 0, emoji: '👍', on: true },
      { by: 1, emoji: '👍', on: true },
      { by: 0, emoji: null, on: true },
      { by: 0, emoji: '👍', on: false },
      { by: 2, emoji: '❤️', on: true },
      { by: 0, emoji: null, on: true },
      { by: 1, emoji: '❤️', on: false },
    ]
    const folded = words.map(annotation).reduce(fold, NOTHING_FOLDED)
    expect(reactionsOf(folded)).toEqual([
      { emoji: '👍', users: [users[1]] },
      { emoji: '❤️', users: [users[2]] },
    ])
    expect(folded.edits.map(({ body }) => body.text)).toEqual(['text 2', 'text 5'])
  })

  it('stays the same object when there is nothing new in it', () => {
    const once = fold(NOTHING_FOLDED, annotation({ by: 0, emoji: '👍', on: true }, 0))
    expect(fold(once, annotation({ by: 0, emoji: '👍', on: true }, 0))).toBe(once)
  })
})

describe('an emoji', () => {
  it.each(['👍', '👍🏽', '❤️', '🏳️‍🌈', '🇩🇪', '1️⃣', '👨‍👩‍👧‍👦'])('is %s', (emoji) => expect(Emoji.safeParse(emoji).success).toBe(true))
  it.each(['', 'a', '1', '👍👍', ' 👍', '❤', '\u200d', '<b>', '\u{1F1E9}'])('is not %j', (text) => expect(Emoji.safeParse(text).success).toBe(false))

  it('[T5] a reply that was erased stays so, whichever of the two comes last', () => {
    const said = annotation({ by: 0, emoji: 'reply', on: true }, 0)
    const gone = annotation({ by: 0, emoji: 'reply', on: false }, 0)
    for (const order of [[said, gone], [gone, said]]) {
      expect(order.reduce(fold, NOTHING_FOLDED).replies).toEqual([gone])
    }
  })
})
