import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEmojiOnly, partsOf, typed } from './text.ts'

describe('a message text', () => {
  it('loses and gains nothing, whatever it is', () => {
    const word = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('https://example.org/a?b=c#d', 'bob@example.org', 'www.example.org.'), fc.constantFrom('<b>', 'javascript:alert(1)', '\n'))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const text = words.join(' ')
        expect(partsOf(text).map((part) => part.text).join('')).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  it('links addresses, without the full stop that follows', () => {
    expect(partsOf('see example.org/a?b=c#d. Or bob@example.org')).toEqual([
      { type: 'text', text: 'see ' },
      { type: 'link', text: 'example.org/a?b=c#d', href: 'https://example.org/a?b=c#d' },
      { type: 'text', text: '. Or ' },
      { type: 'link', text: 'bob@example.org', href: 'mailto:bob@example.org' },
    ])
  })

  it.each(['javascript:alert(1)', 'data:text/html,<script>1</script>', 'vbscript:x', '<a href="javascript:1">x</a>', 'file:///etc/passwd'])(
    'makes no link of %j',
    (text) => {
      const links = partsOf(text).filter((part) => part.type === 'link')
      expect(links.filter(({ href }) => !/^(https?|mailto):/.test(href))).toEqual([])
    },
  )

  it('is large when it is only a few emoji', () => {
    expect(['👍', '🇵🇹 👩‍🚀', '❤️❤️❤️'].map(isEmojiOnly)).toEqual([true, true, true])
    expect(['👍👍👍👍', 'ok 👍', '42', '', '©', 'a\u0301'].map(isEmojiOnly)).toEqual([false, false, false, false, false, false])
  })
})

describe('what was typed', () => {
  it('keeps inner lines and indentation, drops empty ends', () => {
    expect(typed('\n  one\n\n  two \n ')).toEqual({ text: '  one\n\n  two' })
    expect(typed(' \n\t ')).toBeNull()
  })

  it('is an action after /me', () => {
    expect(typed('/me waves')).toEqual({ text: 'waves', style: 'action' })
    expect(typed('/me')).toEqual({ text: '/me' })
    expect(typed('/menu')).toEqual({ text: '/menu' })
  })
})
