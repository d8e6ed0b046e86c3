// Own entries that the server does not hold, as far as this device knows. In memory in every tab; written durably before
// anything is shown. An entry leaves when the log on this device holds it, so it is never shown twice nor missing in between.

import type { Entry, NewEntry } from '../../shared/conversation/entry.ts'
import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
import type { OutboxState } from './engine.ts'
import type { Fact } from './facts.ts'
import { compareRecords, withState } from './outboxRules.ts'
import type { Cell } from './readable.ts'
import { createCell } from './readable.ts'
import { OutboxRecord, outboxKey } from './records.ts'
import type { ReplicaStore, StoreWrite } from './replicaStore.ts'
import { AFTER_LAST_KEY, FIRST_KEY } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'

export class Outbox {
  readonly state: Cell<OutboxState> = createCell<OutboxState>({ pending: 0, refused: 0 })
  readonly #deps: OutboxDeps
  readonly #records = new Map<ConversationId, Map<EntryId, OutboxRecord>>()
  readonly #sorted = new Map<ConversationId, readonly OutboxRecord[]>()
  #lastOrder = 0
  /** What left while the store was being read, so that a stale read does not bring it back. */
  readonly #removedMeanwhile = new Set<EntryId>()

  constructor(deps: OutboxDeps) {
    this.#deps = deps
  }

  /** Reads what an earlier life, or a leader that died, left behind, and adds what is not known here yet. */
  async load(): Promise<void> {
    this.#removedMeanwhile.clear()
    const stored = await this.#deps.store.range('outbox', FIRST_KEY, AFTER_LAST_KEY)
    const unknown = stored
      .map(({ value }) => OutboxRecord.parse(value))
      .filter(({ conversation, entry }) => this.find(conversation, entry.id) === undefined && !this.#removedMeanwhile.has(entry.id))
    this.apply(unknown, [])
  }

  /** In order of writing. */
  of(conversation: ConversationId): readonly OutboxRecord[] {
    const known = this.#sorted.get(conversation)
    if (known !== undefined) return known
    const records = this.#records.get(conversation)
    if (records === undefined) return NONE
    const sorted = [...records.values()].toSorted(compareRecords)
    this.#sorted.set(conversation, sorted)
    return sorted
  }

  find(conversation: ConversationId, id: EntryId): OutboxRecord | undefined {
    return this.#records.get(conversation)?.get(id)
  }

  conversations(): ConversationId[] {
    return [...this.#records.keys()]
  }

  /** Resolves when the entry is durable; only then it is shown. Rejects when this device cannot hold it. */
  async add(conversation: ConversationId, author: UserId, entry: NewEntry): Promise<void> {
    const record: OutboxRecord = { conversation, author, order: ++this.#lastOrder, entry, state: { state: 'pending' } }
    await this.#deps.writer.write([put(record)], 'strict')
    this.apply([record], [])
    this.#deps.post({ type: 'outbox', put: [record], removed: [] })
  }

  /** New states, shown when they are durable. */
  async update(records: readonly OutboxRecord[]): Promise<void> {
    if (records.length === 0) return
    // Discarded, or in the log, while this was decided: it must not come back.
    const present = records.filter((record) => this.find(record.conversation, record.entry.id) !== undefined)
    // In memory first: the next decision must see it. What it says is true already, on the server.
    this.apply(present, [])
    await this.#deps.writer.write(present.map(put))
    this.#deps.post({ type: 'outbox', put: present, removed: [] })
  }

  /** Done with, although the log of this device will not hold them: nobody looks at their conversation. */
  async remove(records: readonly OutboxRecord[]): Promise<void> {
    const removed = records.map(({ conversation, entry }) => ({ conversation, id: entry.id }))
    this.apply([], removed)
    await this.#deps.writer.write(records.map(deletion))
    if (removed.length > 0) this.#deps.post({ type: 'outbox', put: [], removed })
  }

  async retry(conversation: ConversationId, id: EntryId): Promise<void> {
    const record = this.find(conversation, id)
    if (record?.state.state !== 'refused') return
    await this.#deps.writer.write([put(withState(record, { state: 'pending' }))], 'strict')
    this.apply([withState(record, { state: 'pending' })], [])
    this.#deps.post({ type: 'outbox', put: [withState(record, { state: 'pending' })], removed: [] })
  }

  /** Only what was refused: what is on its way may have arrived. */
  async discard(conversation: ConversationId, id: EntryId): Promise<void> {
    const record = this.find(conversation, id)
    if (record?.state.state !== 'refused') return
    await this.#deps.writer.write([deletion(record)], 'strict')
    this.apply([], [{ conversation, id }])
    this.#deps.post({ type: 'outbox', put: [], removed: [{ conversation, id }] })
  }

  /**
   * The log holds these: what of them waited here is done with. Memory changes now; the deletes are for the caller to
   * write in the same batch as the entries, and `removed` to post when that is durable.
   */
  arrived(conversation: ConversationId, entries: readonly Entry[]): { writes: StoreWrite[]; removed: Removed[] } {
    if (this.of(conversation).length === 0) return { writes: [], removed: [] }
    const done = entries.flatMap((entry) => this.find(conversation, entry.id) ?? [])
    const removed = done.map((record) => ({ conversation, id: record.entry.id }))
    this.apply([], removed)
    return { writes: done.map(deletion), removed }
  }

  /** Also how other tabs tell what they did. */
  apply(changed: readonly OutboxRecord[], removed: readonly Removed[]): void {
    for (const record of changed) {
      const records = this.#records.get(record.conversation) ?? new Map<EntryId, OutboxRecord>()
      this.#records.set(record.conversation, records.set(record.entry.id, record))
      this.#lastOrder = Math.max(this.#lastOrder, record.order)
    }
    for (const { conversation, id } of removed) {
      const records = this.#records.get(conversation)
      records?.delete(id)
      if (records?.size === 0) this.#records.delete(conversation)
      this.#removedMeanwhile.add(id)
    }
    const touched = new Set([...changed, ...removed].map(({ conversation }) => conversation))
    if (touched.size > 0) this.#changed([...touched])
  }

  /** Memory only; the store is wiped by whoever calls. */
  clear(): void {
    const touched = this.conversations()
    this.#records.clear()
    this.#changed(touched)
  }

  #changed(conversations: readonly ConversationId[]): void {
    for (const conversation of conversations) this.#sorted.delete(conversation)
    let pending = 0
    let refused = 0
    for (const list of this.#records.values()) {
      for (const { state } of list.values()) {
        if (state.state === 'pending') pending += 1
        if (state.state === 'refused') refused += 1
      }
    }
    const before = this.state.get()
    if (before.pending !== pending || before.refused !== refused) this.state.set({ pending, refused })
    this.#deps.changed(conversations)
  }
}

type Removed = { conversation: ConversationId; id: EntryId }

type OutboxDeps = {
  store: ReplicaStore
  writer: StoreWriter
  post: (fact: Fact) => void
  changed: (conversations: readonly ConversationId[]) => void
}

const NONE: readonly OutboxRecord[] = []

function put(record: OutboxRecord): StoreWrite {
  return { type: 'put', table: 'outbox', key: outboxKey(record), value: record }
}

function deletion(record: OutboxRecord): StoreWrite {
  return { type: 'delete', table: 'outbox', key: outboxKey(record) }
}
