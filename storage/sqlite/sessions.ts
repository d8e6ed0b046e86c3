// Sessions by the hash of their token. The token itself never comes here.

import type { SessionStore, StoredSession } from '../database.ts'
import type { Connection } from './connection.ts'
import { fromBlob, toBlob } from './uuid.ts'

type SessionRow = {
  id: Buffer
  token_hash: string
  user: Buffer
  device: Buffer
  label: string
  created_at: number
  last_seen_at: number
  expires_at: number
}

export function createSessionStore(connection: Connection): SessionStore {
  const sql = prepareStatements(connection)
  return {
    create: (session) =>
      connection.write(() => {
        const { id, tokenHash, user, device, label, createdAt, lastSeenAt, expiresAt } = session
        const { changes } = sql.insert.run(toBlob(id), tokenHash, toBlob(device), label, createdAt, lastSeenAt, expiresAt, toBlob(user))
        if (changes === 0) throw new Error('A session needs an account.')
      }),
    byTokenHash: (tokenHash) =>
      connection.read(() => {
        const row = sql.byTokenHash.get(tokenHash)
        return row === undefined ? null : sessionOf(row)
      }),
    ofUser: (user) => connection.read(() => sql.ofUser.all(toBlob(user)).map(sessionOf)),
    extend: (tokenHash, expiresAt) => connection.write(() => void sql.extend.run(expiresAt, tokenHash)),
    touch: (seen) =>
      connection.write(() => {
        for (const { id, at } of seen) sql.touch.run(at, toBlob(id), at)
      }),
    delete: (user, id) => connection.write(() => sql.delete.run(toBlob(id), toBlob(user)).changes === 1),
    deleteAllOf: (user, except) =>
      connection.write(() => {
        const spared = except === undefined ? null : toBlob(except)
        return sql.deleteAllOf.all(toBlob(user), spared).map(fromBlob)
      }),
    deleteExpired: (now) => connection.write(() => sql.deleteExpired.all(now).map(fromBlob)),
  }
}

function sessionOf(row: SessionRow): StoredSession {
  return {
    id: fromBlob(row.id),
    tokenHash: row.token_hash,
    user: fromBlob(row.user),
    device: fromBlob(row.device),
    label: row.label,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  }
}

function prepareStatements(connection: Connection) {
  const session = `
    SELECT id, token_hash, (SELECT id FROM users WHERE key = user_key) AS user, device, label, created_at, last_seen_at, expires_at FROM sessions`
  const ownedBy = 'user_key = (SELECT key FROM users WHERE id = ?)'
  return {
    insert: connection.prepare<[Buffer, string, Buffer, string, number, number, number, Buffer]>(`
      INSERT INTO sessions (id, token_hash, device, label, created_at, last_seen_at, expires_at, user_key)
      SELECT ?, ?, ?, ?, ?, ?, ?, key FROM users WHERE id = ?`),
    byTokenHash: connection.prepare<[string], SessionRow>(`${session} WHERE token_hash = ?`),
    ofUser: connection.prepare<[Buffer], SessionRow>(`${session} WHERE ${ownedBy} ORDER BY created_at, id`),
    extend: connection.prepare<[number, string]>('UPDATE sessions SET expires_at = ? WHERE token_hash = ?'),
    touch: connection.prepare<[number, Buffer, number]>('UPDATE sessions SET last_seen_at = ? WHERE id = ? AND last_seen_at < ?'),
    delete: connection.prepare<[Buffer, Buffer]>(`DELETE FROM sessions WHERE id = ? AND ${ownedBy}`),
    deleteAllOf: connection.prepare<[Buffer, Buffer | null], Buffer>(`DELETE FROM sessions WHERE ${ownedBy} AND id IS NOT ? RETURNING id`).pluck(),
    deleteExpired: connection.prepare<[number], Buffer>('DELETE FROM sessions WHERE expires_at <= ? RETURNING id').pluck(),
  }
}
