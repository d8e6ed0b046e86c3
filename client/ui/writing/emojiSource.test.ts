import { describe, expect, it } from 'vitest'
import { emojiSource, shortcodeIn } from './emojiSource.ts'

async function offered(query: string): Promise<string[]> {
  return (await emojiSource.candidates(query)).map(({ insert, label }) => `${insert}${label}`)
}

describe('a shortcode', () => {
  it('begins at a colon with two letters', () => {
    expect(shortcodeIn('hello :smi')).toEqual({ from: 6, query: 'smi' })
    expect(shortcodeIn('(:Tada')).toEqual({ from: 1, query: 'tada' })
    expect(shortcodeIn(':+1')).toEqual({ from: 0, query: '+1' })
  })

  it.each([':)', ':-)', ':D', ':', 'at 10:30', 'https://ex', 'a:bc', '::std', ':smile: '])('does not begin in %j', (before) => {
    expect(shortcodeIn(before)).toBeNull()
  })

  it('offers what it begins first, then what it is a word of, and each emoji once', async () => {
    expect((await offered('tad'))[0]).toBe('🎉 :tada:')
    expect((await offered('heart'))[0]).toBe('❤️ :heart:')
    expect(await offered('heart')).toHaveLength(7)
    expect(await offered('thumbsup')).toEqual(['👍️ :thumbsup:'])
    expect(await offered('qqqq')).toEqual([])
  })

  it('becomes an emoji at its second colon', async () => {
    expect(await emojiSource.finish?.('good :tada:')).toEqual({ from: 5, insert: '🎉' })
    expect(await emojiSource.finish?.(':+1:')).toMatchObject({ from: 0 })
    expect(await emojiSource.finish?.(':no_such_thing:')).toBeNull()
    expect(await emojiSource.finish?.('10:tada:')).toBeNull()
  })

  it('stays as it is in code', async () => {
    expect(await emojiSource.finish?.('say `:tada:')).toBeNull()
    expect(await emojiSource.finish?.('```\n:tada:')).toBeNull()
    expect(shortcodeIn('say `:tad')).toBeNull()
    expect(await emojiSource.finish?.('`code` :tada:')).toEqual({ from: 7, insert: '🎉' })
    expect(await emojiSource.finish?.('```\ncode\n```\n:tada:')).toMatchObject({ insert: '🎉' })
  })
})
