// What people tell about themselves, and from whom they keep it. What is hidden is decided here, in SQL, once for
// everybody who asks.

import type { UserId } from '../../shared/ids.ts'
import { BLOCKS_MAX } from '../../shared/limits.ts'
import { PresenceAudience } from '../../shared/people/profile.ts'
import type { ChangeProfile } from '../../shared/protocol/api.ts'
import type { PeopleStore } from '../people.ts'
import { KIND_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import type { MadeChanges } from './madeChanges.ts'
import { createMadeChanges } from './madeChanges.ts'
import type { PersonRow } from './personRow.ts'
import { PERSON_COLUMNS, personOf } from './personRow.ts'
import type { SearchTerms } from './searchTerms.ts'
import { createSearchTerms } from './searchTerms.ts'
import { fromBlob, toBlob } from './uuid.ts'

/** Neither has blocked the other; both are keys. */
export const NOT_APART = (one: string, other: string): string => `NOT EXISTS (
  SELECT 1 FROM blocks WHERE (user_key = ${one} AND blocked_key = ${other}) OR (user_key = ${other} AND blocked_key = ${one}))`

export function createPeopleStore(connection: Connection): PeopleStore {
  const sql = prepareStatements(connection)
  const terms = createSearchTerms(connection)
  const made = createMadeChanges(connection)
  return {
    own: (user) =>
      connection.readMany(() => {
        const row = sql.own.get(toBlob(user))
        if (row === undefined) return null
        const privacy = { presence: PresenceAudience.parse(row.presence_audience), privateReceipts: row.private_receipts === 1 }
        return { person: personOf(row), privacy, blocked: sql.blocked.all(row.key).map(fromBlob) }
      }),
    change: (user, change, now, once) =>
      connection.write(() => {
        if (made.has(once)) return false
        changeProfile(sql, terms, user, change, () => connection.tick(now))
        made.add(once)
        return true
      }),
    changedSince: (user, since, limit) => connection.read(() => sql.changedSince.all(toBlob(user), since, limit).map(personOf)),
    ...blocks(connection, sql, made),
    present: (user, people) => connection.read(() => sql.present.all(idList(people), toBlob(user)).map(fromBlob)),
    discretion: (user) =>
      connection.readMany(() => {
        const row = sql.own.get(toBlob(user))
        return row === undefined
          ? { privateReceipts: false, apart: [] }
          : { privateReceipts: row.private_receipts === 1, apart: sql.apart.all(row.key, row.key).map(fromBlob) }
      }),
  }
}

function changeProfile(sql: Statements, terms: SearchTerms, user: UserId, change: ChangeProfile, tick: () => number): void {
  const row = sql.own.get(toBlob(user))
  if (row === undefined) throw new Error('There is no such account.')
  const { name, status, dnd, privacy } = change
  const next = {
    name: name ?? row.name,
    status: jsonOr(status, row.status),
    dnd: jsonOr(dnd, row.dnd),
  }
  sql.setPrivacy.run(privacy?.presence ?? row.presence_audience, privacy?.privateReceipts === undefined ? row.private_receipts : Number(privacy.privateReceipts), row.key)
  // Others ask for what changed: nothing did, then.
  if (next.name === row.name && next.status === row.status && next.dnd === row.dnd) return
  terms.changing(row.key, () => sql.setProfile.run(next.name, next.status, next.dnd, tick(), row.key))
}

/** Absent stays as it is, null is none. */
function jsonOr(value: object | null | undefined, before: string | null): string | null {
  if (value === undefined) return before
  return value === null ? null : JSON.stringify(value)
}

function blocks(connection: Connection, sql: Statements, made: MadeChanges): Pick<PeopleStore, 'block' | 'unblock' | 'blocking'> {
  return {
    block: (user, blocked, now, once) =>
      connection.write(() => {
        if (made.has(once)) return 'done'
        const [one, other] = [sql.key.get(toBlob(user)), sql.key.get(toBlob(blocked))]
        if (one === undefined || other === undefined) return 'unknown'
        if (sql.blockCount.get(one) === BLOCKS_MAX && sql.isBlocked.get(one, other) === undefined) return 'too-many'
        sql.block.run(one, other, now)
        made.add(once)
        return 'done'
      }),
    unblock: (user, blocked, once) =>
      connection.write(() => {
        if (made.has(once)) return
        sql.unblock.run(toBlob(user), toBlob(blocked))
        made.add(once)
      }),
    blocking: (user, people) => connection.read(() => sql.blocking.all(idList(people), toBlob(user)).map(fromBlob)),
  }
}

function idList(people: readonly UserId[]): string {
  return JSON.stringify(people.map((id) => toBlob(id).toString('hex')))
}

type OwnRow = PersonRow & { presence_audience: string; private_receipts: number }
type Statements = ReturnType<typeof prepareStatements>

/** The one shares a conversation with the other. From the other's memberships to the asker's: see membership.ts. */
const SHARES = (me: string, them: string, direct = '') => `EXISTS (
  SELECT 1 FROM members theirs CROSS JOIN members mine ON mine.user_key = ${me} AND mine.conversation_key = theirs.conversation_key
  ${direct} WHERE theirs.user_key = ${them})`

function prepareStatements(connection: Connection) {
  const key = '(SELECT key FROM users WHERE id = ?)'
  return {
    key: connection.prepare<[Buffer], number>('SELECT key FROM users WHERE id = ?').pluck(),
    own: connection.prepare<[Buffer], OwnRow>(`SELECT ${PERSON_COLUMNS}, presence_audience, private_receipts FROM users WHERE id = ?`),
    setPrivacy: connection.prepare<[string, number, number]>('UPDATE users SET presence_audience = ?, private_receipts = ? WHERE key = ?'),
    setProfile: connection.prepare<[string, string | null, string | null, number, number]>(
      'UPDATE users SET name = ?, status = ?, dnd = ?, profile_touched = ? WHERE key = ?',
    ),
    changedSince: connection.prepare<[Buffer, number, number], PersonRow>(`
      SELECT ${PERSON_COLUMNS} FROM (SELECT key AS me FROM users WHERE id = ?) CROSS JOIN users
      WHERE profile_touched > 0 AND profile_touched > ? AND (users.key = me OR ${SHARES('me', 'users.key')})
      ORDER BY profile_touched DESC LIMIT ?`),
    blocked: connection.prepare<[number], Buffer>('SELECT users.id FROM blocks JOIN users ON users.key = blocked_key WHERE user_key = ? ORDER BY at, users.id').pluck(),
    apart: connection
      .prepare<[number, number], Buffer>(`
        SELECT id FROM users WHERE key IN (SELECT blocked_key FROM blocks WHERE user_key = ? UNION SELECT user_key FROM blocks WHERE blocked_key = ?)`)
      .pluck(),
    blockCount: connection.prepare<[number], number>('SELECT count(*) FROM blocks WHERE user_key = ?').pluck(),
    isBlocked: connection.prepare<[number, number], number>('SELECT 1 FROM blocks WHERE user_key = ? AND blocked_key = ?').pluck(),
    block: connection.prepare<[number, number, number]>('INSERT INTO blocks (user_key, blocked_key, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    unblock: connection.prepare<[Buffer, Buffer]>(`DELETE FROM blocks WHERE user_key = ${key} AND blocked_key = ${key}`),
    blocking: connection
      .prepare<[string, Buffer], Buffer>(`
        SELECT them.id FROM json_each(?) AS asked CROSS JOIN users them ON them.id = unhex(asked.value)
        WHERE EXISTS (SELECT 1 FROM blocks WHERE user_key = them.key AND blocked_key = ${key}) ORDER BY asked.key`)
      .pluck(),
    present: connection
      .prepare<[string, Buffer], Buffer>(`
        SELECT them.id FROM json_each(?) AS asked CROSS JOIN users them ON them.id = unhex(asked.value) CROSS JOIN users me ON me.id = ?
        WHERE them.key = me.key OR (
          'nobody' NOT IN (me.presence_audience, them.presence_audience) AND ${NOT_APART('me.key', 'them.key')}
          AND CASE WHEN 'contacts' IN (me.presence_audience, them.presence_audience)
            THEN ${SHARES('me.key', 'them.key', `JOIN conversations c ON c.key = theirs.conversation_key AND c.kind = ${KIND_CODES.direct}`)}
            ELSE ${SHARES('me.key', 'them.key')} END)
        ORDER BY asked.key`)
      .pluck(),
  }
}
