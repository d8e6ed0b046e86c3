// Erasure inside a transaction: of a message, or a reply, and its edits only stubs remain, and of its copies in reports that
// are resolved nothing. The file is opened with secure_delete, so what they said is overwritten with zeros where it stood;
// in the write-ahead log it goes with a checkpoint soon after (checkpoints.ts).

import { stubJson } from './entryRow.ts'
import { segmentOf } from '../../shared/conversation/segment.ts'
import type { Seq } from '../../shared/ids.ts'
import { ENTRY_KIND_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import { createReportCopies } from './reportCopies.ts'

export function createErasure(connection: Connection) {
  const sql = prepareStatements(connection)
  const copies = createReportCopies(connection)
  return { erase, countStub }

  /** Once: a message that is erased already stays as it is. False: it was. */
  function erase(conversation: number, target: Seq, touched: number): boolean {
    if (sql.eraseMessage.run(conversation, target).changes === 0 && !eraseReply(conversation, target)) return false
    countStub(conversation, target)
    for (const { seq, body } of sql.edits.all(conversation, target)) {
      sql.leave.run(stubJson(body), conversation, seq)
      countStub(conversation, seq)
    }
    sql.forgetEdits.run(conversation, target)
    sql.unpin.run(conversation, target)
    sql.erased.run(conversation, touched, target)
    copies.erased(conversation, target)
    connection.erased()
    return true
  }

  /** It keeps its place in the thread, which stays as it is. */
  function eraseReply(conversation: number, target: Seq): boolean {
    const body = sql.reply.get(conversation, target)
    if (body === undefined) return false
    sql.leave.run(stubJson(body), conversation, target)
    sql.oneReplyLess.run(conversation, target, conversation)
    return true
  }

  /** The segment that this entry stands in is another generation. */
  function countStub(conversation: number, seq: Seq): void {
    sql.countStub.run(conversation, segmentOf(seq))
  }
}

function prepareStatements(connection: Connection) {
  const { message, edit, erased, reply } = ENTRY_KIND_CODES
  const edits = `FROM annotations WHERE conversation_key = ? AND target = ? AND kind = ${edit}`
  return {
    eraseMessage: connection.prepare<[number, number]>(
      `UPDATE entries SET kind = ${erased}, body = '{}' WHERE conversation_key = ? AND seq = ? AND kind = ${message}`,
    ),
    edits: connection.prepare<[number, number], { seq: Seq; body: string }>(
      `SELECT seq, body FROM entries WHERE (conversation_key, seq) IN (SELECT conversation_key, seq ${edits})`,
    ),
    reply: connection
      .prepare<[number, number], string>(`SELECT body FROM entries WHERE conversation_key = ? AND seq = ? AND kind = ${reply} AND body ->> 'text' <> ''`)
      .pluck(),
    oneReplyLess: connection.prepare<[number, number, number]>(`
      UPDATE threads SET replies = replies - 1
      WHERE root = (SELECT body ->> 'target' FROM entries WHERE conversation_key = ? AND seq = ?) AND conversation_key = ?`),
    leave: connection.prepare<[string, number, number]>('UPDATE entries SET body = ? WHERE conversation_key = ? AND seq = ?'),
    forgetEdits: connection.prepare<[number, number]>(`DELETE ${edits}`),
    unpin: connection.prepare<[number, number]>('DELETE FROM pins WHERE conversation_key = ? AND target = ?'),
    countStub: connection.prepare<[number, number]>(`
      INSERT INTO generations (conversation_key, segment, stubs) VALUES (?, ?, 1)
      ON CONFLICT (conversation_key, segment) DO UPDATE SET stubs = stubs + 1`),
    erased: connection.prepare<[number, number, number]>('INSERT INTO erasures (conversation_key, touched, target) VALUES (?, ?, ?)'),
  }
}
