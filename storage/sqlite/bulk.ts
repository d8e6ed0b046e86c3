// Many people and conversations in one transaction, and all of them a page at a time.

import type { Entry, RestoredEntry } from '../../shared/conversation/entry.ts'
import { annotationInOrder, messageInOrder } from '../../shared/conversation/entry.ts'
import { eventInOrder } from '../../shared/conversation/event.ts'
import { defaultPermissions } from '../../shared/conversation/membership.ts'
import type { Receipt } from '../../shared/conversation/receipts.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import { MEMBERS_MAX } from '../../shared/limits.ts'
import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import type { Arrivals, BulkStore } from '../database.ts'
import { createChannelTerms } from './channels.ts'
import { ENTRY_KIND_CODES, KIND_CODES, ROLE_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import type { ConversationRow } from './conversationRow.ts'
import { RECORD_COLUMNS, recordOf } from './conversationRow.ts'
import { searchTerms } from './fold.ts'
import { fromBlob, toBlob } from './uuid.ts'

type Moment = { touched: number; now: number }

export function createBulkStore(connection: Connection): BulkStore {
  const sql = prepareStatements(connection)
  const terms = createChannelTerms(connection)
  return {
    arrive: (arrivals, now) =>
      connection.write(() => {
        const moment = { touched: connection.tick(now), now }
        const people = arrivals.people.filter((person) => addPerson(sql, person, now)).length
        const conversations = arrivals.conversations.map((conversation) => addConversation(sql, terms, conversation, moment))
        const leftOut = arrivals.members.filter((member) => !addMember(sql, member, moment)).length
        return { people, conversations, leftOut }
      }),
    abandon: (conversation, user, now) =>
      connection.write(() => {
        const place = sql.conversation.get(toBlob(conversation))
        const member = sql.userKey.get(toBlob(user))
        if (place === undefined || member === undefined || sql.leave.run(member, place.key).changes === 0) return
        const touched = connection.tick(now)
        sql.unfollow.run(member, place.key)
        sql.departed.run(member, place.key, touched)
        sql.shrink.run(touched, place.key)
      }),
    people: (after, limit) =>
      connection.readMany(() =>
        sql.people.all(after === null ? BEFORE_ALL : toBlob(after), limit).map((row): Person => ({
          id: fromBlob(row.id),
          handle: row.handle,
          name: row.name,
          placeholder: row.placeholder === 1,
        })),
      ),
    conversations: (after, limit) =>
      connection.readMany(() => sql.conversations.all(after === null ? BEFORE_ALL : toBlob(after), limit).map(recordOf)),
    stored: (conversation, entries) => connection.readMany(() => storedOf(sql, conversation, entries)),
    receipts: (conversation) =>
      connection.read(() => sql.receipts.all(toBlob(conversation)).map(({ id, delivered, read }) => ({ user: fromBlob(id), delivered, read }))),
  }
}

function storedOf(sql: Statements, conversation: ConversationId, entries: Parameters<BulkStore['stored']>[1]): (Seq | 'different' | null)[] {
  const place = sql.conversation.get(toBlob(conversation))
  if (place === undefined) return entries.map(() => null)
  const authors = new Map<UserId, number | undefined>()
  // An import tells its entries in the order in which it stored them, so the next one is mostly the next row, a neighbour
  // on the same page, and the index by id, where they lie scattered, is not needed.
  let expected = 1
  return entries.map(({ author, entry }) => {
    if (!authors.has(author)) authors.set(author, sql.userKey.get(toBlob(author)))
    const id = toBlob(entry.id)
    const next = sql.entryAt.get(place.key, expected)
    const row = next?.id.equals(id) === true ? next : sql.entry.get(id, place.key)
    if (row === undefined) return null
    expected = row.seq + 1
    return row.author === authors.get(author) && isSame(row, entry) ? row.seq : 'different'
  })
}

function isSame(row: EntryRow, entry: RestoredEntry): boolean {
  return row.kind === ENTRY_KIND_CODES[entry.kind] && row.body === JSON.stringify(storedBody(row, entry))
}

/** As commit would have written it; where the message of an annotation stands, the row says. */
function storedBody(row: EntryRow, entry: RestoredEntry): Entry['body'] {
  switch (entry.kind) {
    case 'message':
      return messageInOrder(entry.body)
    case 'event':
      return eventInOrder(entry.body)
    case 'erased':
      return {}
    case 'edit':
    case 'reaction':
    case 'pin':
    case 'erase':
    case 'reply': {
      // Written by commit: an annotation has a target, and in a thread one of those too.
      const { target, thread } = JSON.parse(row.body) as { target: Seq; thread?: Seq }
      return annotationInOrder(entry, target, thread)
    }
    default:
      return entry satisfies never
  }
}

function addPerson(sql: Statements, { id, handles, name }: Arrivals['people'][number], now: number): boolean {
  const blob = toBlob(id)
  if (sql.userKey.get(blob) !== undefined) return false
  const handle = handles.find((wanted) => sql.handleTaken.get(wanted) === undefined)
  if (handle === undefined) throw new Error(`None of the handles ${handles.join(', ')} is free.`)
  const key = Number(sql.addPerson.run(blob, handle, name, now).lastInsertRowid)
  for (const term of searchTerms(handle, name)) sql.addTerm.run(term, key)
  return true
}

function addConversation(sql: Statements, terms: ReturnType<typeof createChannelTerms>, wanted: Arrivals['conversations'][number], { touched, now }: Moment): { id: ConversationId; created: boolean } {
  const id = toBlob(wanted.id)
  if (sql.conversation.get(id) !== undefined) return { id: wanted.id, created: false }
  if (wanted.kind !== 'direct') {
    const owner = must(sql.userKey.get(toBlob(wanted.owner)))
    const key = Number(sql.addConversation.run(id, KIND_CODES[wanted.kind], touched, owner, null, 1, now, wanted.name).lastInsertRowid)
    sql.join.run(owner, key, ROLE_CODES.owner, touched, now)
    if (wanted.kind === 'channel') terms.set(key, wanted.name)
    const { write, invite, pin, describe } = wanted.permissions ?? defaultPermissions(wanted.kind)
    for (const user of wanted.banned ?? []) sql.ban.run(key, must(sql.userKey.get(toBlob(user))), owner, now)
    sql.describe.run(wanted.topic ?? '', ROLE_CODES[write], ROLE_CODES[invite], ROLE_CODES[pin], ROLE_CODES[describe], key)
    return { id: wanted.id, created: true }
  }
  const [one, two] = wanted.pair.map((user) => must(sql.userKey.get(toBlob(user)))) as [number, number] // as many as the pair
  const before = sql.directOf.get(one, two, one, two)
  if (before !== undefined) return { id: fromBlob(before), created: false }
  const key = Number(sql.addConversation.run(id, KIND_CODES.direct, touched, one, two, one === two ? 1 : 2, now, '').lastInsertRowid)
  for (const user of new Set([one, two])) sql.join.run(user, key, ROLE_CODES.member, touched, now)
  return { id: wanted.id, created: true }
}

/** False when there is no room. */
function addMember(sql: Statements, { conversation, user, role }: Arrivals['members'][number], { touched, now }: Moment): boolean {
  const place = must(sql.conversation.get(toBlob(conversation)))
  const member = must(sql.userKey.get(toBlob(user)))
  if (sql.isMember.get(member, place.key) !== undefined) return true
  if (place.kind === KIND_CODES.direct || place.member_count >= MEMBERS_MAX) return false
  sql.returned.run(member, place.key)
  sql.join.run(member, place.key, ROLE_CODES[role], touched, now)
  sql.grow.run(touched, place.key)
  return true
}

const BEFORE_ALL = Buffer.alloc(0)

function must<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('People come before conversations, and conversations before their members.')
  return found
}

type EntryRow = { id: Buffer; seq: Seq; author: number; kind: number; body: string }
type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(connection: Connection) {
  return {
    userKey: connection.prepare<[Buffer], number>('SELECT key FROM users WHERE id = ?').pluck(),
    handleTaken: connection.prepare<[string], number>('SELECT 1 FROM users WHERE handle = ?').pluck(),
    addPerson: connection.prepare<[Buffer, string, string, number]>('INSERT INTO users (id, handle, name, created_at) VALUES (?, ?, ?, ?)'),
    addTerm: connection.prepare<[string, number]>('INSERT INTO search_terms (placeholder, term, user_key) VALUES (1, ?, ?)'),
    conversation: connection.prepare<[Buffer], { key: number; kind: number; member_count: number }>(
      'SELECT key, kind, member_count FROM conversations WHERE id = ?',
    ),
    directOf: connection
      .prepare<[number, number, number, number], Buffer>(`
        SELECT id FROM conversations
        WHERE kind = 0 AND min(creator_key, peer_key) = min(?, ?) AND max(creator_key, peer_key) = max(?, ?)`)
      .pluck(),
    addConversation: connection.prepare<[Buffer, number, number, number, number | null, number, number, string]>(`
      INSERT INTO conversations (id, kind, touched, creator_key, peer_key, member_count, created_at, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    describe: connection.prepare<[string, number, number, number, number, number]>(
      'UPDATE conversations SET topic = ?, writers = ?, inviters = ?, pinners = ?, describers = ? WHERE key = ?',
    ),
    ban: connection.prepare<[number, number, number, number]>('INSERT OR IGNORE INTO bans (conversation_key, user_key, by_key, at) VALUES (?, ?, ?, ?)'),
    isMember: connection.prepare<[number, number], number>('SELECT 1 FROM members WHERE user_key = ? AND conversation_key = ?').pluck(),
    returned: connection.prepare<[number, number]>('DELETE FROM departures WHERE user_key = ? AND conversation_key = ?'),
    join: connection.prepare<[number, number, number, number, number]>(
      'INSERT INTO members (user_key, conversation_key, role, touched, joined_at) VALUES (?, ?, ?, ?, ?)',
    ),
    grow: connection.prepare<[number, number]>('UPDATE conversations SET member_count = member_count + 1, touched = ? WHERE key = ?'),
    leave: connection.prepare<[number, number]>('DELETE FROM members WHERE user_key = ? AND conversation_key = ?'),
    unfollow: connection.prepare<[number, number]>('DELETE FROM thread_members WHERE user_key = ? AND conversation_key = ?'),
    departed: connection.prepare<[number, number, number]>('INSERT INTO departures (user_key, conversation_key, touched) VALUES (?, ?, ?)'),
    shrink: connection.prepare<[number, number]>('UPDATE conversations SET member_count = member_count - 1, touched = ? WHERE key = ?'),
    people: connection.prepare<[Buffer, number], { id: Buffer; handle: string; name: string; placeholder: number }>(
      'SELECT id, handle, name, password_hash IS NULL AS placeholder FROM users WHERE id > ? ORDER BY id LIMIT ?',
    ),
    conversations: connection.prepare<[Buffer, number], ConversationRow>(`SELECT ${RECORD_COLUMNS} FROM conversations WHERE id > ? ORDER BY id LIMIT ?`),
    entry: connection.prepare<[Buffer, number], EntryRow>('SELECT id, seq, author_key AS author, kind, body FROM entries WHERE id = ? AND conversation_key = ?'),
    entryAt: connection.prepare<[number, number], EntryRow>('SELECT id, seq, author_key AS author, kind, body FROM entries WHERE conversation_key = ? AND seq = ?'),
    receipts: connection.prepare<[Buffer], Receipt & { id: Buffer }>(`
      SELECT u.id, m.delivered, m.read
      FROM conversations c JOIN members m ON m.conversation_key = c.key JOIN users u ON u.key = m.user_key
      WHERE c.id = ? AND m.delivered > 0 ORDER BY u.id`),
  }
}
