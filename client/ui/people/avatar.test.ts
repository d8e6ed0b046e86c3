import { describe, expect, it } from 'vitest'
import { AVATAR_COLOURS, colourOf, initialsOf } from './avatar.ts'

describe('initials', () => {
  it.each([
    ['Ana Sofia de Carvalho', 'AC'],
    ['madonna', 'M'],
    ['  Łukasz   Żak ', 'ŁŻ'],
    ['(ops) Bob', 'OB'],
    ['👩‍🚀 Crew', '👩‍🚀C'],
    ['محمد العربي', 'ما'],
    ['王小明', '王'],
    ['…', '…'],
    ['', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})

describe('the colour', () => {
  it('is the same for the same id and uses the whole palette', () => {
    const ids = Array.from({ length: 500 }, (_, index) => `01932d3e-5b1a-7c4e-8f00-${index.toString(16).padStart(12, '0')}`)
    expect(ids.map(colourOf)).toEqual(ids.map(colourOf))
    expect(new Set(ids.map(colourOf)).size).toBe(AVATAR_COLOURS)
  })
})
