// The log documents that are open on this node, each kept in step with the rows. A document is filled in this order:
//
//   open ─▶ read rows ─▶ push rows ─▶ push what was committed meanwhile ─▶ live: pushed at each commit
//
// It is registered before the rows are read, so no commit can fall between the read and the first live push; what is in
// both is dropped by its seq.
//
// Each push is a frame to every reader. In a busy crowd most of the server's time would go into frames of one entry, so
// what is committed shortly after a push waits for the next one; the longer, the more readers there are. After a quiet
// moment, and among few, nothing waits. Acknowledgements never do.

import type * as Y from 'yjs'
import type { Entry } from '../../shared/conversation/entry.ts'
import { generationOf, logDocumentName, rangeOf, segmentOf } from '../../shared/conversation/segment.ts'
import type { ConversationId, Seq } from '../../shared/ids.ts'
import type { LogStore } from '../../storage/database.ts'
import type { Logger } from '../logger.ts'
import { pushEntries } from './logDocument.ts'

export class LogDocuments {
  readonly #log: Pick<LogStore, 'read'>
  readonly #logger: Logger
  readonly #origin: unknown
  readonly #pace: Pace
  /** By segment, whatever the generation. */
  readonly #open = new Map<string, Set<OpenLog>>()

  /** `origin` marks the transactions as the server's own. */
  constructor(log: Pick<LogStore, 'read'>, origin: unknown, logger: Logger, pace: Pace = REAL_TIME) {
    this.#pace = pace
    this.#log = log
    this.#origin = origin
    this.#logger = logger
  }

  /**
   * Fills an empty document and keeps it in step until it is destroyed. Rejects when the rows cannot be read, and with
   * MovedOnError when they are of another generation. `readers` says how many devices each push goes to.
   */
  async open(doc: Y.Doc, place: LogPlace, readers: () => number = () => 0): Promise<void> {
    const { conversation, segment, generation } = place
    const key = logDocumentName(conversation, segment)
    const { first, last } = rangeOf(segment)
    const open: OpenLog = { doc, place, last, next: first, stubs: 0, meanwhile: [], readers, pushedAt: -Infinity, cancel: nothing, flush: null }
    const forget = () => {
      open.cancel()
      const others = this.#open.get(key)
      others?.delete(open)
      if (others?.size === 0) this.#open.delete(key)
    }
    this.#open.set(key, (this.#open.get(key) ?? new Set()).add(open))
    doc.once('destroy', forget)
    try {
      await this.#fill(open)
      if (open.stubs !== generation) throw new MovedOnError(open.stubs)
    } catch (error) {
      forget()
      throw error
    }
  }

  /** Entries of one commit, in seq order; they may reach from one segment into the next. */
  advance(conversation: ConversationId, entries: readonly Entry[]): void {
    for (let start = 0; start < entries.length; ) {
      const segment = segmentOf(entries[start]!.seq) // start < length
      const { last } = rangeOf(segment)
      let end = start + 1
      while (end < entries.length && entries[end]!.seq <= last) end += 1 // end < length
      const part = start === 0 && end === entries.length ? entries : entries.slice(start, end)
      for (const open of this.#open.get(logDocumentName(conversation, segment)) ?? []) this.#push(open, part)
      start = end
    }
  }

  /** The documents of a conversation that are open, with nothing of them put off any more. */
  flushed(conversation: ConversationId): LogPlace[] {
    const places: LogPlace[] = []
    for (const opens of this.#open.values()) {
      for (const open of opens) {
        if (open.place.conversation !== conversation) continue
        open.flush?.()
        places.push(open.place)
      }
    }
    return places
  }

  #push(open: OpenLog, entries: readonly Entry[]): void {
    if (open.meanwhile !== null) {
      open.meanwhile.push(...entries)
      return
    }
    const wait = pauseFor(open.readers()) - (this.#pace.now() - open.pushedAt)
    if (wait < 1) return this.#pushOrRead(open, entries)
    open.meanwhile = [...entries]
    open.flush = () => {
      open.cancel()
      open.flush = null
      const held = open.meanwhile ?? []
      open.meanwhile = null
      this.#pushOrRead(open, held)
    }
    open.cancel = this.#pace.after(wait, open.flush)
  }

  #pushOrRead(open: OpenLog, entries: readonly Entry[]): void {
    if (this.#pushNext(open, entries)) return
    // Another node committed in between: the rows are the truth.
    open.meanwhile = [...entries]
    this.#fill(open).catch((error: unknown) => this.#logger.error({ err: error }, 'a log document fell behind'))
  }

  async #fill(open: OpenLog): Promise<void> {
    try {
      this.#pushNext(open, await this.#log.read(open.place.conversation, open.next, open.last))
      // What was committed while the rows were read may have another node's between it and them.
      if (this.#pushNext(open, open.meanwhile ?? [])) return
      this.#pushNext(open, await this.#log.read(open.place.conversation, open.next, open.last))
    } finally {
      open.meanwhile = null
    }
  }

  /** Pushes what is new of these entries. False, and nothing pushed, when something is missing before or between them. */
  #pushNext(open: OpenLog, entries: readonly Entry[]): boolean {
    const known = entries[0] !== undefined && entries[0].seq < open.next
    const fresh = known ? entries.filter(({ seq }) => seq >= open.next) : entries
    const last = fresh.at(-1)
    if (last === undefined || open.doc.isDestroyed) return true
    if (last.seq - open.next + 1 !== fresh.length) return false
    open.pushedAt = this.#pace.now()
    pushEntries(open.doc, fresh, this.#origin)
    open.stubs += generationOf(fresh)
    // `last` is at or after `next`: one more is a Seq.
    open.next = (last.seq + 1) as Seq
    return true
  }
}

type OpenLog = {
  doc: Y.Doc
  place: LogPlace
  last: Seq
  next: Seq
  stubs: number
  /** What was committed while rows are being read, or shortly after a push; null when the next push may go at once. */
  meanwhile: Entry[] | null
  readonly readers: () => number
  pushedAt: number
  cancel: () => void
  /** What was put off goes out now; null when nothing is. */
  flush: (() => void) | null
}

export type LogPlace = { conversation: ConversationId; segment: number; generation: number }

/** Something was erased: the rows are another generation than the document's name says. */
export class MovedOnError extends Error {
  readonly generation: number
  constructor(generation: number) {
    super(`The segment is generation ${generation} by now.`)
    this.name = 'MovedOnError'
    this.generation = generation
  }
}

/** A clock and its timer, which returns its own cancellation. */
export type Pace = { now(): number; after(ms: number, then: () => void): () => void }

const REAL_TIME: Pace = {
  now: () => performance.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
}

function nothing(): void {
  // Nothing was put off yet.
}

/** Milliseconds between two pushes. Writing a frame takes 10 to 20 µs a reader: at most about a third of the time. */
function pauseFor(readers: number): number {
  return Math.min(MAX_PAUSE_MS, readers * PAUSE_MS_PER_READER)
}

const PAUSE_MS_PER_READER = 0.05
const MAX_PAUSE_MS = 10
