// Ids and entries for tests of this folder, readable in failures: the last digits count.

import type { Message, NewMessage } from '../../shared/conversation/entry.ts'
import { ConversationId, DeviceId, EntryId, Seq, UserId } from '../../shared/ids.ts'

function numbered(kind: string, number: number): string {
  return `${kind}-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export const lunch = ConversationId.parse(numbered('cccccccc', 1))
export const alice = UserId.parse(numbered('aaaaaaaa', 1))
export const bob = UserId.parse(numbered('aaaaaaaa', 2))
export const carol = UserId.parse(numbered('aaaaaaaa', 3))
export const device = DeviceId.parse(numbered('dddddddd', 1))

export function entryId(number: number): EntryId {
  return EntryId.parse(numbered('eeeeeeee', number))
}

export function newEntry(number: number, replyTo?: EntryId, text = `message ${number}`): NewMessage {
  return { id: entryId(number), at: 1_000 + number, kind: 'message', body: { text, ...(replyTo === undefined ? {} : { replyTo }) } }
}

export function stored(entry: NewMessage, seq: number, author: UserId): Message {
  const { id, at, kind, body } = entry
  return { id, seq: Seq.parse(seq), author, device, at, kind, body }
}
