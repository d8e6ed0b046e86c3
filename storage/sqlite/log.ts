// The log as it is read; how it is written is in commit.ts.

import type Sqlite from 'better-sqlite3'
import type { Annotation, Entry, Erase, Event } from '../../shared/conversation/entry.ts'
import type { Seq } from '../../shared/ids.ts'
import { ANNOTATIONS_PAGE, CONTROL_PAGE } from '../../shared/limits.ts'
import type { LogStore } from '../database.ts'
import { ENTRY_KIND_CODES } from './codes.ts'
import { createCommit } from './commit.ts'
import type { Connection } from './connection.ts'
import { entryOf } from './entryRow.ts'
import type { EntryRow } from './entryRow.ts'
import { fromBlob, toBlob } from './uuid.ts'

export function createLogStore(connection: Connection): LogStore {
  const sql = prepareStatements(connection)
  return {
    commit: createCommit(connection),
    head: (conversation) => connection.read(() => sql.head.get(toBlob(conversation)) ?? (0 as Seq)),
    read: (conversation, first, last) => connection.readMany(() => entriesOf(sql, sql.range.all(toBlob(conversation), first, last))),
    annotations: (conversation, first, last, after) =>
      // Only annotations are in that table.
      connection.readMany(() => entriesOf(sql, sql.annotations.all({ conversation: toBlob(conversation), first, last, after })) as Annotation[]),
    generation: (conversation, segment) => connection.read(() => sql.generation.get(toBlob(conversation), segment) ?? 0),
    control: (conversation, after) =>
      // Only events and erasures are in that table.
      connection.readMany(() => entriesOf(sql, sql.control.all(toBlob(conversation), after)) as (Erase | Event)[]),
    pinned: (conversation, limit) =>
      connection.readMany(() =>
        sql.pinned.all(toBlob(conversation), limit).flatMap(({ key, target, seq }) => {
          const [message, pin] = entriesOf(sql, [target, seq].flatMap((one) => sql.at.get(key, one) ?? []))
          return message === undefined || pin === undefined ? [] : [{ entry: asEdited(message, sql.lastEdit.get(key, target)), by: pin.author, at: pin.at }]
        }),
      ),
    asItReads: (conversation, seqs) =>
      connection.readMany(() => {
        const key = sql.key.get(toBlob(conversation))
        if (key === undefined) return []
        return seqs.flatMap((seq) => entriesOf(sql, sql.at.all(key, seq)).map((entry) => asEdited(entry, sql.lastEdit.get(key, seq))))
      }),
    erasures: (user, { touched, conversation, target }, limit) =>
      connection.read(() =>
        sql.erasures
          .all(touched, toBlob(user), touched, conversation === null ? BEFORE_ALL : toBlob(conversation), target, limit)
          .map((row) => ({ conversation: fromBlob(row.id), target: row.target, touched: row.touched })),
      ),
    find: (conversation, id) => connection.read(() => sql.find.get(toBlob(id), toBlob(conversation)) ?? null),
  }
}

const BEFORE_ALL = Buffer.alloc(0)

function asEdited(said: Entry, edit: string | undefined): Entry {
  if (edit === undefined) return said
  // Written by commit from a parsed edit.
  const { text } = JSON.parse(edit) as { text: string }
  if (said.kind === 'reply') return { ...said, body: { ...said.body, text } }
  return said.kind === 'message' ? { ...said, body: { ...said.body, text } } : said
}

function entriesOf(sql: Statements, rows: readonly EntryRow[]): Entry[] {
  // A range has few authors and devices: each is looked up once.
  const author = remembering(sql.userId)
  const device = remembering(sql.deviceId)
  return rows.map((row) => entryOf(row, author(row.author_key), device(row.device_key)))
}

/** Remembers what it looked up. */
function remembering(statement: Sqlite.Statement<[number], Buffer>): (key: number) => ReturnType<typeof fromBlob> {
  const known = new Map<number, ReturnType<typeof fromBlob>>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const blob = statement.get(key)
    if (blob === undefined) throw new Error(`An entry refers to a row that is missing: ${key}.`)
    const id = fromBlob(blob)
    known.set(key, id)
    return id
  }
}

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(connection: Connection) {
  return {
    head: connection.prepare<[Buffer], Seq>('SELECT head FROM conversations WHERE id = ?').pluck(),
    range: connection.prepare<[Buffer, number, number], EntryRow>(`
      SELECT seq, author_key, device_key, at, kind, id, body FROM entries
      WHERE conversation_key = (SELECT key FROM conversations WHERE id = ?) AND seq BETWEEN ? AND ? ORDER BY seq`),
    key: connection.prepare<[Buffer], number>('SELECT key FROM conversations WHERE id = ?').pluck(),
    // Of the messages, and of the replies to them. A parameter in LIMIT would have the statement compiled anew on each run.
    annotations: connection.prepare<[{ conversation: Buffer; first: number; last: number; after: number }], EntryRow>(`
      WITH said AS (
        SELECT conversation_key, seq, kind FROM annotations
        WHERE conversation_key = (SELECT key FROM conversations WHERE id = :conversation) AND target BETWEEN :first AND :last
      )
      SELECT e.seq, author_key, device_key, at, e.kind, id, body FROM (
        SELECT conversation_key, seq FROM said WHERE seq > :after
        UNION
        SELECT a.conversation_key, a.seq FROM said CROSS JOIN annotations a
          ON a.conversation_key = said.conversation_key AND a.target = said.seq AND a.seq > :after
        WHERE said.kind = ${ENTRY_KIND_CODES.reply}
      ) a
      CROSS JOIN entries e ON e.conversation_key = a.conversation_key AND e.seq = a.seq
      ORDER BY a.seq LIMIT ${ANNOTATIONS_PAGE}`),
    generation: connection
      .prepare<[Buffer, number], number>('SELECT stubs FROM generations WHERE conversation_key = (SELECT key FROM conversations WHERE id = ?) AND segment = ?')
      .pluck(),
    control: connection.prepare<[Buffer, number], EntryRow>(`
      SELECT e.seq, author_key, device_key, at, kind, id, body FROM control c
      CROSS JOIN entries e ON e.conversation_key = c.conversation_key AND e.seq = c.seq
      WHERE c.conversation_key = (SELECT key FROM conversations WHERE id = ?) AND c.seq > ? ORDER BY c.seq LIMIT ${CONTROL_PAGE}`),
    pinned: connection.prepare<[Buffer, number], { key: number; target: number; seq: number }>(`
      SELECT conversation_key AS key, target, seq FROM pins
      WHERE conversation_key = (SELECT key FROM conversations WHERE id = ?) ORDER BY seq DESC LIMIT ?`),
    at: connection.prepare<[number, number], EntryRow>(
      'SELECT seq, author_key, device_key, at, kind, id, body FROM entries WHERE conversation_key = ? AND seq = ?',
    ),
    lastEdit: connection
      .prepare<[number, number], string>(`
        SELECT body FROM entries WHERE (conversation_key, seq) = (
          SELECT conversation_key, seq FROM annotations WHERE conversation_key = ? AND target = ? AND kind = ${ENTRY_KIND_CODES.edit}
          ORDER BY seq DESC LIMIT 1)`)
      .pluck(),
    // From the person's memberships: what is erased elsewhere costs them nothing.
    erasures: connection.prepare<[number, Buffer, number, Buffer, number, number], { id: Buffer; target: Seq; touched: number }>(`
      SELECT c.id, e.target, e.touched FROM members m
      CROSS JOIN erasures e ON e.conversation_key = m.conversation_key AND e.touched >= ?
      CROSS JOIN conversations c ON c.key = m.conversation_key
      WHERE m.user_key = (SELECT key FROM users WHERE id = ?) AND (e.touched, c.id, e.target) > (?, ?, ?)
      ORDER BY e.touched, c.id, e.target LIMIT ?`),
    find: connection
      .prepare<[Buffer, Buffer], Seq>('SELECT seq FROM entries WHERE id = ? AND conversation_key = (SELECT key FROM conversations WHERE id = ?)')
      .pluck(),
    userId: connection.prepare<[number], Buffer>('SELECT id FROM users WHERE key = ?').pluck(),
    deviceId: connection.prepare<[number], Buffer>('SELECT id FROM devices WHERE key = ?').pluck(),
  }
}
