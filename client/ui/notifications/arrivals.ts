// What of a change of the inbox is news to the person: messages of others, which were not read on another device already;
// in a muted conversation only those that mention them, and in a silenced one none. Pure.

import type { LastEntry } from '../../../shared/conversation/inbox.ts'
import type { ConversationId, UserId } from '../../../shared/ids.ts'
import { Seq } from '../../../shared/ids.ts'
import type { InboxItem, InboxState, ThreadNews } from '../../sync/engine.ts'

export type Arrival = { row: InboxItem; last: LastEntry }

export function arrivals(before: InboxState, after: InboxState, self: UserId): Arrival[] {
  const known = new Map(before.rows.map((row) => [row.conversation, row]))
  const newest = Math.max(0, ...before.rows.map((row) => row.touched))
  return after.rows.flatMap((row) => {
    const { last } = row
    if (last === undefined || last.author === self || row.unread === 0) return []
    const held = known.get(row.conversation)
    if (row.muted && (row.silenced || row.mentions <= (held?.mentions ?? 0))) return []
    const isNew = held === undefined ? isBegun(row, before, newest) : row.head > held.head && last.id !== held.last?.id
    return isNew ? [{ row, last }] : []
  })
}

/** The last of what is new in a followed thread, or what calls the person by an edit of an older message (`thread: null`). `calls`: some of what is new there does. */
export type Elsewhere = { row: InboxItem; thread: Seq | null; at: Seq; calls: boolean }

/** Up to where in each conversation such news was heard of. */
export type Heard = ReadonlyMap<ConversationId, Seq>

/**
 * What the list of conversations says no words of: replies, and edits. By what was heard before, not by the rows before: those
 * may be ahead, behind and cut off.
 */
export function newsElsewhere(before: InboxState, after: InboxState, heard: Heard): { news: Elsewhere[]; heard: Heard } {
  const known = new Set(before.rows.map((row) => row.conversation))
  const next = new Map(heard)
  const news = after.rows.flatMap((row): Elsewhere[] => {
    const upTo = heard.get(row.conversation) ?? (known.has(row.conversation) ? 0 : Infinity)
    const places = placesOf(row)
    next.set(row.conversation, Seq.parse(Math.max(0, heard.get(row.conversation) ?? 0, ...places.map(({ at }) => at))))
    return places.flatMap(({ thread, at, calledAt, muting }) => {
      const calls = calledAt > upTo
      return at > upTo && isTold(row, calls) && isTold(muting, calls) ? [{ row, thread, at, calls }] : []
    })
  })
  return { news, heard: next }
}

/** In an inbox that is shown for the first time nothing is news. */
export function heardIn(inbox: InboxState): Heard {
  return newsElsewhere({ rows: [], complete: false }, inbox, new Map()).heard
}

type Muting = Pick<ThreadNews, 'muted' | 'silenced'> | Pick<InboxItem, 'muted' | 'silenced'>

function isTold({ muted, silenced }: Muting, calls: boolean): boolean {
  return muted !== true || (calls && silenced !== true)
}

function placesOf({ called, threads }: InboxItem): { thread: Seq | null; at: Seq; calledAt: number; muting: Muting }[] {
  const inThreads = threads.map((thread) => ({ thread: thread.root, at: thread.last, calledAt: thread.called ?? 0, muting: thread }))
  return called === undefined ? inThreads : [...inThreads, { thread: null, at: called, calledAt: called, muting: {} }]
}

/** A row that was not there: somebody began to write, unless it is an older page of the list or the first one of all. */
function isBegun(row: InboxItem, before: InboxState, newest: number): boolean {
  return (before.complete || before.rows.length > 0) && row.touched > newest
}
