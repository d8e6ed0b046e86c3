// The timeline of an open conversation: entries by index, each with how far it has come.

import type { UserId } from '../../shared/ids.ts'
import { EntryId, Seq } from '../../shared/ids.ts'
import type { Mark, Timeline, TimelineItem, TimelineState } from './engine.ts'
import type { Reached } from './marks.ts'
import { markOf, reached } from './marks.ts'
import type { Derived } from './readable.ts'
import { createDerived } from './readable.ts'
import type { HeldConversation, Replica } from './replica.ts'
import type { Position, TimelineModel } from './timelineModel.ts'
import { timelineModel } from './timelineModel.ts'
import { findByTime, findFrom } from './findByTime.ts'
import { Items } from './items.ts'
import type { Log } from './log.ts'
import type { OutboxRecord } from './records.ts'

export class OpenTimeline implements Timeline {
  readonly #deps: TimelineDeps
  readonly #model: Derived<TimelineModel>
  readonly #reached: Derived<Reached>
  readonly #state: Derived<TimelineState>
  readonly #items: Items
  /** Own annotations that the log on this device does not hold yet, by the message they are about. */
  readonly #waiting: Derived<ReadonlyMap<EntryId, readonly OutboxRecord[]>>
  /** By index, until anything changes: a screen asks for each entry dozens of times to see how it stands among the others. */
  readonly #drawn = new Map<number, TimelineItem>()
  #firstUnread: Seq | null = null
  #version = 0

  constructor(deps: TimelineDeps) {
    this.#deps = deps
    const { held, replica, me } = deps
    this.#items = new Items(me, 'message')
    this.#model = createDerived(() => timelineModel(held.log, replica.outbox.of(held.log.conversation)))
    this.#waiting = createDerived(() => annotationsIn(replica.outbox.of(held.log.conversation), held.log))
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
    this.#drawn.clear()
    this.#model.invalidate()
    this.#waiting.invalidate()
    this.#reached.invalidate()
    this.#state.invalidate()
  }

  at(index: number): TimelineItem | undefined {
    const drawn = this.#drawn.get(index) ?? this.#made(index)
    // What is not in memory may come without a word.
    if (drawn !== undefined) this.#drawn.set(index, drawn)
    return drawn
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

  async indexFrom(at: number): Promise<number | null> {
    const seq = await findFrom(at, this.#deps.held.log)
    return seq === null ? null : seq - 1
  }

  async indexOf(id: EntryId): Promise<number | null> {
    const known = this.#model.get().indexOf(EntryId.parse(id))
    if (known !== null) return known
    const seq = (await findByTime(id, this.#deps.held.log)) ?? (await this.#deps.find(EntryId.parse(id)))
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

  #made(index: number): TimelineItem | undefined {
    const position = this.#model.get().at(index)
    if (position === undefined) return undefined
    const { entry, author } = position.from === 'log' ? { entry: position.entry, author: position.entry.author } : { entry: position.record.entry, author: position.record.author }
    const { id } = entry
    const { held, isHidden, isSaved } = this.#deps
    return this.#items.of({ entry, author, mark: this.#markOf(position), folded: held.log.annotationsOf(seqOf(position)), waiting: this.#waiting.get().get(id) ?? NONE, hidden: isHidden(id), saved: isSaved(id) })
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
}

/** 0 for what has no place in the log yet: nothing was said about it. */
function seqOf(position: Position): Seq {
  if (position.from === 'log') return position.entry.seq
  return position.record.state.state === 'stored' ? position.record.state.seq : Seq.parse(0)
}

function annotationsIn(outbox: readonly OutboxRecord[], log: Log): Map<EntryId, OutboxRecord[]> {
  const annotations = outbox.filter(({ entry }) => entry.kind !== 'message' && log.seqOf(entry.id) === undefined)
  // A message is about nothing but itself, and was filtered out.
  return Map.groupBy(annotations, ({ entry }) => (entry.kind === 'message' ? entry.id : entry.body.of))
}

const NONE: readonly OutboxRecord[] = []

type TimelineDeps = {
  held: HeldConversation
  replica: Replica
  me: UserId
  /** Deleted by this person, for themselves alone. */
  isHidden: (id: EntryId) => boolean
  /** For later, by this person alone. */
  isSaved: (id: EntryId) => boolean
  /** Resolves when the first paint came, or is not to be expected. */
  painted: () => Promise<void>
  /** Asks the server, which knows every id; null: it cannot be asked, or has no such entry. */
  find: (id: EntryId) => Promise<Seq | null>
  report: (error: unknown) => void
}
