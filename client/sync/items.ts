// What a message is shown as, made of its entry, what was said about it, and how far it has come. Items are kept, so that what
// did not change stays the same object. A timeline shows messages and is blind to replies; a thread shows replies.

import type { Folded } from '../../shared/conversation/annotations.ts'
import type { Entry, MessageBody, NewEntry } from '../../shared/conversation/entry.ts'
import { replyContentOf } from '../../shared/conversation/entry.ts'
import type { EntryId, UserId } from '../../shared/ids.ts'
import type { Mark, ThreadSummary, TimelineItem } from './engine.ts'
import type { OutboxRecord } from './records.ts'
import { shownOf } from './shownMessage.ts'

/** Past this many they are made anew. */
const ITEMS_KEPT = 4_096

export class Items {
  readonly #me: UserId
  readonly #kind: 'message' | 'reply'
  readonly #kept = new Map<EntryId, Kept>()

  constructor(me: UserId, kind: 'message' | 'reply') {
    this.#me = me
    this.#kind = kind
  }

  of(now: Shown): TimelineItem {
    const { id } = now.entry
    const before = this.#kept.get(id)
    if (before !== undefined && isSame(before, now)) return before.item
    if (this.#kept.size >= ITEMS_KEPT) this.#kept.clear()
    const item = this.#itemOf(now)
    this.#kept.set(id, { ...now, item })
    return item
  }

  #itemOf({ entry, author, mark, folded, waiting, hidden, saved }: Shown): TimelineItem {
    const me = this.#me
    const common = { id: entry.id, author, at: entry.at, own: author === me, mark }
    const thread = threadIn(folded, waiting, me)
    const bare = { ...common, body: NOTHING_SAID, versions: [], reactions: [], pinned: false, saved, waiting: null, event: null, erasedBy: null, thread }
    if (entry.kind === 'event') return { ...bare, kind: 'event', event: entry.body }
    if (hidden) return { ...bare, kind: 'annotation' }
    const ownErasure = waiting.some(({ entry: own, state }) => own.kind === 'erase' && state.state !== 'refused')
    // A change that it was too late for keeps its words until its author has taken them.
    const late = lastOf(waiting.filter(({ entry: own }) => own.kind === 'edit'))
    const erased = { ...bare, kind: 'erased', waiting: late, erasedBy: folded.erase?.author ?? (ownErasure ? me : null) } as const
    if (entry.kind === 'erased') return erased
    if (entry.kind !== this.#kind) return { ...bare, kind: 'annotation' }
    const body: MessageBody = entry.kind === 'message' ? entry.body : replyContentOf(entry.body)
    if (ownErasure || folded.erase !== null || body.text === '') return erased
    const { mentions: _mentions, mentionsAll: _all, ...said } = body
    const { text, calling, versions, reactions, pinned } = shownOf({ at: entry.at, body }, folded, waiting.map(({ entry: own }) => own), me)
    return { ...bare, kind: 'message', body: { ...said, text, ...calling }, versions, reactions, pinned, waiting: lastOf(waiting) }
  }
}

/** What an item is made of. `waiting`: own annotations of it that the log does not hold yet. */
export type Shown = { entry: Entry | NewEntry; author: UserId; mark: Mark; folded: Folded; waiting: readonly OutboxRecord[]; hidden: boolean; saved: boolean }
type Kept = Shown & { item: TimelineItem }

function threadIn({ replies }: Folded, waiting: readonly OutboxRecord[], me: UserId): ThreadSummary | null {
  const said = replies.filter(({ body }) => body.text !== '')
  const own = waiting.filter(({ entry }) => entry.kind === 'reply' && replies.every(({ id }) => id !== entry.id))
  if (replies.length === 0 && own.length === 0) return null
  const authors = [...said.map(({ author }) => author), ...own.map(() => me)].toReversed()
  return {
    count: said.length + own.length,
    lastAt: own.at(-1)?.entry.at ?? replies.at(-1)?.at ?? 0,
    authors: [...new Set(authors)],
    refused: own.some(({ state }) => state.state === 'refused'),
  }
}

/** A reply that waits shows in its thread. */
function lastOf(waiting: readonly OutboxRecord[]): TimelineItem['waiting'] {
  const last = waiting.findLast(({ entry, state }) => entry.kind !== 'reply' && state.state !== 'stored')
  if (last === undefined) return null
  return { id: last.entry.id, text: last.entry.kind === 'edit' ? last.entry.body.text : null, refusal: last.state.state === 'refused' ? last.state.refusal : null }
}

function isSame(before: Kept, now: Shown): boolean {
  return before.hidden === now.hidden && before.saved === now.saved && before.entry === now.entry && before.folded === now.folded && sameRecords(before.waiting, now.waiting) && sameMark(before.mark, now.mark)
}

function sameRecords(a: readonly OutboxRecord[], b: readonly OutboxRecord[]): boolean {
  return a.length === b.length && a.every((record, index) => record === b[index])
}

function sameMark(a: Mark, b: Mark): boolean {
  if (a.state !== b.state) return false
  if ('seq' in a && 'seq' in b) return a.seq === b.seq
  return !('refusal' in a && 'refusal' in b) || a.refusal === b.refusal
}

const NOTHING_SAID: MessageBody = { text: '' }
