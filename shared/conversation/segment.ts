// The log is replicated in segments of 512 entries. The Yjs clock of an entry is its index in its segment, so every
// node builds byte-identical updates from the same rows. A segment is full when the next one begins; a full segment
// changes only by erasure, and then it is another generation under another name: a clock never stands for two things under
// one name. The generation is how many of its entries are stubs, so whoever holds the entries knows it.
//
//   seq      1 … 512 | 513 … 1024 | 1025 …
//   segment     0    |     1      |   2          the last one is the tail, live on the socket
//   clock    0 … 511 | 0 … 511    |   0 …        Yjs client id 1

import type { ConversationId, Seq } from '../ids.ts'
import { ConversationId as ConversationIdSchema, Seq as SeqSchema } from '../ids.ts'
import type { Entry } from './entry.ts'
import { isStub } from './entry.ts'

export const SEGMENT_ENTRIES = 512
/** Root type of a log document: `doc.getArray('log')`. */
export const LOG_ROOT = 'log'
/** The log has one logical writer. */
export const LOG_CLIENT_ID = 1
/**
 * After how many entries of a segment a device attaches the next one: between 40 % and 90 %, so that no entry falls between
 * two documents, and a device somewhere else than the others, so that a large room does not come all at once. `random` is
 * in [0, 1).
 */
export function attachNextAt(random: number): number {
  return Math.floor(SEGMENT_ENTRIES * (0.9 - 0.5 * random))
}

export function segmentOf(seq: Seq): number {
  return Math.max(0, Math.floor((seq - 1) / SEGMENT_ENTRIES))
}

export function clockOf(seq: Seq): number {
  return (seq - 1) % SEGMENT_ENTRIES
}

/** First and last seq a segment can hold. */
export function rangeOf(segment: number): { first: Seq; last: Seq } {
  return {
    first: SeqSchema.parse(segment * SEGMENT_ENTRIES + 1),
    last: SeqSchema.parse((segment + 1) * SEGMENT_ENTRIES),
  }
}

export function isFull(segment: number, head: Seq): boolean {
  return head >= (segment + 1) * SEGMENT_ENTRIES
}

export function generationOf(entries: readonly Entry[]): number {
  return entries.filter(isStub).length
}

export function logDocumentName(conversation: ConversationId, segment: number, generation = 0): string {
  return generation === 0 ? `log/${conversation}/${segment}` : `log/${conversation}/${segment}/${generation}`
}

/** The inverse of `logDocumentName`, or `null` for any other name. */
export function parseLogDocumentName(name: string): { conversation: ConversationId; segment: number; generation: number } | null {
  const [kind, conversation, segment, generation, ...rest] = name.split('/')
  if (kind !== 'log' || rest.length > 0 || segment === undefined || !NUMBER.test(segment)) return null
  // The first generation has no number: one document, one name.
  if (generation !== undefined && (!NUMBER.test(generation) || generation === '0')) return null
  const id = ConversationIdSchema.safeParse(conversation)
  return id.success ? { conversation: id.data, segment: Number(segment), generation: Number(generation ?? 0) } : null
}

/** Why a document is closed or denied when its segment is another generation by now; says which. */
export function movedOnReason(generation: number): string {
  return `generation ${generation}`
}

export function parseMovedOnReason(reason: string): number | null {
  const generation = /^generation (\d{1,9})$/.exec(reason)?.[1]
  return generation === undefined ? null : Number(generation)
}

const NUMBER = /^(0|[1-9]\d{0,8})$/

/** The control entries of a conversation alone, as one document: root `Y.Array('control')`, in seq order. */
export const CONTROL_ROOT = 'control'

export function controlDocumentName(conversation: ConversationId): string {
  return `control/${conversation}`
}

export function parseControlDocumentName(name: string): ConversationId | null {
  const [kind, conversation, ...rest] = name.split('/')
  if (kind !== 'control' || rest.length > 0) return null
  const id = ConversationIdSchema.safeParse(conversation)
  return id.success ? id.data : null
}
