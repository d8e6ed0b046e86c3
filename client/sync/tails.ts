// The leader follows the tails of logs: those on screen, and a few that were active lately, so that their entries are on
// this device before anybody looks. A tail is attached with what this device holds of its segment, and is given up for the
// next one when it is full.

import { SEGMENT_ENTRIES, attachNextAt, clockOf, generationOf, isFull, logDocumentName, parseMovedOnReason, rangeOf, segmentOf } from '../../shared/conversation/segment.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { ConversationId, Seq } from '../../shared/ids.ts'
import { backoff } from '../../shared/backoff.ts'
import type { Attachment, Documents } from './documents.ts'
import type { Environment } from './environment.ts'
import { BrokenLogError, LogDocument } from './logDocument.ts'
import { Entry as StoredEntry, entryKey } from './records.ts'
import type { HeldConversation, Replica } from './replica.ts'

export class Tails {
  readonly #deps: TailsDeps
  readonly #followed = new Map<ConversationId, Followed>()

  constructor(deps: TailsDeps) {
    this.#deps = deps
  }

  follows(conversation: ConversationId): boolean {
    return this.#followed.has(conversation)
  }

  follow(conversation: ConversationId): void {
    if (this.#followed.has(conversation)) return this.headRaised(conversation)
    const held = this.#deps.replica.hold(conversation)
    const followed: Followed = { held, documents: new Map(), attachNextAt: attachNextAt(this.#deps.random()), failures: 0, generations: new Map(), movedTo: null, cancelRetry: () => undefined }
    this.#followed.set(conversation, followed)
    this.#attachWanted(conversation, followed)
  }

  unfollow(conversation: ConversationId): void {
    const followed = this.#followed.get(conversation)
    if (followed === undefined) return
    this.#followed.delete(conversation)
    followed.cancelRetry()
    for (const tail of followed.documents.values()) close(tail)
    this.#deps.replica.release(conversation)
  }

  unfollowAll(): void {
    for (const conversation of this.#followed.keys()) this.unfollow(conversation)
  }

  /** The log may have moved on to another segment. */
  headRaised(conversation: ConversationId): void {
    const followed = this.#followed.get(conversation)
    if (followed !== undefined) this.#attachWanted(conversation, followed)
  }

  #attachWanted(conversation: ConversationId, followed: Followed): void {
    const wanted = segmentsToFollow(followed.held.log.head, followed.attachNextAt)
    for (const segment of wanted) {
      if (followed.documents.has(segment)) continue
      const tail: Tail = { document: null, attachment: null }
      followed.documents.set(segment, tail)
      this.#attach(conversation, followed, segment, tail).catch(this.#deps.report)
    }
    for (const [segment, tail] of followed.documents) {
      if (wanted.includes(segment)) continue
      // Its last entries may still be on their way, behind news of the next segment. What lies further back is history,
      // and is fetched when somebody looks at it.
      if (segment + 1 === wanted[0] && tail.document?.length !== SEGMENT_ENTRIES) continue
      followed.documents.delete(segment)
      close(tail)
    }
  }

  async #attach(conversation: ConversationId, followed: Followed, segment: number, tail: Tail): Promise<void> {
    const held = await this.#heldOf(conversation, segment)
    if (followed.documents.get(segment) !== tail) return
    const own = generationOf(held)
    const generation = followed.generations.get(segment) ?? own
    // Erased while this device was away: what it holds does not fit the document as it is now.
    const document = new LogDocument(segment, generation === own ? held : [])
    tail.document = document
    tail.attachment = this.#deps.documents.attach(logDocumentName(conversation, segment, generation), {
      stateVector: () => document.stateVector(),
      update: (update) => this.#receive(conversation, followed, tail, document, update),
      ended: (reason) => this.#ended(conversation, followed, segment, tail, reason),
    })
  }

  #receive(conversation: ConversationId, followed: Followed, tail: Tail, document: LogDocument, update: Uint8Array): void {
    let entries: Entry[]
    try {
      entries = document.apply(update)
    } catch (error) {
      if (!(error instanceof BrokenLogError)) throw error
      return this.#reload(conversation, followed, tail, document)
    }
    followed.failures = 0
    if (entries.length === 0) return
    this.#deps.replica.ingest(conversation, entries).catch(this.#deps.report)
    if (document.length === SEGMENT_ENTRIES) {
      this.#deps.replica.keepSegment(conversation, { number: document.segment, bytes: document.encode() }).catch(this.#deps.report)
    }
    this.#attachWanted(conversation, followed)
  }

  /** What is held and what came do not fit together: begin this segment anew, from nothing. */
  #reload(conversation: ConversationId, followed: Followed, tail: Tail, document: LogDocument): void {
    const { first, last } = rangeOf(document.segment)
    followed.documents.delete(document.segment)
    close(tail)
    this.#deps
      .dropEntries(conversation, first, last)
      .then(() => this.#retry(conversation, followed))
      .catch(this.#deps.report)
  }

  #ended(conversation: ConversationId, followed: Followed, segment: number, tail: Tail, reason: string): void {
    if (followed.documents.get(segment) !== tail) return
    followed.documents.delete(segment)
    close(tail)
    const generation = parseMovedOnReason(reason)
    if (generation !== null) followed.generations.set(segment, generation)
    // Each generation is said once: saying it again is a server that waits for another one.
    if (generation !== null && generation !== followed.movedTo) {
      followed.movedTo = generation
      return this.#attachWanted(conversation, followed)
    }
    this.#retry(conversation, followed)
  }

  #retry(conversation: ConversationId, followed: Followed): void {
    followed.cancelRetry()
    const delay = backoff(followed.failures, this.#deps.random())
    followed.failures += 1
    followed.cancelRetry = this.#deps.timers.after(delay, () => {
      if (this.#followed.get(conversation) === followed) this.#attachWanted(conversation, followed)
    })
  }

  /** What this device holds of a segment from its first entry on, without a hole. */
  async #heldOf(conversation: ConversationId, segment: number): Promise<Entry[]> {
    const { first, last } = rangeOf(segment)
    const rows = await this.#deps.store.range('entries', entryKey(conversation, first), entryKey(conversation, last + 1))
    const entries = [...this.#deps.replica.withoutErased(conversation, rows.map(({ value }) => StoredEntry.parse(value)))]
    const hole = entries.findIndex((entry, index) => entry.seq !== first + index)
    return hole === -1 ? entries : entries.slice(0, hole)
  }
}

/** The segment that is being written, and near its end the next one too, so that no entry falls between two. */
export function segmentsToFollow(head: Seq, nextAt: number): number[] {
  const segment = segmentOf(head)
  const tail = isFull(segment, head) ? [] : [segment]
  return head > 0 && clockOf(head) + 1 >= nextAt ? [...tail, segment + 1] : tail
}

function close(tail: Tail): void {
  tail.attachment?.detach()
  tail.document?.destroy()
}

/** `null` while the store is being read. */
type Tail = { document: LogDocument | null; attachment: Attachment | null }

type Followed = { held: HeldConversation; documents: Map<number, Tail>; attachNextAt: number; failures: number; generations: Map<number, number>; movedTo: number | null; cancelRetry: () => void }

type TailsDeps = Pick<Environment, 'store' | 'timers' | 'random' | 'report'> & {
  documents: Documents
  replica: Replica
  dropEntries: (conversation: ConversationId, first: Seq, last: Seq) => Promise<void>
}
