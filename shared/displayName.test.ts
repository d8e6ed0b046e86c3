import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DisplayName, withoutInvisible } from './displayName.ts'

const TURNING = ['\u061C', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069']
const UNSEEN = ['\u3164', '\u115F', '\u1160', '\uFFA0', '\u00AD', '\u180E', '\u200B', '\u2060', '\u2064', '\uFEFF', '\u2800', '\u0000', '\u007F', '\u2028', '\uD800']
/** Allowed inside some names, and nothing by themselves. */
const JOINERS = ['\u200C', '\u200D']
const MARKS = ['\u0301', '\uFE0F', '\u034F', '\u17B4', '\u180B', '\u{E0041}', '\u{E0101}', '\u{1D173}', '\uFFF0']
/** Nothing by themselves, and allowed where they are something. */
const IGNORED = MARKS.slice(1)

const words = (name: string) => DisplayName.safeParse(name).error?.issues.map(({ message }) => message).join() ?? ''
const visible = fc.stringMatching(/^[a-zäßж花あ0-9 .'-]{1,20}$/u).filter((name) => name.trim() !== '')

describe('a name', () => {
  test('made only of what cannot be seen is refused, whatever it is made of', () => {
    const nothing = fc.array(fc.constantFrom(...TURNING, ...UNSEEN, ...JOINERS, ...MARKS, ' ', '\u00A0', '\u3000'), { minLength: 1, maxLength: 64 })
    fc.assert(
      fc.property(nothing, (parts) => {
        expect(DisplayName.safeParse(parts.join('')).success).toBe(false)
        expect(withoutInvisible(parts.join(''))).toBeNull()
      }),
    )
  })

  test('with a character that turns the direction of writing is refused in words', () => {
    fc.assert(
      fc.property(visible, visible, fc.constantFrom(...TURNING), (before, after, turn) => {
        expect(words(`${before}${turn}${after}`)).toContain('turn the direction of writing')
      }),
    )
  })

  test('with something invisible between its letters is refused in words', () => {
    fc.assert(
      fc.property(visible, visible, fc.constantFrom(...UNSEEN), (before, after, unseen) => {
        expect(words(`a${before}${unseen}${after}z`)).toContain('invisible')
      }),
    )
  })

  test('that looks like another by a joiner is refused', () => {
    for (const joiner of JOINERS) {
      for (const name of [joiner, `Al${joiner}ice`, `Alice${joiner}`, `${joiner}Alice`, `می${joiner}${joiner}خواهم`, `می${joiner} خواهم`]) expect(words(name)).toContain('invisible')
    }
  })

  test('that looks like another by what is nothing in its place is refused', () => {
    fc.assert(
      fc.property(visible, fc.constantFrom(...IGNORED), (name, ignored) => {
        // Han characters have variants.
        fc.pre(!/\p{Script=Han}$/u.test(name))
        expect(words(`${name}${ignored}x`)).toContain('invisible')
        expect(words(`x${name}${ignored}`)).toContain('invisible')
        expect(withoutInvisible(`x${name}${ignored}`)).toBe(withoutInvisible(`x${name}`))
      }),
    )
  })

  test('is the same however wide its spaces are', () => {
    expect(DisplayName.parse('Ada\u2003\u00A0 Lovelace')).toBe('Ada Lovelace')
  })

  test('does not pile marks up over the lines beside it', () => {
    expect(words(`Z${'\u0335'.repeat(5)}algo`)).toContain('pile up marks')
    expect(withoutInvisible(`Z${'\u0335\u0316'.repeat(20)}algo`)).toBe(`Z${'\u0335\u0316'.repeat(2)}algo`)
  })

  test.each(['葛\u{E0101}城', '1\uFE0F\u20E3', '❤\uFE0F\u200D🔥', 'บุญชู', 'בְּרֵאשִׁית', 'Ǹgọ̀zí', '👁\uFE0F\u200D🗨\uFE0F', 'ᠮᠣᠩᠭᠣᠯ\u180B'])('%s is one too', (name) => {
    expect(DisplayName.parse(name)).toBe(name)
    expect(withoutInvisible(name)).toBe(name)
  })

  test.each(['Alice', 'Zoë', 'Çağla', 'Ólafur Jónsson', '花子', '김철수', 'مریم می\u200Cخواهم', 'שלום', 'क्\u200Dष', '👨\u200D👩\u200D👧', '❤\uFE0F', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}', '-', '7', 'e\u0301'])('%s is one', (name) => {
    expect(DisplayName.parse(name)).toBe(name)
    expect(withoutInvisible(name)).toBe(name)
  })

  test('cleaned of what is refused is one, however it was put together', () => {
    const parts = fc.array(fc.oneof(visible, fc.constantFrom(...TURNING, ...UNSEEN, ...JOINERS, ...MARKS, 'م', '👩'), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 6 })
    fc.assert(
      fc.property(parts, (given) => {
        const clean = withoutInvisible(given.join(''))
        fc.pre(clean !== null && clean.length <= 64)
        expect(words(clean)).toBe('')
      }),
    )
  })
})
