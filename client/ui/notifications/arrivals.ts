// What of a change of the inbox is news to the person: messages of others, which were not read on another device already;
// in a muted conversation only those that mention them, and in a silenced one none. Pure.

import type { LastEntry } from '../../../shared/conversation/inbox.ts'
import type { UserId } from '../../../shared/ids.ts'
import type { InboxItem, InboxState } from '../../sync/engine.ts'

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

/** Conversations, not muted, with replies in followed threads that were not there before. */
export function threadArrivals(before: InboxState, after: InboxState): InboxItem[] {
  const known = new Map(before.rows.map((row) => [row.conversation, row]))
  return after.rows.filter((row) => {
    const held = known.get(row.conversation)
    if (held === undefined || row.muted) return false
    return row.threads.some(({ root, last }) => held.threads.every((thread) => thread.root !== root || thread.last < last) && last > held.head)
  })
}

/** A row that was not there: somebody began to write, unless it is an older page of the list or the first one of all. */
function isBegun(row: InboxItem, before: InboxState, newest: number): boolean {
  return (before.complete || before.rows.length > 0) && row.touched > newest
}
