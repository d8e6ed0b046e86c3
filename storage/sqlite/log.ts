// The log as it is read; how it is written is in commit.ts.

import type Sqlite from 'better-sqlite3'
import type { Annotation, Entry } from '../../shared/conversation/entry.ts'
import type { Seq } from '../../shared/ids.ts'
import { ANNOTATIONS_PAGE } from '../../shared/limits.ts'
import type { LogStore } from '../database.ts'
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
      connection.readMany(() => entriesOf(sql, sql.annotations.all(toBlob(conversation), first, last, after)) as Annotation[]),
    find: (conversation, id) => connection.read(() => sql.find.get(toBlob(id), toBlob(conversation)) ?? null),
  }
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
    // A parameter in LIMIT would have the statement compiled anew on each run.
    annotations: connection.prepare<[Buffer, number, number, number], EntryRow>(`
      SELECT e.seq, author_key, device_key, at, e.kind, id, body FROM annotations a
      CROSS JOIN entries e ON e.conversation_key = a.conversation_key AND e.seq = a.seq
      WHERE a.conversation_key = (SELECT key FROM conversations WHERE id = ?) AND a.target BETWEEN ? AND ? AND a.seq > ?
      ORDER BY a.seq LIMIT ${ANNOTATIONS_PAGE}`),
    find: connection
      .prepare<[Buffer, Buffer], Seq>('SELECT seq FROM entries WHERE id = ? AND conversation_key = (SELECT key FROM conversations WHERE id = ?)')
      .pluck(),
    userId: connection.prepare<[number], Buffer>('SELECT id FROM users WHERE key = ?').pluck(),
    deviceId: connection.prepare<[number], Buffer>('SELECT id FROM devices WHERE key = ?').pluck(),
  }
}
