// The log is replicated in segments of 512 entries. The Yjs clock of an entry is its index in its segment, so every
// node builds byte-identical updates from the same rows. A segment is full when the next one begins; a full segment
// never changes.
//
//   seq      1 … 512 | 513 … 1024 | 1025 …
//   segment     0    |     1      |   2          the last one is the tail, live on the socket
//   clock    0 … 511 | 0 … 511    |   0 …        Yjs client id 1

import type { ConversationId, Seq } from '../ids.ts'
import { ConversationId as ConversationIdSchema, Seq as SeqSchema } from '../ids.ts'

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

export function logDocumentName(conversation: ConversationId, segment: number): string {
  return `log/${conversation}/${segment}`
}

/** The inverse of `logDocumentName`, or `null` for any other name. */
export function parseLogDocumentName(name: string): { conversation: ConversationId; segment: number } | null {
  const [kind, conversation, segment, ...rest] = name.split('/')
  if (kind !== 'log' || rest.length > 0 || segment === undefined) return null
  if (!/^(0|[1-9]\d{0,8})$/.test(segment)) return null
  const id = ConversationIdSchema.safeParse(conversation)
  return id.success ? { conversation: id.data, segment: Number(segment) } : null
}
