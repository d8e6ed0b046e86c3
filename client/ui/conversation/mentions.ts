// Mentions as people type them: `@handle`, or `@all`. What is sent names people by id; the text keeps what was typed, so it
// reads the same wherever nobody knows how to draw it. Pure.

import type { UserId } from '../../../shared/ids.ts'
import { MENTIONS_MAX } from '../../../shared/limits.ts'

export type Mentioned = { mentions?: UserId[]; mentionsAll?: true }

/** Whom a text calls, of the people whose handles are known. */
export function mentionsIn(text: string, handles: ReadonlyMap<string, UserId>): Mentioned {
  const called = new Set<UserId>()
  let all = false
  for (const { handle } of mentionParts(text)) {
    const user = handle === null ? undefined : handles.get(handle)
    if (handle === ALL) all = true
    else if (user !== undefined) called.add(user)
  }
  return {
    ...(called.size === 0 ? {} : { mentions: [...called].slice(0, MENTIONS_MAX) }),
    ...(all ? { mentionsAll: true as const } : {}),
  }
}

/** The text in parts; `handle` where one may be meant, without what ends a sentence after it. */
export function mentionParts(text: string): { text: string; handle: string | null }[] {
  const parts: { text: string; handle: string | null }[] = []
  let from = 0
  for (const found of text.matchAll(MENTION)) {
    const handle = found[1]?.replace(/[._-]+$/u, '') ?? ''
    if (handle === '') continue
    const at = found.index
    if (at > from) parts.push({ text: text.slice(from, at), handle: null })
    from = at + 1 + handle.length
    parts.push({ text: text.slice(at, from), handle: handle.toLowerCase() })
  }
  if (from < text.length) parts.push({ text: text.slice(from), handle: null })
  return parts
}

/** Calls everyone. No handle is so called: the list offers it, and it wins. */
export const ALL = 'all'
/** Not after a letter: that is a mailbox. */
const MENTION = /(?<![\p{L}\p{N}_.@/-])@([a-z0-9][a-z0-9._-]*)/giu
