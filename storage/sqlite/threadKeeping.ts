// What a reply does inside its commit besides being there: the thread is one longer, and has its followers; and that who is
// called in a thread follows it.

import type { Calling } from '../../shared/conversation/entry.ts'
import type { Seq } from '../../shared/ids.ts'
import type { Connection } from './connection.ts'
import { toBlob } from './uuid.ts'

export function createThreadKeeping(connection: Connection) {
  const sql = prepareStatements(connection)
  return { replied, called }

  /** `isHistory`: of an import, so long ago that it is news to nobody. */
  function replied({ conversation, root, seq, author, called: by, isHistory }: Replied): void {
    // Once, so that its author can leave the thread for good.
    if (sql.begin.run(conversation, root).changes === 1) sql.followOwn.run(conversation, root)
    sql.longer.run(seq, conversation, root)
    sql.follow.run(author, conversation, root, seq, author, conversation)
    drawIn(by, conversation, root, seq)
    if (isHistory) sql.readByAll.run(seq, conversation, root)
  }

  /** By an edit of a reply, for the first time: it is news to them, wherever the reply stands. */
  function called({ conversation, root, seq, called: by, isHistory }: Omit<Replied, 'author'>): void {
    drawIn(by, conversation, root, seq)
    if (isHistory) sql.readByAll.run(seq, conversation, root)
  }

  /** Whoever is called follows, also who left; new to those who did not is this alone. */
  function drawIn({ mentions, mentionsAll }: Calling, conversation: number, root: Seq, seq: Seq): void {
    if (mentions === undefined && mentionsAll !== true) return
    sql.lastCall.run(seq, conversation, root)
    for (const user of new Set(mentions ?? [])) sql.drawIn.run(root, seq - 1, conversation, toBlob(user))
    if (mentionsAll === true) sql.drawInAll.run(root, seq - 1, conversation)
  }
}

type Replied = { conversation: number; root: Seq; seq: Seq; author: number; called: Calling; isHistory: boolean }

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
    lastCall: connection.prepare<[number, number, number]>('UPDATE threads SET last_call = ? WHERE conversation_key = ? AND root = ?'),
    drawIn: connection.prepare<[number, number, number, Buffer]>(`
      INSERT INTO thread_members (user_key, conversation_key, root, read)
      SELECT user_key, conversation_key, ?, ? FROM members WHERE conversation_key = ? AND user_key = (SELECT key FROM users WHERE id = ?)
      ON CONFLICT DO NOTHING`),
    // Every row of a reply that calls all is paid for by its author's rate (MENTION_ALL_COST).
    drawInAll: connection.prepare<[number, number, number]>(`
      INSERT INTO thread_members (user_key, conversation_key, root, read)
      SELECT user_key, conversation_key, ?, ? FROM members WHERE conversation_key = ?
      ON CONFLICT DO NOTHING`),
    readByAll: connection.prepare<[number, number, number]>('UPDATE thread_members SET read = max(read, ?) WHERE conversation_key = ? AND root = ?'),
  }
}
