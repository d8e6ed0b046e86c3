// Decisions about what waits in the outbox of one conversation, as pure functions. `records` are in order of writing.

import type { NewEntry } from '../../shared/conversation/entry.ts'
import { APPEND_MAX_ENTRIES, FRAME_MAX_BYTES } from '../../shared/limits.ts'
import type { AppendResult } from '../../shared/protocol/messages.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import { refusal } from '../../shared/protocol/refusal.ts'
import type { RefusalReason } from '../../shared/protocol/refusalReasons.ts'
import type { EntryId } from '../../shared/ids.ts'
import type { OutboxRecord } from './records.ts'

/** Room for the frame's own words around the entries. */
const BATCH_MAX_BYTES = FRAME_MAX_BYTES - 1024

/** In the words of its reason: all of them would be more than the first screen has room for. */
export const PARENT_REFUSED: Refusal = {
  ...refusal('reply-unknown', 'The message it is about was not sent. Retry that one first, or discard both.'),
  reason: 'about-unsent' satisfies RefusalReason,
}

/**
 * What to send next, oldest first, and which replies and annotations to refuse here: their message was refused, so the server
 * would not know it. One whose message still waits is fine: the server takes both in this order.
 */
export function nextBatch(records: readonly OutboxRecord[]): { send: OutboxRecord[]; refuse: OutboxRecord[] } {
  const refused = new Set(records.filter((record) => record.state.state === 'refused').map((record) => record.entry.id))
  const send: OutboxRecord[] = []
  const refuse: OutboxRecord[] = []
  let bytes = 0
  for (const record of records) {
    if (record.state.state !== 'pending') continue
    if (parentsOf(record.entry).some((parent) => refused.has(parent))) {
      refused.add(record.entry.id)
      refuse.push(withState(record, { state: 'refused', refusal: PARENT_REFUSED }))
      continue
    }
    bytes += sizeOf(record)
    if (send.length > 0 && (send.length === APPEND_MAX_ENTRIES || bytes > BATCH_MAX_BYTES)) break
    send.push(record)
  }
  return { send, refuse }
}

function parentsOf(entry: NewEntry): EntryId[] {
  const quoted = entry.kind === 'message' || entry.kind === 'reply' ? entry.body.replyTo : undefined
  return [...(entry.kind === 'message' ? [] : [entry.body.of]), ...(quoted === undefined ? [] : [quoted])]
}

/** What became of a batch. Results of the server may name entries that were discarded meanwhile: those are let go. */
export function settle(records: readonly OutboxRecord[], results: readonly AppendResult[]): { changed: OutboxRecord[]; retryAfter: number | null } {
  const byId = new Map<EntryId, OutboxRecord>(records.map((record) => [record.entry.id, record]))
  const changed: OutboxRecord[] = []
  let retryAfter: number | null = null
  for (const result of results) {
    const record = byId.get(result.id)
    if (record === undefined || record.state.state === 'stored') continue
    if ('seq' in result) changed.push(withState(record, { state: 'stored', seq: result.seq }))
    else if (result.refusal.retry) retryAfter = Math.max(retryAfter ?? 0, result.refusal.retryAfter ?? 0)
    else changed.push(withState(record, { state: 'refused', refusal: result.refusal }))
  }
  return { changed, retryAfter }
}

/** The whole request was refused for good: so is each entry in it. */
export function refuseAll(records: readonly OutboxRecord[], reason: Refusal): OutboxRecord[] {
  return records.map((record) => withState(record, { state: 'refused', refusal: reason }))
}

export function withState(record: OutboxRecord, state: OutboxRecord['state']): OutboxRecord {
  return { ...record, state }
}

export function compareRecords(a: OutboxRecord, b: OutboxRecord): number {
  // Two tabs may take the same number in the same moment; ids then decide, the same way everywhere.
  return a.order - b.order || (a.entry.id < b.entry.id ? -1 : a.entry.id > b.entry.id ? 1 : 0)
}

/** In a frame, with its comma. */
function sizeOf(record: OutboxRecord): number {
  return new TextEncoder().encode(JSON.stringify(record.entry)).byteLength + 1
}
