// The commit: numbering and idempotency, the hot path of the whole system. Per message it is one INSERT, and a second
// statement only for a reply, for an annotation, or when the id is already there.

import type { Entry, NewEntry } from '../../shared/conversation/entry.ts'
import { editInOrder, messageInOrder, reactionInOrder } from '../../shared/conversation/entry.ts'
import type { DeviceId, Seq } from '../../shared/ids.ts'
import type { CommitOutcome, CommitRequest, LogStore } from '../database.ts'
import { ENTRY_KIND_CODES, KIND_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import { toBlob } from './uuid.ts'

type EntryOutcome = Extract<CommitOutcome, { type: 'committed' }>['results'][number]
/** Where the entries of one request go; `message`: the last one that is a message, 0 if none of them is; `blocked`: 1 where the peer takes nothing from the author. */
type Place = { conversation: number; head: number; author: number; message: number; blocked: number }
type Body = Entry['body']
type TargetRow = { seq: Seq; author: number; kind: number }

export function createCommit(connection: Connection): LogStore['commit'] {
  const commitOne = createRequestCommit(prepareStatements(connection))
  return (requests) =>
    connection.write(() => {
      let touched: number | undefined
      const now = requests.reduce((latest, request) => Math.max(latest, request.now), 0)
      return requests.map((request) => commitOne(request, () => (touched ??= connection.tick(now))))
    })
}

function createRequestCommit(sql: Statements): (request: CommitRequest, tick: () => number) => CommitOutcome {
  const { judge, storedBefore } = createJudge(sql)

  return (request, tick) => {
    const place = (request.trusted === true ? sql.placeOfTrusted : sql.placeOfMember).get(toBlob(request.author), toBlob(request.conversation))
    if (place === undefined) return sentAgain(request, 'not-member')
    if (place.blocked === 1) return sentAgain(request, 'blocked')
    const device = deviceKey(request.device)
    const before = place.head
    const results = request.entries.map((entry) => commitEntry(request, place, device, entry))
    if (place.head > before) sql.advance.run(place.head, tick(), place.message, place.conversation)
    return { type: 'committed', head: place.head as Seq, results }
  }

  /** From somebody who may not write here (any more): numbers nothing, and answers what was stored while they could. */
  function sentAgain(request: CommitRequest, why: 'not-member' | 'blocked'): CommitOutcome {
    const place = sql.placeOfTrusted.get(toBlob(request.author), toBlob(request.conversation))
    if (place === undefined) return { type: why }
    const results = request.entries.map((entry): EntryOutcome => {
      const judged = judge(entry, place)
      const seq = 'body' in judged ? storedBefore(entry, place, JSON.stringify(judged.body)) : undefined
      return seq === undefined ? { type: why, id: entry.id } : { type: 'duplicate', id: entry.id, seq }
    })
    if (results.every(({ type }) => type === why)) return { type: why }
    return { type: 'committed', head: place.head as Seq, results }
  }

  /** Moves `place` on when it stores. */
  function commitEntry(request: CommitRequest, place: Place, device: number, entry: NewEntry): EntryOutcome {
    const judged = judge(entry, place)
    if ('type' in judged) return judged
    const { body, target } = judged
    const json = JSON.stringify(body)
    const kind = ENTRY_KIND_CODES[entry.kind]
    // The next number in the log.
    const seq = (place.head + 1) as Seq
    const at = request.trusted === true ? entry.at : Math.min(entry.at, request.now)
    const { changes } = sql.insert.run(place.conversation, seq, place.author, device, at, kind, toBlob(entry.id), json)
    if (changes === 0) {
      const same = storedBefore(entry, place, json)
      return same === undefined ? { type: 'id-conflict', id: entry.id } : { type: 'duplicate', id: entry.id, seq: same }
    }
    if (target !== undefined) sql.annotate.run(place.conversation, target, seq, kind)
    else place.message = seq
    place.head = seq
    // The body is that of its kind.
    return { type: 'stored', entry: { id: entry.id, seq, author: request.author, device: request.device, at, kind: entry.kind, body } as Entry }
  }

  function deviceKey(device: DeviceId): number {
    const id = toBlob(device)
    const key = sql.device.get(id)
    // SQLite's keys are far below 2^53.
    return key ?? Number(sql.insertDevice.run(id).lastInsertRowid)
  }
}

/** Whether an entry may stand in the log, and with which body. */
function createJudge(sql: Statements) {
  return { judge, storedBefore }

  /** The body as it is stored, and the message it is about; or why it is not stored. */
  function judge(entry: NewEntry, place: Place): { body: Body; target?: Seq } | EntryOutcome {
    if (entry.kind === 'message') {
      const { replyTo } = entry.body
      if (replyTo !== undefined && sql.seqOf.get(toBlob(replyTo), place.conversation) === undefined) return refuse('reply-unknown', entry, place)
      return { body: messageInOrder(entry.body) }
    }
    const found = sql.target.get(toBlob(entry.body.of), place.conversation)
    if (found === undefined || found.kind !== ENTRY_KIND_CODES.message) return refuse('reply-unknown', entry, place)
    const target = found.seq
    if (entry.kind === 'reaction') return { body: reactionInOrder({ ...entry.body, target }), target }
    if (found.author !== place.author) return refuse('not-author', entry, place)
    return { body: editInOrder({ ...entry.body, target }), target }
  }

  /** Had this very entry been stored before, it would not be refused now: under its id stands another one, if any. */
  function refuse(type: 'reply-unknown' | 'not-author', { id }: NewEntry, place: Place): EntryOutcome {
    return { type: sql.seqOf.get(toBlob(id), place.conversation) === undefined ? type : 'id-conflict', id }
  }

  function storedBefore({ id, kind }: NewEntry, place: Place, json: string): Seq | undefined {
    return sql.sameEntry.get(toBlob(id), place.conversation, place.author, ENTRY_KIND_CODES[kind], json)
  }
}

type Statements = ReturnType<typeof prepareStatements>

// SQLite compiles a statement anew on each run when it joins tables by parameters or has one in LIMIT (its planner looks at
// the values), which costs ten times the run itself. So what runs for every entry is written with subqueries.
function prepareStatements(connection: Connection) {
  return {
    placeOfMember: connection.prepare<[Buffer, Buffer], Place>(`
      SELECT conversation_key AS conversation, user_key AS author, (SELECT head FROM conversations WHERE key = conversation_key) AS head, 0 AS message,
        (SELECT kind = ${KIND_CODES.direct} AND EXISTS (
          SELECT 1 FROM blocks WHERE blocked_key = members.user_key AND user_key IN (creator_key, peer_key)
        ) FROM conversations WHERE key = conversation_key) AS blocked
      FROM members WHERE user_key = (SELECT key FROM users WHERE id = ?) AND conversation_key = (SELECT key FROM conversations WHERE id = ?)`),
    placeOfTrusted: connection.prepare<[Buffer, Buffer], Place>(`
      SELECT conversations.key AS conversation, author, head, 0 AS message, 0 AS blocked FROM (SELECT key AS author FROM users WHERE id = ?), conversations WHERE id = ?`),
    insert: connection.prepare<[number, number, number, number, number, number, Buffer, string]>(`
      INSERT INTO entries (conversation_key, seq, author_key, device_key, at, kind, id, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id, conversation_key) DO NOTHING`),
    sameEntry: connection
      .prepare<[Buffer, number, number, number, string], Seq>(
        'SELECT seq FROM entries WHERE id = ? AND conversation_key = ? AND author_key = ? AND kind = ? AND body = ?',
      )
      .pluck(),
    target: connection.prepare<[Buffer, number], TargetRow>(`
      SELECT seq, author_key AS author, kind FROM entries WHERE id = ? AND conversation_key = ?`),
    annotate: connection.prepare<[number, number, number, number]>(
      'INSERT INTO annotations (conversation_key, target, seq, kind) VALUES (?, ?, ?, ?)',
    ),
    seqOf: connection.prepare<[Buffer, number], Seq>('SELECT seq FROM entries WHERE id = ? AND conversation_key = ?').pluck(),
    advance: connection.prepare<[number, number, number, number]>(
      'UPDATE conversations SET head = ?, touched = ?, last_message = max(last_message, ?) WHERE key = ?',
    ),
    device: connection.prepare<[Buffer], number>('SELECT key FROM devices WHERE id = ?').pluck(),
    insertDevice: connection.prepare<[Buffer]>('INSERT INTO devices (id) VALUES (?)'),
  }
}
