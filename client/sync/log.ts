// The entries of one conversation in memory: whole or partial segments, of which only the recently used are kept. What
// is not in memory comes from the store, else from the server; what is asked for is what it costs.

import type { Folded } from '../../shared/conversation/annotations.ts'
import type { Annotation, Entry } from '../../shared/conversation/entry.ts'
import { isAnnotation, isStub, stubOf } from '../../shared/conversation/entry.ts'
import { calledAt, calls } from '../../shared/conversation/mentions.ts'
import type { Said } from '../../shared/conversation/mentions.ts'
import { SEGMENT_ENTRIES, clockOf, isFull, rangeOf, segmentOf } from '../../shared/conversation/segment.ts'
import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { Annotations, isErasedBy, isQuiet } from './annotations.ts'
import { decodeSegment } from './logDocument.ts'
import { Annotation as StoredAnnotation, Entry as StoredEntry, annotationKey, annotationsKnownKey, entryKey, segmentKey } from './records.ts'
import type { ReplicaStore } from './replicaStore.ts'

/** A screen shows parts of two; the rest is for scrolling back and forth. About 0.4 MB each. */
const SEGMENTS_IN_MEMORY = 16

export class Log {
  readonly conversation: ConversationId
  readonly #source: LogSource
  readonly #segments = new Map<number, Held>()
  readonly #seqOf = new Map<EntryId, Seq>()
  readonly #annotations = new Annotations()
  /** Segments whose annotations were read from the store, and asked of the server since the connection last came. */
  readonly #annotated = { stored: new Set<number>(), server: new Set<number>() }
  readonly #loading = new Map<string, Promise<void>>()
  /** Messages known to be erased, as long as this is in memory. */
  readonly #erased = new Set<Seq>()
  #head: Seq = NONE

  constructor(conversation: ConversationId, source: LogSource) {
    this.conversation = conversation
    this.#source = source
  }

  /** Entries in the log as far as this device knows. */
  get head(): Seq {
    return this.#head
  }

  raiseHead(head: Seq): boolean {
    if (head <= this.#head) return false
    this.#head = head
    return true
  }

  at(seq: number): Entry | undefined {
    return this.#segments.get(segmentOf(seqAt(seq)))?.[clockOf(seqAt(seq))]
  }

  /** Where an entry stands, if it is in memory. */
  seqOf(id: EntryId): Seq | undefined {
    return this.#seqOf.get(id)
  }

  /** What was said about a message since, as far as it is in memory. `at`: of a reply, where the root of its thread stands. */
  annotationsOf(seq: Seq, at = seq): Folded {
    return this.#annotations.of(seq, at)
  }

  /** Of segments in memory; the entries themselves may stand anywhere. */
  annotate(annotations: readonly Annotation[]): void {
    for (const annotation of this.withoutErased(annotations)) if (isAnnotation(annotation)) this.#annotations.add(annotation)
  }

  /** Of the message at `target` and its edits only stubs remain, also of what comes later from somewhere that does not know. */
  erase(target: Seq): void {
    this.#erased.add(target)
    this.#annotations.erase(target)
    for (const [segment, held] of this.#segments) {
      if (segment < segmentOf(target)) continue
      for (const [clock, entry] of held.entries()) {
        if (entry === undefined || isStub(entry) || !isErasedBy(entry, target)) continue
        held[clock] = stubOf(entry)
      }
    }
  }

  /** As this device may keep them. */
  withoutErased(entries: readonly Entry[]): readonly Entry[] {
    if (this.#erased.size === 0) return entries
    return entries.map((entry) => (this.#erased.has(entry.kind === 'edit' ? entry.body.target : entry.seq) ? stubOf(entry) : entry))
  }

  /** The connection was gone: what was said meanwhile about the messages in memory is asked for. */
  askAgain(): void {
    const asked = [...this.#annotated.server]
    this.#annotated.server.clear()
    for (const segment of asked) this.#askAnnotations(segment)
  }

  /** Takes entries into memory; answers whether there was anything new. */
  absorb(entries: readonly Entry[]): boolean {
    let fresh = false
    for (const entry of entries) {
      const held = this.#use(segmentOf(entry.seq))
      const before = held[clockOf(entry.seq)]
      // Nothing changes in a log but that something of it is erased.
      if (before !== undefined && (!isStub(entry) || isStub(before))) continue
      const kept = this.#erased.has(entry.kind === 'edit' ? entry.body.target : entry.seq) ? stubOf(entry) : entry
      held[clockOf(entry.seq)] = kept
      this.#seqOf.set(entry.id, entry.seq)
      if (isAnnotation(kept)) this.#annotations.add(kept)
      if (entry.kind === 'erase') this.erase(entry.body.target)
      this.raiseHead(entry.seq)
      fresh = true
    }
    this.#evict()
    return fresh
  }

  /** Brings first..last into memory, as far as it can be had. */
  async load(first: number, last: number): Promise<void> {
    await this.#eachPart(first, last, (segment, from, to) => this.#loadPart(segment, from, to))
  }

  /** The same without asking the server. */
  async loadStored(first: number, last: number): Promise<void> {
    await this.#eachPart(first, last, (segment, from, to) => this.#fromStore(segment, from, to))
  }

  /** What follows `seq` up to the head, if all of it is in memory; else nothing. */
  after(seq: Seq): Entry[] {
    if (this.#head - seq > SEGMENT_ENTRIES) return []
    const entries = Array.from({ length: Math.max(0, this.#head - seq) }, (_, index) => this.at(seq + 1 + index))
    return entries.every((entry) => entry !== undefined) ? entries : []
  }

  /** How many entries after `after` are quiet for `me`, of the last `atMost` and those in memory. */
  countQuiet(me: UserId, after: number, atMost: number): number {
    let count = 0
    for (let seq = this.#head as number; seq > after && this.#head - seq < atMost; seq--) {
      const entry = this.at(seq)
      if (entry !== undefined && isQuiet(entry, me)) count += 1
    }
    return count
  }

  /** How many messages an entry after `after` is the first to call `me` by; null where what is in memory does not say. */
  countCalls(me: UserId, after: number): number | null {
    if (this.#head - after > SEGMENT_ENTRIES || this.lacks(after + 1, this.#head)) return null
    let count = 0
    for (let seq = after + 1; seq <= this.#head; seq++) {
      const entry = this.at(seq)
      // What calls in a thread is news of that.
      if ((entry?.kind !== 'message' && (entry?.kind !== 'edit' || entry.body.thread !== undefined)) || !calls(entry.body, me)) continue
      const message = entry.kind === 'edit' ? entry.body.target : entry.seq
      // Whether an earlier edit had called already.
      if (this.lacks(message, seq)) return null
      if (calledAt(this.saidOf(message), entry.author, me) === seq) count += 1
    }
    return count
  }

  /** What a message or a reply said first, and each edit of it, as far as it is in memory. `at`: see annotationsOf. */
  saidOf(seq: Seq, at = seq): Said[] {
    const entry = this.at(seq)
    if (entry?.kind !== 'message' && entry?.kind !== 'reply') return []
    return [entry, ...this.annotationsOf(seq, at).edits]
  }

  forget(): void {
    this.#segments.clear()
    this.#seqOf.clear()
    this.#annotations.clear()
    this.#erased.clear()
    this.#annotated.stored.clear()
    this.#annotated.server.clear()
    this.#head = NONE
  }

  async #eachPart(first: number, last: number, load: (segment: number, from: number, to: number) => Promise<void>): Promise<void> {
    const from = Math.max(1, first)
    const to = Math.min(last, this.#head)
    if (from > to) return
    const parts: Promise<void>[] = []
    const lastSegment = segmentOf(seqAt(to))
    for (let segment = segmentOf(seqAt(from)); segment <= lastSegment; segment++) {
      const range = rangeOf(segment)
      parts.push(load(segment, Math.max(from, range.first), Math.min(to, range.last)))
    }
    await Promise.all(parts)
  }

  async #loadPart(segment: number, first: number, last: number): Promise<void> {
    if (!this.lacks(first, last)) {
      this.#use(segment)
      return this.#askAnnotations(segment)
    }
    const key = `${segment}/${first}/${last}`
    const running = this.#loading.get(key)
    if (running !== undefined) return running
    const work = this.#fetchPart(segment, first, last).finally(() => this.#loading.delete(key))
    this.#loading.set(key, work)
    return work
  }

  async #fetchPart(segment: number, first: number, last: number): Promise<void> {
    await this.#fromStore(segment, first, last)
    if (this.lacks(first, last)) await this.#fromServer(segment, first, last)
    this.#askAnnotations(segment)
  }

  async #annotationsFromStore(segment: number): Promise<void> {
    if (this.#annotated.stored.has(segment)) return
    this.#annotated.stored.add(segment)
    const { conversation } = this
    const rows = await this.#source.store.range('annotations', annotationKey(conversation, segment, 0), annotationsKnownKey(conversation, segment))
    this.annotate(rows.map(({ value }) => StoredAnnotation.parse(value)))
  }

  /** They need not be there for the messages to be shown. What follows the tail brings those of the last two segments. */
  #askAnnotations(segment: number): void {
    if (segment >= segmentOf(this.#head) || this.#annotated.server.has(segment)) return
    this.#annotated.server.add(segment)
    this.#source.fetchAnnotations(this.conversation, segment)
  }

  async #fromStore(segment: number, first: number, last: number): Promise<void> {
    const { store } = this.#source
    await this.#annotationsFromStore(segment)
    const rows = await store.range('entries', entryKey(this.conversation, first), entryKey(this.conversation, last + 1))
    this.absorb(rows.map(({ value }) => StoredEntry.parse(value)))
    if (!this.lacks(first, last)) return
    const bytes = await store.get('segments', segmentKey(this.conversation, segment))
    if (bytes instanceof Uint8Array) this.absorb(decodeSegment(segment, bytes))
  }

  async #fromServer(segment: number, first: number, last: number): Promise<void> {
    const fetched = isFull(segment, this.#head)
      ? await this.#source.fetchSegment(this.conversation, segment)
      : await this.#source.fetchEntries(this.conversation, first, last)
    if (fetched !== null) this.absorb(fetched)
  }

  /** Is anything of first..last, up to the head, not in memory? */
  lacks(first: number, last: number): boolean {
    const to = Math.min(last, this.#head)
    for (let seq = Math.max(1, first); seq <= to; seq++) if (this.at(seq) === undefined) return true
    return false
  }

  /** The segment, made the most recently used. */
  #use(segment: number): Held {
    const held = this.#segments.get(segment) ?? Array.from<Entry | undefined>({ length: SEGMENT_ENTRIES })
    this.#segments.delete(segment)
    this.#segments.set(segment, held)
    return held
  }

  #evict(): void {
    const tail = segmentOf(this.#head)
    for (const [segment, held] of this.#segments) {
      if (this.#segments.size <= SEGMENTS_IN_MEMORY) return
      // New entries arrive there, and the list ends there.
      if (segment >= tail - 1) continue
      this.#segments.delete(segment)
      this.#annotations.forget(segment)
      this.#annotated.stored.delete(segment)
      this.#annotated.server.delete(segment)
      for (const entry of held) if (entry !== undefined) this.#seqOf.delete(entry.id)
    }
  }
}

/** Entries by clock, with holes. */
type Held = (Entry | undefined)[]

export type LogSource = {
  store: ReplicaStore
  /** The server's; null when it cannot be had now. What they give is stored already. */
  fetchSegment(conversation: ConversationId, segment: number): Promise<readonly Entry[] | null>
  fetchEntries(conversation: ConversationId, first: number, last: number): Promise<readonly Entry[] | null>
  /** Brings them with `annotate` when they come. */
  fetchAnnotations(conversation: ConversationId, segment: number): void
}

const NONE = Seq.parse(0)

/** A position that came from arithmetic on others. */
function seqAt(seq: number): Seq {
  // Whole and not negative, as sums of such are.
  return seq as Seq
}
