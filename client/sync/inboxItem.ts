// One line of the inbox: the server's row, and what this person's own document and outbox add to it. Pure.

import type { InboxRow, NewsOfThread } from '../../shared/conversation/inbox.ts'
import { unreadCount } from '../../shared/conversation/inbox.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import type { InboxItem, ThreadNews } from './engine.ts'
import type { Muting } from './mutes.ts'
import type { Personal } from './personal.ts'
import type { OutboxRecord } from './records.ts'

export function inboxItem(row: InboxRow, own: OwnState): InboxItem {
  const threads = row.threads.flatMap((thread) => (own.threadsLeft.has(thread.root) ? [] : newsIn(thread, own.threadRead(thread.root), own.threadMuting(thread.root))))
  const { muted, silenced } = own.muting
  const waiting = own.outbox.findLast(({ entry, state }) => entry.kind === 'message' && state.state !== 'stored')?.entry
  return {
    ...row,
    title: row.kind === 'direct' ? (own.peer?.name ?? '') : row.name,
    unread: unreadOf(row, own),
    threads,
    mentions: row.mentions + threads.filter((thread) => thread.called !== undefined && thread.silenced !== true).length,
    pinned: typeof own.pinnedAt === 'number',
    muted,
    archived: typeof own.archivedAt === 'number' && (row.head <= own.archivedAt || muted),
    silenced,
    draft: typeof own.draft === 'string' ? own.draft : '',
    pending: waiting?.kind === 'message' ? { body: waiting.body, at: waiting.at } : null,
  }
}

/** What is left of it past the own mark. */
function newsIn({ root, last, called }: NewsOfThread, read: Seq, { muted, silenced }: Muting): ThreadNews[] {
  if (last <= read) return []
  return [{ root, last, ...(called === undefined || called <= read ? {} : { called }), ...(muted ? { muted } : {}), ...(silenced ? { silenced } : {}) }]
}

/** Pinned first, then newest first; the id decides between equals, so that every device shows one order. */
export function compareItems(a: InboxItem, b: InboxItem): number {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1
  return newest(b) - newest(a) || (a.conversation < b.conversation ? -1 : 1)
}

export function sameItem(a: InboxItem, b: InboxItem): boolean {
  const keys = Object.keys(a) as (keyof InboxItem)[]
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key] || (key === 'pending' && samePending(a, b)) || (key === 'threads' && sameThreads(a, b)) || (key === 'asking' && sameAsking(a, b)))
}

/** Of an inbox row, with "unread from here" as the personal document holds it. */
export function unreadOf(row: InboxRow, { unreadFrom, unreadQuiet }: Pick<OwnState, 'unreadFrom' | 'unreadQuiet'>): number {
  const from = Seq.safeParse(unreadFrom)
  const quiet = typeof unreadQuiet === 'number' && unreadQuiet >= 0 ? unreadQuiet : 0
  return from.success && from.data > 0 ? unreadCount(row, { from: from.data, quiet }) : unreadCount(row)
}

/** "Unread from here", as the person said on any of their devices. */
export function unreadAgain(personal: Pick<Personal, 'get'>, conversation: ConversationId): Pick<OwnState, 'unreadFrom' | 'unreadQuiet'> {
  return { unreadFrom: personal.get('unreadFrom', conversation), unreadQuiet: personal.get('unreadQuiet', conversation) }
}

function newest(item: InboxItem): number {
  // A conversation without entries stands where it was made.
  return Math.max(item.last?.at ?? item.touched, item.pending?.at ?? 0)
}

function samePending(a: InboxItem, b: InboxItem): boolean {
  return a.pending?.at === b.pending?.at && a.pending?.body === b.pending?.body
}

function sameThreads({ threads: a }: InboxItem, { threads: b }: InboxItem): boolean {
  return a.length === b.length && a.every((thread, index) => sameThread(b[index], thread))
}

function sameThread(a: ThreadNews | undefined, b: ThreadNews): boolean {
  return a?.root === b.root && a.last === b.last && a.called === b.called && a.muted === b.muted && a.silenced === b.silenced
}

function sameAsking({ asking: a }: InboxItem, { asking: b }: InboxItem): boolean {
  return a?.count === b?.count && a?.lastAt === b?.lastAt
}

export type OwnState = {
  peer: Person | null
  outbox: readonly OutboxRecord[]
  unreadFrom: unknown
  unreadQuiet: unknown
  pinnedAt: unknown
  muting: Muting
  archivedAt: unknown
  draft: unknown
  /** How far this device knows a thread to be read. */
  threadRead: (root: Seq) => Seq
  threadMuting: (root: Seq) => Muting
  /** Where the roots stand of those that the person left without the server knowing. */
  threadsLeft: ReadonlySet<Seq>
}
