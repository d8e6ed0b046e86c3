import { describe, expect, it } from 'vitest'
import { unreadConversations, unreadLabel, windowTitle } from './attention.ts'

describe('attention', () => {
  it('counts conversations, not messages, and leaves out the muted', () => {
    const rows = [
      { unread: 40, muted: false },
      { unread: 1, muted: false },
      { unread: 3, muted: true },
      { unread: 0, muted: false },
    ]
    expect(unreadConversations(rows)).toBe(2)
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
