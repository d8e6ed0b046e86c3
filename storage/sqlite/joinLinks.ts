// Links into groups and channels, and who asks to be let in by one.

import type { JoinLink } from '../../shared/protocol/joinLinks.ts'
import { JOIN_ANSWERS_TOLD, JOIN_LINKS_SHOWN, JOIN_REQUESTS_SHOWN } from '../../shared/limits.ts'
import type { JoinLinkStore, LinkTarget } from '../joinLinks.ts'
import type { Connection } from './connection.ts'
import { createAskers } from './askers.ts'
import { fromBlob, toBlob } from './uuid.ts'

export function createJoinLinkStore(connection: Connection): JoinLinkStore {
  const sql = prepareStatements(connection)
  const askers = createAskers(connection)
  const look = (codeHash: string, now: number) => targetOf(sql.good.get(codeHash, now))
  return {
    create: ({ id, conversation, codeHash, by, now, expiresAt, maxUses, approval }) =>
      connection.write(() => {
        sql.create.run(toBlob(id), codeHash, toBlob(conversation), toBlob(by), now, expiresAt, maxUses, approval ? 1 : 0)
        return { id, createdBy: by, createdAt: now, expiresAt, approval, uses: 0, maxUses, revokedAt: null }
      }),
    list: (conversation) => connection.read(() => sql.list.all(toBlob(conversation)).map(linkOf)),
    revoke: (conversation, id, now) => connection.write(() => sql.revoke.run(now, toBlob(id), toBlob(conversation)).changes === 1),
    ledTo: (codeHash) => connection.read(() => targetOf(sql.any.get(codeHash))),
    look: (codeHash, now) => connection.read(() => look(codeHash, now)),
    spend: (codeHash, now) =>
      connection.write(() => {
        const target = look(codeHash, now)
        if (target !== null) sql.spend.run(codeHash)
        return target
      }),
    ask: (codeHash, user, now) =>
      connection.write(() => {
        const target = look(codeHash, now)
        if (target === null) return 'invalid'
        const conversation = toBlob(target.conversation)
        if (sql.banned.get(conversation, toBlob(user)) !== undefined) return 'banned'
        if (sql.ask.run(conversation, toBlob(user), now).changes === 0) return 'already'
        sql.declinedRead.run(conversation, toBlob(user))
        sql.spend.run(codeHash)
        sql.touch.run(connection.tick(now), conversation)
        return 'asked'
      }),
    requests: (conversation) => connection.read(() => sql.requests.all(toBlob(conversation)).map((row) => ({ user: fromBlob(row.user), at: row.at }))),
    hasAsked: (conversation, user) => connection.read(() => sql.hasAsked.get(toBlob(conversation), toBlob(user)) !== undefined),
    decline: (conversation, user, now) =>
      connection.write(() => {
        const row = sql.conversation.get(toBlob(conversation))
        if (row === undefined || !askers.decline(row, user)) return false
        sql.touch.run(connection.tick(now), toBlob(conversation))
        return true
      }),
    declined: (user) => connection.read(() => sql.declined.all(toBlob(user)).map(({ conversation, name }) => ({ conversation: fromBlob(conversation), name }))),
    declinedRead: (user, conversation) =>
      connection.write(() => {
        sql.declinedRead.run(toBlob(conversation), toBlob(user))
      }),
  }
}

/** How many ask to be let in, and when the last of them did; null: nobody does. */
export function createAsking(connection: Connection): (conversation: number) => { count: number; lastAt: number } | null {
  const sql = connection.prepare<[number], { count: number; lastAt: number | null }>(`
    SELECT count(*) AS count, max(at) AS lastAt FROM (SELECT at FROM join_requests WHERE conversation_key = ? LIMIT ${JOIN_REQUESTS_SHOWN})`)
  return (conversation) => {
    const { count = 0, lastAt = null } = sql.get(conversation) ?? {}
    return lastAt === null ? null : { count, lastAt }
  }
}

function targetOf(row: { conversation: Buffer; approval: 0 | 1 } | undefined): LinkTarget | null {
  return row === undefined ? null : { conversation: fromBlob(row.conversation), approval: row.approval === 1 }
}

type LinkRow = { id: Buffer; creator: Buffer; created_at: number; expires_at: number; approval: 0 | 1; uses: number; max_uses: number; revoked_at: number | null }

function linkOf(row: LinkRow): JoinLink {
  return {
    id: fromBlob(row.id),
    createdBy: fromBlob(row.creator),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    approval: row.approval === 1,
    uses: row.uses,
    maxUses: row.max_uses,
    revokedAt: row.revoked_at,
  }
}

function prepareStatements(connection: Connection) {
  const conversation = '(SELECT key FROM conversations WHERE id = ?)'
  const user = '(SELECT key FROM users WHERE id = ?)'
  const target = 'SELECT c.id AS conversation, approval FROM join_links l JOIN conversations c ON c.key = conversation_key'
  return {
    create: connection.prepare<[Buffer, string, Buffer, Buffer, number, number, number, 0 | 1]>(`
      INSERT INTO join_links (id, code_hash, conversation_key, creator_key, created_at, expires_at, max_uses, approval)
      VALUES (?, ?, ${conversation}, ${user}, ?, ?, ?, ?)`),
    list: connection.prepare<[Buffer], LinkRow>(`
      SELECT l.id, users.id AS creator, l.created_at, expires_at, approval, uses, max_uses, revoked_at
      FROM join_links l JOIN users ON users.key = creator_key WHERE conversation_key = ${conversation} ORDER BY l.id DESC LIMIT ${JOIN_LINKS_SHOWN}`),
    revoke: connection.prepare<[number, Buffer, Buffer]>(`
      UPDATE join_links SET revoked_at = coalesce(revoked_at, ?) WHERE id = ? AND conversation_key = ${conversation}`),
    any: connection.prepare<[string], { conversation: Buffer; approval: 0 | 1 }>(`${target} WHERE code_hash = ?`),
    good: connection.prepare<[string, number], { conversation: Buffer; approval: 0 | 1 }>(`
      ${target} WHERE code_hash = ? AND expires_at > ? AND uses < max_uses AND revoked_at IS NULL`),
    spend: connection.prepare<[string]>('UPDATE join_links SET uses = uses + 1 WHERE code_hash = ?'),
    ask: connection.prepare<[Buffer, Buffer, number]>(`
      INSERT INTO join_requests (conversation_key, user_key, at) VALUES (${conversation}, ${user}, ?) ON CONFLICT DO NOTHING`),
    banned: connection.prepare<[Buffer, Buffer], number>(`SELECT 1 FROM bans WHERE conversation_key = ${conversation} AND user_key = ${user}`).pluck(),
    // Those who decide and are away hear of it with their inbox.
    touch: connection.prepare<[number, Buffer]>('UPDATE conversations SET touched = ? WHERE id = ?'),
    requests: connection.prepare<[Buffer], { user: Buffer; at: number }>(`
      SELECT users.id AS user, at FROM join_requests JOIN users ON users.key = user_key
      WHERE conversation_key = ${conversation} ORDER BY at, users.id LIMIT ${JOIN_REQUESTS_SHOWN}`),
    hasAsked: connection.prepare<[Buffer, Buffer], number>(`SELECT 1 FROM join_requests WHERE conversation_key = ${conversation} AND user_key = ${user}`).pluck(),
    conversation: connection.prepare<[Buffer], number>('SELECT key FROM conversations WHERE id = ?').pluck(),
    declined: connection.prepare<[Buffer], { conversation: Buffer; name: string }>(`
      SELECT c.id AS conversation, c.name FROM declined_requests JOIN conversations c ON c.key = conversation_key
      WHERE user_key = ${user} ORDER BY c.id LIMIT ${JOIN_ANSWERS_TOLD}`),
    declinedRead: connection.prepare<[Buffer, Buffer]>(`DELETE FROM declined_requests WHERE conversation_key = ${conversation} AND user_key = ${user}`),
  }
}
