// One row of an inbox, from what its conversation and its member keep: what it pays for its last message and its counts.

import type { InboxRow, LastEntry, NewsOfThread } from '../../shared/conversation/inbox.ts'
import { previewOf } from '../../shared/conversation/inbox.ts'
import type { Seq } from '../../shared/ids.ts'
import { PictureId } from '../../shared/ids.ts'
import { THREADS_UNREAD_MAX, UNREAD_MAX, UNREAD_SCAN_MAX } from '../../shared/limits.ts'
import { ENTRY_KIND_CODES, KIND_CODES, kindOf, roleOf } from './codes.ts'
import type { Connection } from './connection.ts'
import { createAsking } from './joinLinks.ts'
import { NO_THREAD, callsAfter } from './mention.ts'
import { fromBlob } from './uuid.ts'

export type InboxRows = {
  rowOf: (row: Row, same?: Same) => InboxRow
  sameFor: (row: Pick<Row, 'key' | 'last_message'>) => Same
  last: (conversation: number, seq: number) => LastEntry | undefined
}

export function createInboxRow(connection: Connection): InboxRows {
  const sql = prepareStatements(connection)
  const asking = createAsking(connection)
  return { rowOf, sameFor, last }

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

  function rowOf(row: Row, same: Same = sameFor(row)): InboxRow {
    const lastEntry = same.last()
    const whoAsks = row.kind === KIND_CODES.direct || row.role < row.inviters ? null : same.asking()
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

  function sameFor({ key, last_message }: Pick<Row, 'key' | 'last_message'>): Same {
    return { last: once(() => last(key, last_message)), asking: once(() => asking(key)) }
  }
}

export type Row = {
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
/** The same in the rows of all members of a conversation, looked up once. */
export type Same = { last: () => LastEntry | undefined; asking: () => InboxRow['asking'] | null }
type LastRow = { id: Buffer; author: Buffer; at: number; kind: number; body: string }

function once<T>(look: () => T): () => T {
  let found: { value: T } | undefined
  return () => (found ??= { value: look() }).value
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

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(connection: Connection) {
  return {
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
