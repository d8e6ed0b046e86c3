// The inbox of one person. Appends write nothing per member, so `touched` of a row is the later of the conversation's and
// the member's; a page visits each of the person's memberships once (5,000 of them in some milliseconds) and only the rows
// it returns pay for their last message and their count.

import type { ConversationStore } from '../database.ts'
import type { Connection } from './connection.ts'
import type { Row } from './inboxRow.ts'
import { createInboxRow } from './inboxRow.ts'
import { fromBlob, toBlob } from './uuid.ts'

export function createInbox(connection: Connection): Pick<ConversationStore, 'inbox' | 'inboxRow' | 'inboxRows' | 'departures' | 'last'> {
  const sql = prepareStatements(connection)
  const { rowOf, sameFor, last } = createInboxRow(connection)

  return {
    inbox: (user, { since, before, limit }) =>
      connection.readMany(() => {
        // Nothing was touched before 0 or after the end of time.
        const [touched, conversation] = before === null ? [Number.MAX_SAFE_INTEGER, Buffer.alloc(0)] : [before.touched, toBlob(before.conversation)]
        return sql.page.all(toBlob(user), since ?? -1, touched, touched, conversation, limit).map((row) => rowOf(row))
      }),
    inboxRow: (user, conversation) =>
      connection.readMany(() => {
        const row = sql.row.get(toBlob(user), toBlob(conversation))
        return row === undefined ? null : rowOf(row)
      }),
    inboxRows: (conversation, users) =>
      connection.readMany(() => {
        const rows = sql.rows.all(JSON.stringify(users.map((user) => toBlob(user).toString('hex'))), toBlob(conversation))
        const [first] = rows
        const same = first === undefined ? undefined : sameFor(first)
        return rows.map(({ user, ...row }) => ({ user: fromBlob(user), row: rowOf(row, same) }))
      }),
    departures: (user, { since, after, limit }) =>
      connection.read(() => {
        const [touched, conversation] = after === null ? [since, BEFORE_ALL] : [after.touched, toBlob(after.conversation)]
        return sql.departures.all(toBlob(user), since, touched, conversation, limit).map((row) => ({ conversation: fromBlob(row.id), touched: row.touched }))
      }),
    last: (conversation) =>
      connection.readMany(() => {
        const row = sql.lastMessage.get(toBlob(conversation))
        return row === undefined ? null : (last(row.key, row.last_message) ?? null)
      }),
  }
}

const BEFORE_ALL = Buffer.alloc(0)

function prepareStatements(connection: Connection) {
  const row = `
    c.key, c.id, c.kind, c.name, m.role, c.member_count, c.inviters, c.head, c.last_message, m.read, max(c.touched, m.touched) AS touched, m.user_key`
  // Looked up for the rows of the page only: in the select list of an ordered query it would run for each candidate.
  const added = `
    (SELECT id FROM users WHERE key = (
      SELECT CASE creator_key WHEN page.user_key THEN peer_key ELSE creator_key END FROM conversations c WHERE c.key = page.key AND kind = 0
    )) AS peer,
    (SELECT picture FROM picture_owners WHERE owner = page.id) AS picture`
  return {
    page: connection.prepare<[Buffer, number, number, number, Buffer, number], Row>(`
      WITH page AS MATERIALIZED (
        SELECT ${row} FROM members m CROSS JOIN conversations c ON c.key = m.conversation_key
        WHERE m.user_key = (SELECT key FROM users WHERE id = ?)
          AND max(c.touched, m.touched) > ?
          AND (max(c.touched, m.touched) < ? OR (max(c.touched, m.touched) = ? AND c.id > ?))
        ORDER BY touched DESC, c.id LIMIT ?
      )
      SELECT page.*, ${added} FROM page ORDER BY touched DESC, id`),
    row: connection.prepare<[Buffer, Buffer], Row>(`
      WITH page AS (
        SELECT ${row} FROM members m CROSS JOIN conversations c ON c.key = m.conversation_key
        WHERE m.user_key = (SELECT key FROM users WHERE id = ?) AND m.conversation_key = (SELECT key FROM conversations WHERE id = ?)
      )
      SELECT page.*, ${added} FROM page`),
    rows: connection.prepare<[string, Buffer], Row & { user: Buffer }>(`
      WITH page AS (
        SELECT u.id AS user, ${row} FROM conversations c CROSS JOIN json_each(?) AS asked CROSS JOIN users u ON u.id = unhex(asked.value)
        CROSS JOIN members m ON m.user_key = u.key AND m.conversation_key = c.key WHERE c.id = ?
      )
      SELECT page.*, ${added} FROM page`),
    departures: connection.prepare<[Buffer, number, number, Buffer, number], { id: Buffer; touched: number }>(`
      SELECT c.id, d.touched FROM departures d JOIN conversations c ON c.key = d.conversation_key
      WHERE d.user_key = (SELECT key FROM users WHERE id = ?) AND d.touched > ? AND (d.touched, c.id) > (?, ?)
      ORDER BY d.touched, c.id LIMIT ?`),
    lastMessage: connection.prepare<[Buffer], { key: number; last_message: number }>('SELECT key, last_message FROM conversations WHERE id = ?'),
  }
}
