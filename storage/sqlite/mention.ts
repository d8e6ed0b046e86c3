// Whom a message calls, noted inside the transaction that stores it. Most call nobody and cost nothing.

import type { MessageBody } from '../../shared/conversation/entry.ts'
import type { Seq } from '../../shared/ids.ts'
import type { Connection } from './connection.ts'
import { toBlob } from './uuid.ts'

/** Stands for everyone who is in the conversation. */
export const EVERYONE_KEY = 0

export function createMention(connection: Connection): (body: MessageBody, conversation: number, seq: Seq) => void {
  const one = connection.prepare<[number, number, Buffer]>(`
    INSERT INTO mentions (user_key, conversation_key, seq)
    SELECT user_key, conversation_key, ? FROM members WHERE conversation_key = ? AND user_key = (SELECT key FROM users WHERE id = ?)`)
  const all = connection.prepare<[number, number]>(`INSERT INTO mentions (user_key, conversation_key, seq) VALUES (${EVERYONE_KEY}, ?, ?)`)
  return ({ mentions, mentionsAll }, conversation, seq) => {
    if (mentions !== undefined) for (const user of new Set(mentions)) one.run(seq, conversation, toBlob(user))
    if (mentionsAll === true) all.run(conversation, seq)
  }
}
