// What a reply does inside its commit besides being there: the thread is one longer, and has its followers.

import type { Seq } from '../../shared/ids.ts'
import type { Connection } from './connection.ts'

export function createThreadKeeping(connection: Connection) {
  const sql = prepareStatements(connection)
  return { replied }

  /** `isHistory`: of an import, so long ago that it is news to nobody. */
  function replied({ conversation, root, seq, author, isHistory }: Replied): void {
    // Once, so that its author can leave the thread for good.
    if (sql.begin.run(conversation, root).changes === 1) sql.followOwn.run(conversation, root)
    sql.longer.run(seq, conversation, root)
    sql.follow.run(author, conversation, root, seq, author, conversation)
    if (isHistory) sql.readByAll.run(seq, conversation, root)
  }
}

type Replied = { conversation: number; root: Seq; seq: Seq; author: number; isHistory: boolean }

function prepareStatements(connection: Connection) {
  return {
    begin: connection.prepare<[number, number]>('INSERT INTO threads (conversation_key, root, last_seq, replies) VALUES (?, ?, 0, 0) ON CONFLICT DO NOTHING'),
    longer: connection.prepare<[number, number, number]>('UPDATE threads SET last_seq = ?, replies = replies + 1 WHERE conversation_key = ? AND root = ?'),
    // Who is no member (any more) follows nothing, and comes back to nothing.
    followOwn: connection.prepare<[number, number]>(`
      INSERT INTO thread_members (user_key, conversation_key, root, read)
      SELECT author_key, conversation_key, seq, seq FROM entries e WHERE conversation_key = ? AND seq = ?
        AND EXISTS (SELECT 1 FROM members m WHERE m.user_key = e.author_key AND m.conversation_key = e.conversation_key)
      ON CONFLICT DO NOTHING`),
    // Whoever replies has read what they reply to.
    follow: connection.prepare<[number, number, number, number, number, number]>(`
      INSERT INTO thread_members (user_key, conversation_key, root, read)
      SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM members WHERE user_key = ? AND conversation_key = ?)
      ON CONFLICT DO UPDATE SET read = max(read, excluded.read)`),
    readByAll: connection.prepare<[number, number, number]>('UPDATE thread_members SET read = max(read, ?) WHERE conversation_key = ? AND root = ?'),
  }
}
