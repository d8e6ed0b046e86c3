// People as administrators see them, and what they may do to them.

import type { SessionId } from '../../shared/ids.ts'
import type { PersonRecord, StorageFigures } from '../../shared/protocol/administration.ts'
import type { AdministrationStore } from '../administration.ts'
import { createAudit } from './audit.ts'
import type { Audit } from './audit.ts'
import type { Connection } from './connection.ts'
import { fold } from './fold.ts'
import { fromBlob, toBlob } from './uuid.ts'

export function createAdministrationStore(connection: Connection): AdministrationStore {
  const sql = prepareStatements(connection)
  const audit = createAudit(connection)
  return {
    standing: (user) =>
      connection.read(() => {
        const row = sql.standing.get(toBlob(user))
        return { administrator: row?.administrator === 1, blocked: row !== undefined && row.blocked_at !== null }
      }),
    people: ({ start, after, limit }) => connection.read(() => people(sql, fold(start), after ?? '', limit)),
    ...acts(connection, sql, audit),
    figures: () =>
      connection.read(() => {
        const figures = sql.figures.get()
        if (figures === undefined) throw new Error('A sum always has a row.')
        return figures
      }),
    begins: ({ now, act, detail }) =>
      connection.write(() => {
        audit.add({ by: null, now, act, on: null, detail })
      }),
    audit: (before, limit) => connection.read(() => audit.page(before, limit)),
  }
}

function acts(connection: Connection, sql: Statements, audit: Audit): Pick<AdministrationStore, 'setAdministrator' | 'setBlocked' | 'replacePassword' | 'endSessions'> {
  const endSessions = (key: number): SessionId[] => sql.endSessions.all(key).map(fromBlob)
  return {
    setAdministrator: ({ by, now, user, administrator }) =>
      connection.write(() => {
        if (!audit.mayAct(by)) return 'not-administrator'
        const row = sql.standing.get(toBlob(user))
        if (row === undefined) return 'unknown'
        if ((row.administrator === 1) === administrator) return 'done'
        if (administrator && row.placeholder === 1) return 'placeholder'
        if (administrator && row.blocked_at !== null) return 'blocked'
        if (!administrator && sql.administrators.get() === 1) return 'last-administrator'
        sql.setAdministrator.run(administrator ? 1 : 0, row.key)
        audit.add({ by, now, act: administrator ? 'administrator-made' : 'administrator-unmade', on: user })
        return 'done'
      }),
    setBlocked: ({ by, now, user, blocked }) =>
      connection.write(() => {
        if (!audit.mayAct(by)) return 'not-administrator'
        const row = sql.standing.get(toBlob(user))
        if (row === undefined) return 'unknown'
        if (row.placeholder === 1) return 'placeholder'
        if (blocked && row.administrator === 1) return 'administrator'
        if ((row.blocked_at !== null) === blocked) return { ended: [] }
        sql.setBlocked.run(blocked ? now : null, row.key)
        audit.add({ by, now, act: blocked ? 'blocked' : 'unblocked', on: user })
        return { ended: blocked ? endSessions(row.key) : [] }
      }),
    replacePassword: ({ by, now, user, passwordHash }) =>
      connection.write(() => {
        if (!audit.mayAct(by)) return 'not-administrator'
        const row = sql.standing.get(toBlob(user))
        if (row === undefined) return 'unknown'
        if (row.placeholder === 1) return 'placeholder'
        sql.setPassword.run(passwordHash, row.key)
        audit.add({ by, now, act: 'password-replaced', on: user })
        return { ended: endSessions(row.key) }
      }),
    endSessions: ({ by, now, user }) =>
      connection.write(() => {
        if (!audit.mayAct(by)) return 'not-administrator'
        const row = sql.standing.get(toBlob(user))
        if (row === undefined) return 'unknown'
        const ended = endSessions(row.key)
        if (ended.length > 0) audit.add({ by, now, act: 'sessions-ended', on: user })
        return { ended }
      }),
  }
}

type PersonRow = {
  id: Buffer
  handle: string
  name: string
  placeholder: number
  administrator: number
  blocked_at: number | null
  created_at: number
  last_seen_at: number | null
  sessions: number
}

function people(sql: Statements, start: string, after: string, limit: number): PersonRecord[] {
  const rows = start === '' ? sql.everybody.all(after, limit) : sql.search.all(after, start, start, limit)
  return rows.map((row) => ({
    id: fromBlob(row.id),
    handle: row.handle,
    name: row.name,
    placeholder: row.placeholder === 1,
    administrator: row.administrator === 1,
    blockedAt: row.blocked_at,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    sessions: row.sessions,
  }))
}

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(connection: Connection) {
  const person = `
    SELECT id, handle, name, password_hash IS NULL AS placeholder, administrator, blocked_at, created_at, last_seen_at,
      (SELECT count(*) FROM sessions WHERE user_key = users.key) AS sessions
    FROM users WHERE handle > ?`
  return {
    standing: connection.prepare<[Buffer], { key: number; administrator: number; blocked_at: number | null; placeholder: number }>(
      'SELECT key, administrator, blocked_at, password_hash IS NULL AS placeholder FROM users WHERE id = ?',
    ),
    administrators: connection.prepare<[], number>('SELECT count(*) FROM users WHERE administrator = 1').pluck(),
    everybody: connection.prepare<[string, number], PersonRow>(`${person} ORDER BY handle LIMIT ?`),
    // As in the search of accounts: the greatest code point ends the range of all that begins alike.
    search: connection.prepare<[string, string, string, number], PersonRow>(`${person} AND key IN (
        SELECT user_key FROM search_terms WHERE placeholder IN (0, 1) AND term >= ? AND term < ? || char(0x10FFFF)
      ) ORDER BY handle LIMIT ?`),
    setAdministrator: connection.prepare<[number, number]>('UPDATE users SET administrator = ? WHERE key = ?'),
    setBlocked: connection.prepare<[number | null, number]>('UPDATE users SET blocked_at = ? WHERE key = ?'),
    setPassword: connection.prepare<[string, number]>('UPDATE users SET password_hash = ? WHERE key = ?'),
    endSessions: connection.prepare<[number], Buffer>('DELETE FROM sessions WHERE user_key = ? RETURNING id').pluck(),
    figures: connection.prepare<[], StorageFigures>(`
      SELECT (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) AS databaseBytes,
        (SELECT count(*) FROM users WHERE password_hash IS NOT NULL) AS accounts,
        (SELECT count(*) FROM users WHERE password_hash IS NULL) AS placeholders,
        (SELECT count(*) FROM sessions) AS sessions,
        (SELECT count(*) FROM conversations) AS conversations,
        -- Numbers have no gaps, so the heads count the entries without going through them.
        (SELECT coalesce(sum(head), 0) FROM conversations) AS entries`),
  }
}
