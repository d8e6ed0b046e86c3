// Entries on their way into the log: gathered into large commits, in the order they came, and counted when they are durable.

import type { Entry, RestoredEntry } from '../../shared/conversation/entry.ts'
import type { ConversationId, DeviceId, Seq, UserId } from '../../shared/ids.ts'
import { COMMIT_MAX_ENTRIES } from '../../shared/limits.ts'
import type { BulkStore, CommitOutcome, CommitRequest } from '../../storage/database.ts'

/** `Sync.appendTrusted`, or the same without a server around it: the one append. */
export type AppendTrusted = (requests: readonly CommitRequest[]) => Promise<CommitOutcome[]>

/** Where entries go. The id is known when the conversation is in the database, at the latest when the queue is written. */
export type Place = {
  id: ConversationId
  /** Made by this import, so that nothing of it can be there. */
  isNew: boolean
  lastSeq: Seq
}

export type QueuedEntry = {
  place: Place
  author: UserId
  device: DeviceId
  entry: RestoredEntry
  /** Continues the text of the one before it. */
  continues?: boolean
}

/** `kept` is what the log calls an id conflict: stored before with other content, which stays. */
export type EntryResult = { type: 'stored'; entry: Entry } | { type: 'already' } | { type: 'kept' } | { type: 'reply-unknown' } | { type: 'not-author' }

export class EntryQueue {
  readonly #append: AppendTrusted
  readonly #stored: BulkStore['stored']
  readonly #clock: () => number
  #waiting: QueuedEntry[] = []

  constructor({ append, database, clock }: { append: AppendTrusted; database: { bulk: Pick<BulkStore, 'stored'> }; clock: () => number }) {
    this.#append = append
    this.#stored = (conversation, entries) => database.bulk.stored(conversation, entries)
    this.#clock = clock
  }

  get isFull(): boolean {
    return this.#waiting.length >= COMMIT_MAX_ENTRIES
  }

  push(entry: QueuedEntry): void {
    this.#waiting.push(entry)
  }

  /** Answers once each is durable, in order. */
  async write(): Promise<{ queued: QueuedEntry; result: EntryResult }[]> {
    const batch = this.#waiting
    this.#waiting = []
    const before = await this.#before(batch)
    const fresh = batch.filter((queued) => before.get(queued) === undefined)
    const outcomes = fresh.length === 0 ? [] : await this.#append(requestsOf(fresh, this.#clock()))
    const committed = outcomes.flatMap(resultsOf).values()
    return batch.map((queued) => {
      const there = before.get(queued)
      const result = there === undefined ? committed.next().value : there === 'different' ? KEPT : ({ type: 'duplicate', seq: there } as const)
      if (result === undefined) throw new Error('The log answered fewer results than it was given entries.')
      if (result.type === 'stored') raise(queued.place, result.entry.seq)
      if (result.type === 'duplicate') raise(queued.place, result.seq)
      return { queued, result: inWordsOfImport(result) }
    })
  }

  /** What was stored before, of conversations that were there before. */
  async #before(batch: readonly QueuedEntry[]): Promise<Map<QueuedEntry, Seq | 'different'>> {
    const before = new Map<QueuedEntry, Seq | 'different'>()
    for (const [place, entries] of Map.groupBy(batch, (queued) => queued.place)) {
      if (place.isNew) continue
      const found = await this.#stored(place.id, entries)
      for (const [index, queued] of entries.entries()) {
        const there = found[index]
        if (there !== null && there !== undefined) before.set(queued, there)
      }
    }
    return before
  }
}

type Committed = Extract<CommitOutcome, { type: 'committed' }>['results'][number]

const KEPT = { type: 'id-conflict' } as const

function resultsOf(outcome: CommitOutcome): Committed[] {
  if (outcome.type === 'committed') return outcome.results
  throw new Error('An author or a conversation is missing that was there a moment ago.')
}

function inWordsOfImport(result: Committed | typeof KEPT | { type: 'duplicate' }): EntryResult {
  switch (result.type) {
    case 'duplicate':
      return { type: 'already' }
    case 'id-conflict':
      return { type: 'kept' }
    case 'stored':
      return { type: 'stored', entry: result.entry }
    case 'reply-unknown':
      return { type: 'reply-unknown' }
    case 'not-author':
      return { type: 'not-author' }
    case 'not-member':
    case 'blocked':
    case 'forbidden':
    case 'erased':
      throw new Error('An import asks for trust, which takes neither membership nor a role.')
    default:
      return result satisfies never
  }
}

/** A request has one author; what one person wrote in a row is one request. */
function requestsOf(batch: readonly QueuedEntry[], now: number): CommitRequest[] {
  const requests: (CommitRequest & { entries: RestoredEntry[] })[] = []
  for (const { place, author, device, entry } of batch) {
    const last = requests.at(-1)
    if (last?.conversation === place.id && last.author === author && last.device === device) last.entries.push(entry)
    else requests.push({ conversation: place.id, author, device, entries: [entry], now, trusted: true })
  }
  return requests
}

function raise(place: Place, seq: Seq): void {
  if (seq > place.lastSeq) place.lastSeq = seq
}
