// The commit: numbering and idempotency, the hot path of the whole system. Per message it is one INSERT, and a second
// statement only for a reply, for an annotation, or when the id is already there.

import type { Entry, NewAnnotation, RestoredEntry } from '../../shared/conversation/entry.ts'
import { annotationInOrder, isStub, messageInOrder } from '../../shared/conversation/entry.ts'
import { eventInOrder } from '../../shared/conversation/event.ts'
import type { Action } from '../../shared/conversation/membership.ts'
import { may } from '../../shared/conversation/membership.ts'
import type { Seq } from '../../shared/ids.ts'
import type { CommitOutcome, CommitRequest, LogStore } from '../database.ts'
import type { PermissionColumns } from './codes.ts'
import { ENTRY_KIND_CODES, KIND_CODES, ROLE_CODES, kindOf, permissionsOf, roleOf } from './codes.ts'
import type { Connection } from './connection.ts'
import { createDeviceKeys } from './deviceKeys.ts'
import { stubJson } from './entryRow.ts'
import { createErasure } from './erase.ts'
import type { Recalled } from './mention.ts'
import { NO_THREAD, createMentions } from './mention.ts'
import { createThreadKeeping } from './threadKeeping.ts'
import { toBlob } from './uuid.ts'

type EntryOutcome = Extract<CommitOutcome, { type: 'committed' }>['results'][number]
/** Where the entries of one request go; `message`: the last one that is a message, 0 if none of them is; `blocked`: 1 where the peer takes nothing from the author. */
type Place = { conversation: number; head: number; author: number; message: number; role: number; writers: number; blocked: number }
type Body = Entry['body']
/** `thread`: of a reply, where its root stands; `gone`: 1 where nothing is left of what it said. */
type TargetRow = { seq: Seq; author: number; kind: number; thread: Seq | null; gone: number }

export function createCommit(connection: Connection): LogStore['commit'] {
  const commitOne = createRequestCommit(connection)
  return (requests) =>
    connection.write(() => {
      let touched: number | undefined
      const now = requests.reduce((latest, request) => Math.max(latest, request.now), 0)
      return requests.map((request) => commitOne(request, () => (touched ??= connection.tick(now))))
    })
}

function createRequestCommit(connection: Connection): (request: CommitRequest, tick: () => number) => CommitOutcome {
  const sql = prepareStatements(connection)
  const { judge, storedBefore } = createJudge(sql)
  const deviceKey = createDeviceKeys(connection)
  const { follow, said } = createFollow(connection, sql)

  return (request, tick) => {
    const place = (request.trusted === true ? sql.placeOfTrusted : sql.placeOfMember).get(toBlob(request.author), toBlob(request.conversation))
    if (place === undefined) return sentAgain(request, 'not-member')
    if (place.blocked === 1) return sentAgain(request, 'blocked')
    const device = deviceKey(request.device)
    const before = place.head
    const results = request.entries.map((entry) => commitEntry(request, place, device, entry, tick))
    if (place.head > before) sql.advance.run(place.head, tick(), place.message, place.conversation)
    return { type: 'committed', head: place.head as Seq, results }
  }

  /** From somebody who may not write here (any more): numbers nothing, and answers what was stored while they could. */
  function sentAgain(request: CommitRequest, why: 'not-member' | 'blocked'): CommitOutcome {
    const place = sql.placeOfTrusted.get(toBlob(request.author), toBlob(request.conversation))
    if (place === undefined) return { type: why }
    const results = request.entries.map((entry): EntryOutcome => {
      const judged = judge(entry, place, false)
      if ('type' in judged && judged.type === 'duplicate') return judged
      const seq = 'body' in judged ? storedBefore(entry, place, JSON.stringify(judged.body)) : undefined
      return seq === undefined ? { type: why, id: entry.id } : { type: 'duplicate', id: entry.id, seq }
    })
    if (results.every(({ type }) => type === why)) return { type: why }
    return { type: 'committed', head: place.head as Seq, results }
  }

  /** Moves `place` on when it stores. */
  function commitEntry(request: CommitRequest, place: Place, device: number, entry: RestoredEntry, tick: () => number): EntryOutcome {
    const trusted = request.trusted === true
    const judged = judge(entry, place, trusted)
    if ('type' in judged) return judged
    const { body, target, thread } = judged
    const json = JSON.stringify(body)
    const kind = ENTRY_KIND_CODES[entry.kind]
    // The next number in the log.
    const seq = (place.head + 1) as Seq
    const at = trusted ? entry.at : Math.min(entry.at, request.now)
    const { changes } = sql.insert.run(place.conversation, seq, place.author, device, at, kind, toBlob(entry.id), json)
    if (changes === 0) {
      const same = storedBefore(entry, place, json)
      return same === undefined ? { type: 'id-conflict', id: entry.id } : { type: 'duplicate', id: entry.id, seq: same }
    }
    place.head = seq
    // The body is that of its kind.
    const stored = { id: entry.id, seq, author: request.author, device: request.device, at, kind: entry.kind, body } as Entry
    if (entry.kind === 'message') {
      place.message = seq
      said(entry.body, { conversation: place.conversation, message: seq, thread: NO_THREAD })
      return { type: 'stored', entry: stored }
    }
    const recalled = follow(stored, { target, thread, trusted }, place, tick)
    return { type: 'stored', entry: stored, ...(recalled === null ? {} : { recalled }) }
  }
}

/** What an entry that is no message does besides being there. */
function createFollow(connection: Connection, sql: Statements) {
  const erasure = createErasure(connection)
  const threads = createThreadKeeping(connection)
  const mentions = createMentions(connection)
  return { follow, said: mentions.said }

  /** Answers whom it concerns that a message calls others now. */
  function follow(entry: Entry, { target, thread, trusted }: { target: Seq | undefined; thread: Seq | undefined; trusted: boolean }, place: Place, tick: () => number): Recalled | null {
    const { kind, seq, body } = entry
    const { conversation } = place
    if (kind === 'erased') place.message = seq
    const gone = isStub(entry)
    if (gone) erasure.countStub(conversation, seq)
    // An edit that was erased changes nothing any more; a reply keeps its place in the thread.
    if (target !== undefined && (!gone || kind === 'reply')) sql.annotate.run(conversation, target, seq, ENTRY_KIND_CODES[kind])
    if (kind === 'erase' || kind === 'event') sql.control.run(conversation, seq)
    if (target === undefined) return null
    if (kind === 'pin') {
      if (body.on) sql.pin.run(conversation, target, seq)
      else sql.unpin.run(conversation, target)
    }
    if (kind === 'reply') {
      mentions.said(body, { conversation, message: seq, thread: target })
      threads.replied({ conversation, root: target, seq, author: place.author, called: body, isHistory: trusted })
    }
    if (kind === 'edit' && !gone) {
      const edited = mentions.edited(body, { conversation, message: target, thread: thread ?? NO_THREAD }, seq)
      if (edited !== null && thread !== undefined) threads.called({ conversation, root: thread, seq, called: edited.called, isHistory: trusted })
      return edited?.recalled ?? null
    }
    return kind === 'erase' && erasure.erase(conversation, target, tick()) ? mentions.erased(conversation, target) : null
  }
}

/** Whether an entry may stand in the log, and with which body. */
function createJudge(sql: Statements) {
  return { judge, storedBefore }

  /** The body as it is stored, and the message it is about; or why it is not stored. */
  function judge(entry: RestoredEntry, place: Place, trusted: boolean): { body: Body; target?: Seq; thread?: Seq | undefined } | EntryOutcome {
    switch (entry.kind) {
      case 'message': {
        const { replyTo } = entry.body
        if (replyTo !== undefined && sql.seqOf.get(toBlob(replyTo), place.conversation) === undefined) return refuse('reply-unknown', entry, place)
        const body = messageInOrder(entry.body)
        return !trusted && place.role < place.writers ? refuse('forbidden', entry, place, body) : { body }
      }
      case 'erased':
        return { body: {} }
      case 'event':
        return { body: eventInOrder(entry.body) }
      case 'edit':
      case 'reaction':
      case 'pin':
      case 'erase':
      case 'reply':
        return judgeAnnotation(entry, place, trusted)
      default:
        return entry satisfies never
    }
  }

  function judgeAnnotation(entry: NewAnnotation, place: Place, trusted: boolean): { body: Body; target: Seq; thread: Seq | undefined } | EntryOutcome {
    const found = sql.target.get(toBlob(entry.body.of), place.conversation)
    if (found === undefined || !isSaid(found, entry.kind)) return refuse('reply-unknown', entry, place)
    const target = found.seq
    const thread = found.thread ?? undefined
    if (entry.kind === 'reply' && entry.body.replyTo !== undefined && !isInThread(sql.target.get(toBlob(entry.body.replyTo), place.conversation), target)) return refuse('reply-unknown', entry, place)
    const body = annotationInOrder(entry, target, thread)
    if (trusted) return { body, target, thread }
    // Nothing more is to be said about it; to erase it once more is no fault of anybody.
    if (found.gone === 1 && entry.kind !== 'erase') return refuse('erased', entry, place, body)
    if (entry.kind === 'reply' && place.role < place.writers) return refuse('forbidden', entry, place, body)
    const own = found.author === place.author
    if (entry.kind === 'edit' && !own) return refuse('not-author', entry, place, body)
    if (entry.kind === 'pin' && !allows(place, { type: 'pin' })) return refuse('forbidden', entry, place, body)
    if (entry.kind === 'erase' && !allows(place, { type: 'erase', own })) return refuse('not-author', entry, place, body)
    return { body, target, thread }
  }

  /** Only for what is rare: it reads the conversation once more. */
  function allows(place: Place, action: Action): boolean {
    const row = sql.permissions.get(place.conversation)
    return row !== undefined && may({ kind: kindOf(row.kind), permissions: permissionsOf(row) }, roleOf(place.role), action)
  }

  /** It may have been stored when it was allowed yet, and the answer got lost. */
  function refuse(type: RefusedType, entry: RestoredEntry, place: Place, body?: Body): EntryOutcome {
    const { id } = entry
    if (sql.seqOf.get(toBlob(id), place.conversation) === undefined) return { type, id }
    const seq = body === undefined ? undefined : storedBefore(entry, place, JSON.stringify(body))
    return seq === undefined ? { type: 'id-conflict', id } : { type: 'duplicate', id, seq }
  }

  /** What was erased since is the same as far as anybody can tell: what it said is gone. */
  function storedBefore({ id, kind }: RestoredEntry, place: Place, json: string): Seq | undefined {
    const find = (code: number, body: string) => sql.sameEntry.get(toBlob(id), place.conversation, place.author, code, body)
    const seq = find(ENTRY_KIND_CODES[kind], json)
    if (seq !== undefined) return seq
    if (kind === 'message') return find(ENTRY_KIND_CODES.erased, '{}')
    return kind === 'edit' || kind === 'reply' ? find(ENTRY_KIND_CODES[kind], stubJson(json)) : undefined
  }
}

/** May an annotation of this kind be about it? A reply has no thread of its own. */
function isSaid(found: TargetRow, by: NewAnnotation['kind']): boolean {
  if (found.kind === ENTRY_KIND_CODES.reply) return by !== 'reply'
  return found.kind === ENTRY_KIND_CODES.message || found.kind === ENTRY_KIND_CODES.erased
}

/** Does it stand in the thread of this message, or is it that message? Only there it can be shown beside the reply that quotes it. */
function isInThread(found: TargetRow | undefined, root: Seq): boolean {
  return found !== undefined && (found.seq === root || found.thread === root)
}

type RefusedType = 'reply-unknown' | 'not-author' | 'forbidden' | 'erased'

type Statements = ReturnType<typeof prepareStatements>

// SQLite compiles a statement anew on each run when it joins tables by parameters or has one in LIMIT (its planner looks at
// the values), which costs ten times the run itself. So what runs for every entry is written with subqueries.
function prepareStatements(connection: Connection) {
  return {
    placeOfMember: connection.prepare<[Buffer, Buffer], Place>(`
      SELECT conversation_key AS conversation, user_key AS author, role, 0 AS message,
        (SELECT head FROM conversations WHERE key = conversation_key) AS head,
        (SELECT writers FROM conversations WHERE key = conversation_key) AS writers,
        (SELECT kind = ${KIND_CODES.direct} AND EXISTS (
          SELECT 1 FROM blocks WHERE blocked_key = members.user_key AND user_key IN (creator_key, peer_key)
        ) FROM conversations WHERE key = conversation_key) AS blocked
      FROM members WHERE user_key = (SELECT key FROM users WHERE id = ?) AND conversation_key = (SELECT key FROM conversations WHERE id = ?)`),
    placeOfTrusted: connection.prepare<[Buffer, Buffer], Place>(`
      SELECT conversations.key AS conversation, author, head, 0 AS message, ${ROLE_CODES.member} AS role, 0 AS blocked, writers FROM (SELECT key AS author FROM users WHERE id = ?), conversations WHERE id = ?`),
    insert: connection.prepare<[number, number, number, number, number, number, Buffer, string]>(`
      INSERT INTO entries (conversation_key, seq, author_key, device_key, at, kind, id, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id, conversation_key) DO NOTHING`),
    sameEntry: connection
      .prepare<[Buffer, number, number, number, string], Seq>(
        'SELECT seq FROM entries WHERE id = ? AND conversation_key = ? AND author_key = ? AND kind = ? AND body = ?',
      )
      .pluck(),
    target: connection.prepare<[Buffer, number], TargetRow>(`
      SELECT seq, author_key AS author, kind,
        CASE kind WHEN ${ENTRY_KIND_CODES.reply} THEN body ->> 'target' END AS thread,
        kind = ${ENTRY_KIND_CODES.erased} OR (kind = ${ENTRY_KIND_CODES.reply} AND body ->> 'text' = '') AS gone
      FROM entries WHERE id = ? AND conversation_key = ?`),
    annotate: connection.prepare<[number, number, number, number]>(
      'INSERT INTO annotations (conversation_key, target, seq, kind) VALUES (?, ?, ?, ?)',
    ),
    seqOf: connection.prepare<[Buffer, number], Seq>('SELECT seq FROM entries WHERE id = ? AND conversation_key = ?').pluck(),
    advance: connection.prepare<[number, number, number, number]>(
      'UPDATE conversations SET head = ?, touched = ?, last_message = max(last_message, ?) WHERE key = ?',
    ),
    permissions: connection.prepare<[number], PermissionColumns & { kind: number }>(
      'SELECT kind, writers, inviters, pinners, describers FROM conversations WHERE key = ?',
    ),
    control: connection.prepare<[number, number]>('INSERT INTO control (conversation_key, seq) VALUES (?, ?)'),
    pin: connection.prepare<[number, number, number]>('INSERT OR REPLACE INTO pins (conversation_key, target, seq) VALUES (?, ?, ?)'),
    unpin: connection.prepare<[number, number]>('DELETE FROM pins WHERE conversation_key = ? AND target = ?'),
  }
}
