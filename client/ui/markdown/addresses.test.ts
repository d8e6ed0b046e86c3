import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partsOf } from './addresses.ts'
import { mayHaveAddress } from './mayHaveAddress.ts'

describe('addresses in plain words', () => {
  it('lose and gain nothing of a text, whatever it is', () => {
    const word = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('https://example.org/a?b=c#d', 'bob@example.org', 'www.example.org.'), fc.constantFrom('<b>', 'javascript:alert(1)', '\n'))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const text = words.join(' ')
        expect(partsOf(text).map((part) => part.text).join('')).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  it('are linked, without the full stop that follows', () => {
    expect(partsOf('see example.org/a?b=c#d. Or bob@example.org')).toEqual([
      { type: 'text', text: 'see ' },
      { type: 'link', text: 'example.org/a?b=c#d', href: 'https://example.org/a?b=c#d' },
      { type: 'text', text: '. Or ' },
      { type: 'link', text: 'bob@example.org', href: 'mailto:bob@example.org' },
    ])
  })

  it.each(['javascript:alert(1)', 'data:text/html,<script>1</script>', 'vbscript:x', '<a href="javascript:1">x</a>', 'file:///etc/passwd'])(
    'are not made of %j',
    (text) => {
      const links = partsOf(text).filter((part) => part.type === 'link')
      expect(links.filter(({ href }) => !/^(https?|mailto):/.test(href))).toEqual([])
    },
  )

  it('are never missed by the glance that decides whether to look for them', () => {
    const piece = fc.oneof(fc.constantFrom('localhost', ':8080', 'example', '.', 'org', 'COM', '@', 'bob', 'mailto:', 'http://', '/a', ' ', '\n', '東京.jp', '。', '-', '(', '1.2.3.4'), fc.string({ unit: 'grapheme', maxLength: 4 }))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('')
        const links = partsOf(text).filter((part) => part.type === 'link')
        expect(links.length > 0 && !mayHaveAddress(text)).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it('are not looked for in most of what people say', () => {
    expect(['Good morning. How are you?', 'at 10: the plan', 'ok...', 'me @ home'].map(mayHaveAddress)).toEqual([false, false, true, false])
  })
})
