import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MessageBody } from '../../../shared/conversation/entry.ts'
import { UserId } from '../../../shared/ids.ts'
import { createDayNumber } from '../time/words.ts'
import { lookOf } from './look.ts'

const alice = UserId.parse('01932d3e-0000-7000-8000-00000000000a')
const bob = UserId.parse('01932d3e-0000-7000-8000-00000000000b')
const dayNumber = createDayNumber('UTC')
const noon = Date.parse('2026-03-12T12:00:00Z')
const MINUTE = 60_000

type Line = [author: typeof alice, minutes: number, style?: NonNullable<MessageBody['style']>]

function looks(lines: readonly (Line | null)[], unreadFrom: number | null = null) {
  const at = (index: number) => {
    const line = lines[index]
    if (line === null || line === undefined) return undefined
    const [author, minutes, style] = line
    return { kind: 'message' as const, author, at: noon + minutes * MINUTE, body: { text: 'x', ...(style === undefined ? {} : { style }) } }
  }
  return lines.map((_, index) => lookOf(index, { at, length: lines.length, unreadFrom, dayNumber }))
}

describe('a timeline', () => {
  it('joins what one author says within five minutes', () => {
    const groups = looks([[alice, 0], [alice, 1], [bob, 2], [bob, 20]])
    expect(groups.map((look) => look?.startsGroup)).toEqual([true, false, true, true])
    expect(groups.map((look) => look?.endsGroup)).toEqual([false, true, true, true])
  })

  it('starts a day at its first entry and at midnight', () => {
    const days = looks([[alice, 0], [alice, 719], [alice, 720], [alice, 721]]).map((look) => look?.day !== null)
    expect(days).toEqual([true, false, true, false])
  })

  it('draws nothing for an annotation, and joins what stands around it', () => {
    const lines: (Line | 'annotation')[] = [[alice, 0], 'annotation', 'annotation', [alice, 1], 'annotation', [bob, 2], 'annotation']
    const at = (index: number) => {
      const one = lines[index]
      if (one === undefined) return undefined
      const [author, minutes] = one === 'annotation' ? [bob, 0] : one
      return { kind: one === 'annotation' ? ('annotation' as const) : ('message' as const), author, at: noon + minutes * MINUTE, body: { text: 'x' } }
    }
    const look = (index: number, unreadFrom: number | null) => lookOf(index, { at, length: lines.length, unreadFrom, dayNumber })
    expect(look(1, null)).toBeNull()
    expect(look(0, null)).toMatchObject({ startsGroup: true, endsGroup: false })
    expect(look(3, null)).toMatchObject({ day: null, startsGroup: false, endsGroup: true })
    expect(look(5, null)).toMatchObject({ startsGroup: true, endsGroup: true })
    expect(look(3, 1)).toMatchObject({ unreadLine: true, startsGroup: true })
    expect(look(0, 1)).toMatchObject({ unreadLine: false, endsGroup: true })
    expect(look(5, 1)).toMatchObject({ unreadLine: false })
  })

  it('breaks the group at the unread line', () => {
    const [first, second] = looks([[alice, 0], [alice, 1]], 1)
    expect(first).toMatchObject({ unreadLine: false, endsGroup: true })
    expect(second).toMatchObject({ unreadLine: true, startsGroup: true })
  })

  it('keeps notices and actions out of groups', () => {
    expect(looks([[alice, 0], [alice, 0, 'action'], [alice, 0]]).map((look) => look?.startsGroup)).toEqual([true, true, true])
  })

  it('says that an entry is late and does not go back to an earlier day for it', () => {
    const [, late, next] = looks([[bob, 0], [alice, -1500], [bob, 1]])
    expect(late).toMatchObject({ late: true, day: null })
    expect(next).toMatchObject({ late: false, day: null })
  })

  it('names the author below a hole and shows nothing for the hole', () => {
    const [hole, below] = looks([null, [alice, 0]])
    expect(hole).toBeNull()
    expect(below).toMatchObject({ startsGroup: true, day: null })
  })

  it('ends a group exactly where the next entry starts one', () => {
    const line = fc.tuple(fc.constantFrom(alice, bob), fc.integer({ min: -2000, max: 2000 }))
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 60 }), fc.nat(60), (lines, unread) => {
        const all = looks(lines, unread)
        for (let index = 0; index + 1 < all.length; index += 1) {
          expect(all[index]?.endsGroup).toBe(all[index + 1]?.startsGroup)
        }
      }),
    )
  })
})
