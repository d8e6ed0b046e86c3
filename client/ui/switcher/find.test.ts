import { describe, expect, it } from 'vitest'
import { find, mostRecent } from './find.ts'

const NAMES = ['Harbour Market', 'Market, new rules', 'Ana Lucía', '#ops (night)', 'Müller & Söhne', '王小明']
const found = (query: string) => find(NAMES, query, (name) => name)

describe('the switcher', () => {
  it('finds by the beginning of any word, in any order, without marks and case', () => {
    expect(found('luc')).toEqual(['Ana Lucía'])
    expect(found('SOH mu')).toEqual(['Müller & Söhne'])
    expect(found('ops')).toEqual(['#ops (night)'])
    expect(found('王')).toEqual(['王小明'])
    expect(found('arket')).toEqual([])
  })

  it('puts first what begins so', () => {
    expect(found('mark')).toEqual(['Market, new rules', 'Harbour Market'])
    expect(found('new')).toEqual(['Market, new rules'])
  })

  it('lists everything, in its order, while nothing is typed', () => {
    expect(found(' ')).toEqual(NAMES)
  })

  it('begins with the latest, pinned or not', () => {
    const rows = [
      { name: 'pinned', touched: 1 },
      { name: 'latest', touched: 9 },
      { name: 'new', touched: 5 },
    ]
    expect(mostRecent(rows).map((row) => row.name)).toEqual(['latest', 'new', 'pinned'])
  })
})
