// Entry ⇄ row. What `commit` answers and what `read` returns later must be the same to the byte once encoded, because
// replicas are built from both: the order of keys is fixed here, not by what a client sent.

import type { Entry } from '../../shared/conversation/entry.ts'
import type { DeviceId, UserId } from '../../shared/ids.ts'
import { entryKindOf } from './codes.ts'
import { fromBlob } from './uuid.ts'

export type EntryRow = { seq: number; author_key: number; device_key: number; at: number; kind: number; id: Buffer; body: string }

export function orderedBody({ text, replyTo, style }: Entry['body']): Entry['body'] {
  return { text, ...(replyTo === undefined ? {} : { replyTo }), ...(style === undefined ? {} : { style }) }
}

export function entryOf(row: EntryRow, author: UserId, device: DeviceId): Entry {
  return {
    id: fromBlob(row.id),
    // Only commit numbers entries, 1, 2, 3 …
    seq: row.seq as Entry['seq'],
    author,
    device,
    at: row.at,
    kind: entryKindOf(row.kind),
    // Written by commit from a parsed body.
    body: JSON.parse(row.body) as Entry['body'],
  }
}
