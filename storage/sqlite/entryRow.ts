// Entry ⇄ row. What `commit` answers and what `read` returns later must be the same to the byte once encoded, because
// replicas are built from both: `commit` puts the keys in order before it writes.

import type { Edit, Entry, Reply } from '../../shared/conversation/entry.ts'
import type { DeviceId, UserId } from '../../shared/ids.ts'
import { entryKindOf } from './codes.ts'
import { fromBlob } from './uuid.ts'

export type EntryRow = { seq: number; author_key: number; device_key: number; at: number; kind: number; id: Buffer; body: string }

export function entryOf(row: EntryRow, author: UserId, device: DeviceId): Entry {
  return {
    id: fromBlob(row.id),
    // Only commit numbers entries, 1, 2, 3 …
    seq: row.seq as Entry['seq'],
    author,
    device,
    at: row.at,
    kind: entryKindOf(row.kind),
    body: JSON.parse(row.body) as unknown,
    // Written by commit from a parsed entry: the body is that of its kind.
  } as Entry
}

/** The body of an edit or a reply without what it said. */
export function stubJson(body: string): string {
  // Written by commit from one that was parsed, with its keys in order.
  const { of, target, thread } = JSON.parse(body) as Partial<Edit['body']> & (Edit['body'] | Reply['body'])
  return JSON.stringify({ of, target, ...(thread === undefined ? {} : { thread }), text: '' })
}
