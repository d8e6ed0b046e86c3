import { describe, expect, it } from 'vitest'
import { keyLabels, matches, parseKeys } from './keys.ts'

const NONE = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('keys', () => {
  it('Mod is Cmd on a Mac and Ctrl elsewhere, and never both', () => {
    const keys = parseKeys('Mod+K')
    expect(matches({ ...NONE, key: 'k', ctrlKey: true }, keys, false)).toBe(true)
    expect(matches({ ...NONE, key: 'k', ctrlKey: true }, keys, true)).toBe(false)
    expect(matches({ ...NONE, key: 'k', metaKey: true }, keys, true)).toBe(true)
    expect(matches({ ...NONE, key: 'k', ctrlKey: true, metaKey: true }, keys, false)).toBe(false)
    expect(matches({ ...NONE, key: 'k', ctrlKey: true, altKey: true }, keys, false)).toBe(false)
  })

  it('finds the letter on a Cyrillic keyboard', () => {
    expect(matches({ ...NONE, key: 'л', code: 'KeyK', ctrlKey: true }, parseKeys('Mod+K'), false)).toBe(true)
  })

  it('takes ? with and without Shift, and tells Alt+Up from Alt+Shift+Up', () => {
    expect(matches({ ...NONE, key: '?', shiftKey: true }, parseKeys('?'), false)).toBe(true)
    expect(matches({ ...NONE, key: '?' }, parseKeys('?'), false)).toBe(true)
    const shifted = { ...NONE, key: 'ArrowUp', altKey: true, shiftKey: true }
    expect(matches(shifted, parseKeys('Alt+ArrowUp'), false)).toBe(false)
    expect(matches(shifted, parseKeys('Alt+Shift+ArrowUp'), false)).toBe(true)
  })

  it('tells a letter from the same letter with Shift', () => {
    const x = { ...NONE, key: 'x', ctrlKey: true }
    const shifted = { ...NONE, key: 'X', ctrlKey: true, shiftKey: true }
    expect([matches(x, parseKeys('Mod+X'), false), matches(shifted, parseKeys('Mod+X'), false)]).toEqual([true, false])
    expect([matches(x, parseKeys('Mod+Shift+X'), false), matches(shifted, parseKeys('Mod+Shift+X'), false)]).toEqual([false, true])
  })

  it('is shown as it stands on the keys', () => {
    expect(keyLabels(parseKeys('Mod+K'), false)).toEqual(['Ctrl', 'K'])
    expect(keyLabels(parseKeys('Alt+Shift+ArrowDown'), true)).toEqual(['⌥', '⇧', '↓'])
  })
})
