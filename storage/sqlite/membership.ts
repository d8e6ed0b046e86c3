// Who is in a conversation and as what. How that changes: change.ts.

import type { UserId } from '../../shared/ids.ts'
import type { ConversationStore } from '../database.ts'
import { createAskers } from './askers.ts'
import { ROLE_CODES, roleOf } from './codes.ts'
import type { Connection } from './connection.ts'
import { fromBlob, toBlob } from './uuid.ts'

type Membership = Pick<ConversationStore, 'role' | 'roles' | 'members' | 'memberIds' | 'sharing' | 'bannedOf' | 'bans'>

export function createMembership(connection: Connection): Membership {
  const sql = prepareStatements(connection)

  return {
    role: (id, user) =>
      connection.read(() => {
        const member = sql.member.get(toBlob(id), toBlob(user))
        return member === undefined ? null : roleOf(member.role)
      }),
    roles: (id, users) =>
      connection.read(() => new Map(sql.roles.all(JSON.stringify(users.map((user) => toBlob(user).toString('hex'))), toBlob(id)).map((row) => [fromBlob(row.id), roleOf(row.role)]))),
    members: (id, after, limit) =>
      connection.read(() => {
        const rows = sql.members.all(toBlob(id), after === null ? BEFORE_ALL : toBlob(after), limit)
        return rows.map((row) => ({ user: fromBlob(row.id), role: roleOf(row.role) }))
      }),
    bannedOf: (id, users) => connection.read(() => users.filter((user) => sql.banned.get(toBlob(id), toBlob(user)) !== undefined)),
    bans: (id, limit) => connection.read(() => sql.bans.all(toBlob(id), limit).map((row) => ({ user: fromBlob(row.user), by: fromBlob(row.by), at: row.at }))),
    memberIds: (id, roles) =>
      connection.read(() => (roles === undefined ? sql.memberIds.all(toBlob(id)) : sql.memberIdsByRole.all(toBlob(id), JSON.stringify(roles.map((role) => ROLE_CODES[role])))).map(fromBlob)),
    sharing: (user, people) => connection.read(() => sql.sharing.all(JSON.stringify(people.map((id) => toBlob(id).toString('hex'))), toBlob(user)).map(fromBlob)),
  }
}

/**
 * Adds, inside a transaction, those who were no members yet. Who has no account is no person and stays out, and so does who is
 * banned. What was written before somebody came is history to them, not unread.
 */
export function createJoin(connection: Connection): (conversation: number, users: readonly UserId[], touched: number, now: number) => UserId[] {
  const sql = {
    changed: connection.prepare<[number, number, number]>('UPDATE conversations SET member_count = member_count + ?, touched = ? WHERE key = ?'),
    join: connection.prepare<[number, number, number, number, Buffer]>(`
      INSERT INTO members (user_key, conversation_key, role, touched, joined_at, delivered, read, told_delivered, told_read)
      SELECT users.key, conversations.key, ?, ?, ?, head, head, head, head FROM conversations, users WHERE conversations.key = ? AND users.id = ?
        AND NOT EXISTS (SELECT 1 FROM bans WHERE conversation_key = conversations.key AND user_key = users.key)
      ON CONFLICT DO NOTHING`),
    returned: connection.prepare<[number, Buffer]>('DELETE FROM departures WHERE conversation_key = ? AND user_key = (SELECT key FROM users WHERE id = ?)'),
  }
  const askers = createAskers(connection)
  return (conversation, users, touched, now) => {
    const joined = users.filter((user) => {
      if (sql.join.run(ROLE_CODES.member, touched, now, conversation, toBlob(user)).changes === 0) return false
      sql.returned.run(conversation, toBlob(user))
      askers.letIn(conversation, user)
      return true
    })
    if (joined.length > 0) sql.changed.run(joined.length, touched, conversation)
    return joined
  }
}

const BEFORE_ALL = Buffer.alloc(0)

function prepareStatements(connection: Connection) {
  const conversation = 'conversation_key = (SELECT key FROM conversations WHERE id = ?)'
  return {
    member: connection.prepare<[Buffer, Buffer], { role: number }>(`
      SELECT role FROM members WHERE ${conversation} AND user_key = (SELECT key FROM users WHERE id = ?)`),
    roles: connection.prepare<[string, Buffer], { id: Buffer; role: number }>(`
      SELECT u.id, m.role FROM conversations c CROSS JOIN json_each(?) AS asked CROSS JOIN users u ON u.id = unhex(asked.value)
      CROSS JOIN members m ON m.user_key = u.key AND m.conversation_key = c.key WHERE c.id = ?`),
    members: connection.prepare<[Buffer, Buffer, number], { id: Buffer; role: number }>(`
      SELECT users.id, role FROM members JOIN users ON users.key = user_key WHERE ${conversation} AND users.id > ? ORDER BY users.id LIMIT ?`),
    // From the other's memberships to the asker's: a stranger to all cannot make it long by being in much.
    sharing: connection
      .prepare<[string, Buffer], Buffer>(`
        SELECT them.id FROM json_each(?) AS asked CROSS JOIN users them ON them.id = unhex(asked.value) CROSS JOIN users me ON me.id = ?
        WHERE them.key = me.key OR EXISTS (
          SELECT 1 FROM members theirs CROSS JOIN members mine ON mine.user_key = me.key AND mine.conversation_key = theirs.conversation_key
          WHERE theirs.user_key = them.key)
        ORDER BY asked.key`)
      .pluck(),
    banned: connection.prepare<[Buffer, Buffer], number>(`SELECT 1 FROM bans WHERE ${conversation} AND user_key = (SELECT key FROM users WHERE id = ?)`).pluck(),
    bans: connection.prepare<[Buffer, number], { user: Buffer; by: Buffer; at: number }>(`
      SELECT them.id AS user, author.id AS by, at FROM bans JOIN users them ON them.key = user_key JOIN users author ON author.key = by_key
      WHERE ${conversation} ORDER BY at DESC, them.id LIMIT ?`),
    memberIds: connection
      .prepare<[Buffer], Buffer>(`SELECT users.id FROM members JOIN users ON users.key = user_key WHERE ${conversation} ORDER BY users.id`)
      .pluck(),
    memberIdsByRole: connection
      .prepare<[Buffer, string], Buffer>(`
        SELECT users.id FROM members JOIN users ON users.key = user_key
        WHERE ${conversation} AND role IN (SELECT value FROM json_each(?)) ORDER BY users.id`)
      .pluck(),
  }
}
