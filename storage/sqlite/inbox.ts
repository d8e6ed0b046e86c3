// The inbox of one person. Appends write nothing per member, so `touched` of a row is the later of the conversation's and
// the member's; a page visits each of the person's memberships once (5,000 of them in some milliseconds) and only the rows
// it returns pay for their last message and their count.

import type { InboxRow, LastEntry, NewsOfThread } from '../../shared/conversation/inbox.ts'
import { previewOf } from '../../shared/conversation/inbox.ts'
import type { Seq } from '../../shared/ids.ts'
import { THREADS_UNREAD_MAX, UNREAD_MAX, UNREAD_SCAN_MAX } from '../../shared/limits.ts'
import { PictureId } from '../../shared/ids.ts'
import type { ConversationStore } from '../database.ts'
import { ENTRY_KIND_CODES, KIND_CODES, kindOf, roleOf } from './codes.ts'
import type { Connection } from './connection.ts'
import { createAsking } from './joinLinks.ts'
import { NO_THREAD, callsAfter } from './mention.ts'
import { fromBlob, toBlob } from './uuid.ts'

type Row = {
  key: number
  id: Buffer
  kind: number
  name: string
  role: number
  inviters: number
  member_count: number
  head: number
  last_message: number
  read: number
  touched: number
  user_key: number
  peer: Buffer | null
  picture: Buffer | null
}
type LastRow = { id: Buffer; author: Buffer; at: number; kind: number; body: string }

export function createInbox(connection: Connection): Pick<ConversationStore, 'inbox' | 'inboxRow' | 'departures' | 'last'> {
  const sql = prepareStatements(connection)
  const asking = createAsking(connection)

  function last(conversation: number, seq: number): LastEntry | undefined {
    const row = seq === 0 ? undefined : sql.entry.get(conversation, seq)
    if (row === undefined) return undefined
    const said = { id: fromBlob(row.id), author: fromBlob(row.author), at: row.at }
    if (row.kind === ENTRY_KIND_CODES.erased) return { ...said, preview: '', erased: true }
    const edited = sql.edited.get(conversation, seq)
    // Written by commit from a parsed body, which has a text in a message and in an edit.
    const { text } = JSON.parse(edited ?? row.body) as { text: string }
    return { ...said, preview: previewOf(text) }
  }

  function inboxRowOf(row: Row): InboxRow {
    const lastEntry = last(row.key, row.last_message)
    const whoAsks = row.kind === KIND_CODES.direct || row.role < row.inviters ? null : asking(row.key)
    const { count: mentions, called } = callsAfterRead(sql, row)
    return {
      conversation: fromBlob(row.id),
      kind: kindOf(row.kind),
      name: row.name,
      ...(row.picture === null ? {} : { picture: PictureId.parse(row.picture.toString('hex')) }),
      ...(row.peer === null ? {} : { peer: fromBlob(row.peer) }),
      role: roleOf(row.role),
      members: row.member_count,
      // Numbers that commit and join wrote.
      head: row.head as Seq,
      read: row.read as Seq,
      quiet: quietAfterRead(sql, row),
      mentions,
      ...(called === null ? {} : { called }),
      threads: sql.threads.all({ user: row.user_key, conversation: row.key }).map(newsOf),
      ...(lastEntry === undefined ? {} : { last: lastEntry }),
      ...(whoAsks === null ? {} : { asking: whoAsks }),
      touched: row.touched,
    }
  }

  return {
    inbox: (user, { since, before, limit }) =>
      connection.readMany(() => {
        // Nothing was touched before 0 or after the end of time.
        const [touched, conversation] = before === null ? [Number.MAX_SAFE_INTEGER, Buffer.alloc(0)] : [before.touched, toBlob(before.conversation)]
        return sql.page.all(toBlob(user), since ?? -1, touched, touched, conversation, limit).map(inboxRowOf)
      }),
    inboxRow: (user, conversation) =>
      connection.readMany(() => {
        const row = sql.row.get(toBlob(user), toBlob(conversation))
        return row === undefined ? null : inboxRowOf(row)
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

/** Counts what is unread, not what is quiet: that ends at the limit of the badge, however much there is. */
function quietAfterRead(sql: Statements, { key, head, read, user_key }: Row): number {
  if (read === head) return 0
  const unread = sql.unread.get(key, read, read + UNREAD_SCAN_MAX, user_key) ?? 0
  return unread === UNREAD_MAX ? 0 : head - read - unread
}

function callsAfterRead(sql: Statements, { key, head, read, user_key }: Row): { count: number; called: Seq | null } {
  return (read === head ? undefined : sql.calls.get({ user: user_key, conversation: key, read })) ?? { count: 0, called: null }
}

function newsOf({ root, last_seq, read, called }: ThreadRow): NewsOfThread {
  return { root, last: called !== null && (last_seq <= read || called > last_seq) ? called : last_seq, ...(called === null ? {} : { called }) }
}

type ThreadRow = { root: Seq; last_seq: Seq; read: Seq; called: Seq | null }

const BEFORE_ALL = Buffer.alloc(0)

type Statements = ReturnType<typeof prepareStatements>

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
    departures: connection.prepare<[Buffer, number, number, Buffer, number], { id: Buffer; touched: number }>(`
      SELECT c.id, d.touched FROM departures d JOIN conversations c ON c.key = d.conversation_key
      WHERE d.user_key = (SELECT key FROM users WHERE id = ?) AND d.touched > ? AND (d.touched, c.id) > (?, ?)
      ORDER BY d.touched, c.id LIMIT ?`),
    lastMessage: connection.prepare<[Buffer], { key: number; last_message: number }>('SELECT key, last_message FROM conversations WHERE id = ?'),
    entry: connection.prepare<[number, number], LastRow>(`
      SELECT id, (SELECT id FROM users WHERE key = author_key) AS author, at, kind, body FROM entries WHERE conversation_key = ? AND seq = ?`),
    edited: connection
      .prepare<[number, number], string>(`
        SELECT body FROM entries WHERE (conversation_key, seq) = (
          SELECT conversation_key, seq FROM annotations WHERE conversation_key = ? AND target = ? AND kind = ${ENTRY_KIND_CODES.edit}
          ORDER BY seq DESC LIMIT 1)`)
      .pluck(),
    calls: connection.prepare<[{ user: number; conversation: number; read: number }], { count: number; called: Seq | null }>(`
      SELECT count(*) AS count, max(seq) AS called FROM (
        ${callsAfter({ conversation: ':conversation', thread: String(NO_THREAD), read: ':read', person: ':user' })} LIMIT ${UNREAD_MAX})`),
    // Whether it calls this person is looked up only for threads in which something new calls anybody.
    threads: connection.prepare<[{ user: number; conversation: number }], ThreadRow>(`
      SELECT root, last_seq, read, called FROM (
        SELECT f.root, f.read, t.last_seq, CASE WHEN t.last_call > f.read THEN (
          SELECT max(seq) FROM (${callsAfter({ conversation: ':conversation', thread: 'f.root', read: 'f.read', person: ':user' })})
        ) END AS called
        FROM thread_members f
        CROSS JOIN threads t ON t.conversation_key = f.conversation_key AND t.root = f.root AND (t.last_seq > f.read OR t.last_call > f.read)
        WHERE f.user_key = :user AND f.conversation_key = :conversation
      )
      WHERE last_seq > read OR called IS NOT NULL
      ORDER BY max(last_seq, coalesce(called, 0)) DESC LIMIT ${THREADS_UNREAD_MAX}`),
    // A parameter in LIMIT would have the statement compiled anew on each run.
    unread: connection
      .prepare<[number, number, number, number], number>(`
        SELECT count(*) FROM (
          SELECT 1 FROM entries
          WHERE conversation_key = ? AND seq > ? AND seq <= ? AND author_key <> ? AND kind IN (${ENTRY_KIND_CODES.message}, ${ENTRY_KIND_CODES.erased}) LIMIT ${UNREAD_MAX}
        )`)
      .pluck(),
  }
}
