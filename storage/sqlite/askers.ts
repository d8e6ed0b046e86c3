// Those who ask to be let in: what becomes of it, within the transaction that decides.

import type { UserId } from '../../shared/ids.ts'
import type { Connection } from './connection.ts'
import { toBlob } from './uuid.ts'

export type Askers = {
  /** They find it when they come back. False when they did not ask. */
  decline(conversation: number, user: UserId): boolean
  /** They are in: nothing is asked, or answered, any more. */
  letIn(conversation: number, user: UserId): void
}

export function createAskers(connection: Connection): Askers {
  const one = 'conversation_key = ? AND user_key = (SELECT key FROM users WHERE id = ?)'
  const sql = {
    asksNoMore: connection.prepare<[number, Buffer]>(`DELETE FROM join_requests WHERE ${one}`),
    declined: connection.prepare<[number, Buffer]>('INSERT INTO declined_requests (conversation_key, user_key) SELECT ?, key FROM users WHERE id = ? ON CONFLICT DO NOTHING'),
    forget: connection.prepare<[number, Buffer]>(`DELETE FROM declined_requests WHERE ${one}`),
  }
  return {
    decline: (conversation, user) => {
      if (sql.asksNoMore.run(conversation, toBlob(user)).changes === 0) return false
      sql.declined.run(conversation, toBlob(user))
      return true
    },
    letIn: (conversation, user) => {
      sql.asksNoMore.run(conversation, toBlob(user))
      sql.forget.run(conversation, toBlob(user))
    },
  }
}
