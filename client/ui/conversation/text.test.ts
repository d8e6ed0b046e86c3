import { describe, expect, it } from 'vitest'
import { isEmojiOnly, typed } from './text.ts'

describe('a message text', () => {
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
