// Entries on their way into the log: gathered into large commits, in the order they came, and counted when they are durable.

import type { NewEntry } from '../../shared/conversation/entry.ts'
import type { ConversationId, DeviceId, Seq, UserId } from '../../shared/ids.ts'
import { COMMIT_MAX_ENTRIES } from '../../shared/limits.ts'
import type { CommitOutcome, CommitRequest } from '../../storage/database.ts'

/** `Sync.appendTrusted`, or the same without a server around it: the one append. */
export type AppendTrusted = (requests: readonly CommitRequest[]) => Promise<CommitOutcome[]>

/** Where entries go. The id is known when the conversation is in the database, at the latest when the queue is written. */
export type Place = { id: ConversationId; lastSeq: Seq }

export type QueuedEntry = {
  place: Place
  author: UserId
  device: DeviceId
  entry: NewEntry
  /** Continues the text of the one before it. */
  continues?: boolean
}

export type EntryResult = Extract<CommitOutcome, { type: 'committed' }>['results'][number]

export class EntryQueue {
  readonly #append: AppendTrusted
  readonly #clock: () => number
  #waiting: QueuedEntry[] = []

  constructor(append: AppendTrusted, clock: () => number) {
    this.#append = append
    this.#clock = clock
  }

  get waiting(): readonly QueuedEntry[] {
    return this.#waiting
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
    const outcomes = await this.#append(requestsOf(batch, this.#clock()))
    const results = outcomes.flatMap((outcome) => {
      if (outcome.type === 'committed') return outcome.results
      throw new Error('An author or a conversation is missing that was there a moment ago.')
    })
    return batch.map((queued, index) => {
      const result = results[index]
      if (result === undefined) throw new Error('The log answered fewer results than it was given entries.')
      if (result.type === 'stored') raise(queued.place, result.entry.seq)
      if (result.type === 'duplicate') raise(queued.place, result.seq)
      return { queued, result }
    })
  }
}

/** A request has one author; what one person wrote in a row is one request. */
function requestsOf(batch: readonly QueuedEntry[], now: number): CommitRequest[] {
  const requests: (CommitRequest & { entries: NewEntry[] })[] = []
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
