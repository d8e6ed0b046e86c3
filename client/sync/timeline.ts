// The timeline of an open conversation: entries by index, each with how far it has come.

import type { Seq, UserId } from '../../shared/ids.ts'
import { EntryId } from '../../shared/ids.ts'
import type { Mark, Timeline, TimelineItem, TimelineState } from './engine.ts'
import type { Reached } from './marks.ts'
import { markOf, reached } from './marks.ts'
import type { Derived } from './readable.ts'
import { createDerived } from './readable.ts'
import type { HeldConversation, Replica } from './replica.ts'
import type { Position, TimelineModel } from './timelineModel.ts'
import { timelineModel } from './timelineModel.ts'
import { findByTime } from './findByTime.ts'

/** Items are kept so that what did not change stays the same object; past this many they are made anew. */
const ITEMS_KEPT = 4_096

export class OpenTimeline implements Timeline {
  readonly #deps: TimelineDeps
  readonly #model: Derived<TimelineModel>
  readonly #reached: Derived<Reached>
  readonly #state: Derived<TimelineState>
  readonly #items = new Map<EntryId, { position: Position['from']; item: TimelineItem }>()
  #firstUnread: Seq | null = null
  #version = 0

  constructor(deps: TimelineDeps) {
    this.#deps = deps
    const { held, replica, me } = deps
    this.#model = createDerived(() => timelineModel(held.log, replica.outbox.of(held.log.conversation)))
    this.#reached = createDerived(() => reached(held.view?.members ?? [], held.receipts, me))
    this.#state = createDerived(() => {
      const { head, length } = this.#model.get()
      // Whole and not negative: a seq.
      return { head: head as Seq, length, firstUnread: this.#firstUnread, version: ++this.#version }
    })
  }

  get(): TimelineState {
    return this.#state.get()
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener)
  }

  invalidate(): void {
    this.#model.invalidate()
    this.#reached.invalidate()
    this.#state.invalidate()
  }

  at(index: number): TimelineItem | undefined {
    const position = this.#model.get().at(index)
    if (position === undefined) return undefined
    const { id } = position.from === 'log' ? position.entry : position.record.entry
    const mark = this.#markOf(position)
    const before = this.#items.get(id)
    if (before !== undefined && before.position === position.from && sameMark(before.item.mark, mark)) return before.item
    if (this.#items.size >= ITEMS_KEPT) this.#items.clear()
    const item = this.#itemOf(position, mark)
    this.#items.set(id, { position: position.from, item })
    return item
  }

  async load(from: number, to: number): Promise<void> {
    const { held, painted, report } = this.#deps
    await held.loaded
    // The first paint is on its way and brings the end: asking for it would bring it twice.
    await held.log.loadStored(from + 1, to)
    this.invalidate()
    if (held.log.lacks(from + 1, to)) await painted()
    await held.log.load(from + 1, to).catch(report)
    this.invalidate()
  }

  async indexOf(id: EntryId): Promise<number | null> {
    const known = this.#model.get().indexOf(EntryId.parse(id))
    if (known !== null) return known
    const seq = await findByTime(id, this.#deps.held.log)
    return seq === null ? null : seq - 1
  }

  /** Where the divider stands, from now on. */
  setFirstUnread(seq: Seq | null): void {
    this.#firstUnread = seq
    this.#state.invalidate()
  }

  get firstUnread(): Seq | null {
    return this.#firstUnread
  }

  #markOf(position: Position): Mark {
    if (position.from === 'log') return markOf(position.entry.seq, position.entry.author === this.#deps.me, this.#reached.get())
    const { state } = position.record
    switch (state.state) {
      case 'pending':
        return { state: 'pending' }
      case 'refused':
        return { state: 'refused', refusal: state.refusal }
      case 'stored':
        return markOf(state.seq, true, this.#reached.get())
      default:
        return state satisfies never
    }
  }

  #itemOf(position: Position, mark: Mark): TimelineItem {
    const { entry, author } = position.from === 'log' ? { entry: position.entry, author: position.entry.author } : { entry: position.record.entry, author: position.record.author }
    return { id: entry.id, author, at: entry.at, body: entry.body, own: author === this.#deps.me, mark }
  }
}

function sameMark(a: Mark, b: Mark): boolean {
  if (a.state !== b.state) return false
  if ('seq' in a && 'seq' in b) return a.seq === b.seq
  return !('refusal' in a && 'refusal' in b) || a.refusal === b.refusal
}

type TimelineDeps = {
  held: HeldConversation
  replica: Replica
  me: UserId
  /** Resolves when the first paint came, or is not to be expected. */
  painted: () => Promise<void>
  report: (error: unknown) => void
}
