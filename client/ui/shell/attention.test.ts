import { describe, expect, it } from 'vitest'
import { Seq } from '../../../shared/ids.ts'
import { unreadConversations, unreadLabel, windowTitle } from './attention.ts'

const READ = { unread: 0, muted: false, archived: false, mentions: 0, silenced: false, threads: [] }
const NEWS = [{ root: Seq.parse(1), last: Seq.parse(4) }, { root: Seq.parse(2), last: Seq.parse(3) }]

describe('attention', () => {
  it('counts conversations, not messages, and leaves out the muted and the archived', () => {
    const rows = [
      { ...READ, unread: 40 },
      { ...READ, unread: 1 },
      { ...READ, unread: 3, muted: true },
      { ...READ, unread: 3, archived: true },
      READ,
    ]
    expect(unreadConversations(rows)).toBe(2)
  })

  it('counts a muted or archived one where somebody is mentioned, unless it is silenced', () => {
    const called = { ...READ, unread: 1, muted: true, mentions: 1 }
    expect(unreadConversations([called, { ...called, silenced: true }, { ...called, muted: false, archived: true }])).toBe(2)
  })

  it('counts one whose followed threads have something new, once, unless it or they are muted', () => {
    expect(unreadConversations([{ ...READ, threads: NEWS }, { ...READ, unread: 2, threads: NEWS }, { ...READ, threads: NEWS, muted: true }, { ...READ, threads: NEWS.map((news) => ({ ...news, muted: true as const })) }])).toBe(2)
  })

  it('puts the count before the name, and no count when all is read', () => {
    expect(windowTitle(2, 'Ana', String)).toBe('(2) Ana · Parley')
    expect(windowTitle(0, 'Ana', String)).toBe('Ana · Parley')
    expect(windowTitle(0, null, String)).toBe('Parley')
  })

  it('stops counting where nobody needs the number', () => {
    expect(unreadLabel(99, String)).toBe('99')
    expect(unreadLabel(100, String)).toBe('99+')
  })
})
