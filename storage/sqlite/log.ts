// The log: numbering, idempotency and reading. `commit` is the hot path of the whole system; per entry it is one INSERT,
// and a second statement only for a reply or when the id is already there.

import type Sqlite from 'better-sqlite3'
import type { Entry, NewEntry } from '../../shared/conversation/entry.ts'
import type { ConversationId, DeviceId, Seq } from '../../shared/ids.ts'
import type { CommitOutcome, CommitRequest, LogStore } from '../database.ts'
import { ENTRY_KIND_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import { entryOf, orderedBody } from './entryRow.ts'
import type { EntryRow } from './entryRow.ts'
import { fromBlob, toBlob } from './uuid.ts'

type EntryOutcome = Extract<CommitOutcome, { type: 'committed' }>['results'][number]
/** Where the entries of one request go. */
type Place = { conversation: number; head: number; author: number }

export function createLogStore(connection: Connection): LogStore {
  const sql = prepareStatements(connection)

  function commitRequest(request: CommitRequest, tick: () => number): CommitOutcome {
    const place = (request.trusted === true ? sql.placeOfTrusted : sql.placeOfMember).get(toBlob(request.author), toBlob(request.conversation))
    if (place === undefined) return sentAgain(request)
    const device = deviceKey(request.device)
    const before = place.head
    const results = request.entries.map((entry) => commitEntry(request, place, device, entry))
    if (place.head > before) sql.advance.run(place.head, tick(), place.conversation)
    return { type: 'committed', head: place.head as Seq, results }
  }

  /** From somebody who is no member: numbers nothing, and answers what was stored while they were one. */
  function sentAgain(request: CommitRequest): CommitOutcome {
    const place = sql.placeOfTrusted.get(toBlob(request.author), toBlob(request.conversation))
    if (place === undefined) return { type: 'not-member' }
    const results = request.entries.map(({ id, kind, body }): EntryOutcome => {
      const seq = sql.sameEntry.get(toBlob(id), place.conversation, place.author, ENTRY_KIND_CODES[kind], JSON.stringify(orderedBody(body)))
      return seq === undefined ? { type: 'not-member', id } : { type: 'duplicate', id, seq }
    })
    if (results.every(({ type }) => type === 'not-member')) return { type: 'not-member' }
    return { type: 'committed', head: place.head as Seq, results }
  }

  /** Moves `place.head` on when it stores. */
  function commitEntry(request: CommitRequest, place: Place, device: number, entry: NewEntry): EntryOutcome {
    const body = orderedBody(entry.body)
    const json = JSON.stringify(body)
    const id = toBlob(entry.id)
    const kind = ENTRY_KIND_CODES[entry.kind]
    if (body.replyTo !== undefined && sql.seqOf.get(toBlob(body.replyTo), place.conversation) === undefined) {
      // Had this very entry been stored before, the one it answers would be there too.
      const type = sql.seqOf.get(id, place.conversation) === undefined ? 'reply-unknown' : 'id-conflict'
      return { type, id: entry.id }
    }
    // The next number in the log.
    const seq = (place.head + 1) as Seq
    const at = request.trusted === true ? entry.at : Math.min(entry.at, request.now)
    const { changes } = sql.insert.run(place.conversation, seq, place.author, device, at, kind, id, json)
    if (changes === 1) {
      place.head = seq
      return { type: 'stored', entry: { id: entry.id, seq, author: request.author, device: request.device, at, kind: entry.kind, body } }
    }
    const same = sql.sameEntry.get(id, place.conversation, place.author, kind, json)
    return same === undefined ? { type: 'id-conflict', id: entry.id } : { type: 'duplicate', id: entry.id, seq: same }
  }

  function deviceKey(device: DeviceId): number {
    const id = toBlob(device)
    const key = sql.device.get(id)
    // SQLite's keys are far below 2^53.
    return key ?? Number(sql.insertDevice.run(id).lastInsertRowid)
  }

  return {
    commit(requests) {
      return connection.write(() => {
        let touched: number | undefined
        const now = requests.reduce((latest, request) => Math.max(latest, request.now), 0)
        return requests.map((request) => commitRequest(request, () => (touched ??= connection.tick(now))))
      })
    },
    head: (conversation) => connection.read(() => sql.head.get(toBlob(conversation)) ?? (0 as Seq)),
    read: (conversation, first, last) => connection.readMany(() => readEntries(sql, conversation, first, last)),
    find: (conversation, id) => connection.read(() => sql.find.get(toBlob(id), toBlob(conversation)) ?? null),
  }
}

function readEntries(sql: Statements, conversation: ConversationId, first: Seq, last: Seq): Entry[] {
  // A range has few authors and devices: each is looked up once.
  const author = remembering(sql.userId)
  const device = remembering(sql.deviceId)
  return sql.range.all(toBlob(conversation), first, last).map((row) => entryOf(row, author(row.author_key), device(row.device_key)))
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

// SQLite compiles a statement anew on each run when it joins tables by parameters or has one in LIMIT (its planner looks at
// the values), which costs ten times the run itself. So what runs for every entry is written with subqueries.
function prepareStatements(connection: Connection) {
  return {
    placeOfMember: connection.prepare<[Buffer, Buffer], Place>(`
      SELECT conversation_key AS conversation, user_key AS author, (SELECT head FROM conversations WHERE key = conversation_key) AS head
      FROM members WHERE user_key = (SELECT key FROM users WHERE id = ?) AND conversation_key = (SELECT key FROM conversations WHERE id = ?)`),
    placeOfTrusted: connection.prepare<[Buffer, Buffer], Place>(`
      SELECT conversations.key AS conversation, author, head FROM (SELECT key AS author FROM users WHERE id = ?), conversations WHERE id = ?`),
    insert: connection.prepare<[number, number, number, number, number, number, Buffer, string]>(`
      INSERT INTO entries (conversation_key, seq, author_key, device_key, at, kind, id, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id, conversation_key) DO NOTHING`),
    sameEntry: connection
      .prepare<[Buffer, number, number, number, string], Seq>(
        'SELECT seq FROM entries WHERE id = ? AND conversation_key = ? AND author_key = ? AND kind = ? AND body = ?',
      )
      .pluck(),
    seqOf: connection.prepare<[Buffer, number], Seq>('SELECT seq FROM entries WHERE id = ? AND conversation_key = ?').pluck(),
    advance: connection.prepare<[number, number, number]>('UPDATE conversations SET head = ?, touched = ? WHERE key = ?'),
    device: connection.prepare<[Buffer], number>('SELECT key FROM devices WHERE id = ?').pluck(),
    insertDevice: connection.prepare<[Buffer]>('INSERT INTO devices (id) VALUES (?)'),
    head: connection.prepare<[Buffer], Seq>('SELECT head FROM conversations WHERE id = ?').pluck(),
    range: connection.prepare<[Buffer, number, number], EntryRow>(`
      SELECT seq, author_key, device_key, at, kind, id, body FROM entries
      WHERE conversation_key = (SELECT key FROM conversations WHERE id = ?) AND seq BETWEEN ? AND ? ORDER BY seq`),
    find: connection
      .prepare<[Buffer, Buffer], Seq>('SELECT seq FROM entries WHERE id = ? AND conversation_key = (SELECT key FROM conversations WHERE id = ?)')
      .pluck(),
    userId: connection.prepare<[number], Buffer>('SELECT id FROM users WHERE key = ?').pluck(),
    deviceId: connection.prepare<[number], Buffer>('SELECT id FROM devices WHERE key = ?').pluck(),
  }
}
