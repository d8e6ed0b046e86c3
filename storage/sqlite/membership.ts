// Who is in a conversation and as what. Every change moves the conversation's `touched`, which its members' inboxes see.

import type { Role } from '../../shared/conversation/membership.ts'
import type { UserId } from '../../shared/ids.ts'
import type { ConversationStore } from '../database.ts'
import { ROLE_CODES, roleOf } from './codes.ts'
import type { Connection } from './connection.ts'
import { fromBlob, toBlob } from './uuid.ts'

type Membership = Pick<ConversationStore, 'addMembers' | 'removeMember' | 'setRole' | 'role' | 'members' | 'memberIds' | 'sharing'>
type MemberRow = { conversation_key: number; user_key: number; role: number }

export function createMembership(connection: Connection): Membership {
  const sql = prepareStatements(connection)
  const join = createJoin(connection)

  return {
    addMembers: (id, users, now) =>
      connection.write(() => {
        const conversation = sql.conversation.get(toBlob(id))
        return conversation === undefined ? [] : join(conversation, users, connection.tick(now), now)
      }),
    removeMember: (id, user, now) =>
      connection.write(() => {
        const member = sql.member.get(toBlob(id), toBlob(user))
        if (member === undefined) return false
        const touched = connection.tick(now)
        sql.leave.run(member.conversation_key, member.user_key)
        sql.departed.run(member.user_key, member.conversation_key, touched)
        if (member.role === ROLE_CODES.owner) {
          const successor = sql.successor.get(member.conversation_key)
          if (successor !== undefined) sql.setRole.run(ROLE_CODES.owner, member.conversation_key, successor.user_key)
        }
        sql.changed.run(-1, touched, member.conversation_key)
        return true
      }),
    setRole: (id, user, role, now) => connection.write(() => setRole(sql, sql.member.get(toBlob(id), toBlob(user)), role, () => connection.tick(now))),
    role: (id, user) =>
      connection.read(() => {
        const member = sql.member.get(toBlob(id), toBlob(user))
        return member === undefined ? null : roleOf(member.role)
      }),
    members: (id, after, limit) =>
      connection.read(() => {
        const rows = sql.members.all(toBlob(id), after === null ? BEFORE_ALL : toBlob(after), limit)
        return rows.map((row) => ({ user: fromBlob(row.id), role: roleOf(row.role) }))
      }),
    memberIds: (id) => connection.read(() => sql.memberIds.all(toBlob(id)).map(fromBlob)),
    sharing: (user, people) => connection.read(() => sql.sharing.all(JSON.stringify(people.map((id) => toBlob(id).toString('hex'))), toBlob(user)).map(fromBlob)),
  }
}

/**
 * Adds, inside a transaction, those who were no members yet. Who has no account is no person and stays out. What was written
 * before somebody came is history to them, not unread.
 */
export function createJoin(connection: Connection): (conversation: number, users: readonly UserId[], touched: number, now: number) => UserId[] {
  const sql = prepareStatements(connection)
  return (conversation, users, touched, now) => {
    const joined = users.filter((user) => {
      sql.returned.run(conversation, toBlob(user))
      return sql.join.run(ROLE_CODES.member, touched, now, conversation, toBlob(user)).changes === 1
    })
    if (joined.length > 0) sql.changed.run(joined.length, touched, conversation)
    return joined
  }
}

const BEFORE_ALL = Buffer.alloc(0)

function setRole(sql: ReturnType<typeof prepareStatements>, member: MemberRow | undefined, role: Role, tick: () => number): void {
  if (member === undefined || member.role === ROLE_CODES[role]) return
  if (role === 'owner') sql.stepDown.run(ROLE_CODES.admin, member.conversation_key, ROLE_CODES.owner)
  sql.setRole.run(ROLE_CODES[role], member.conversation_key, member.user_key)
  sql.changed.run(0, tick(), member.conversation_key)
}

function prepareStatements(connection: Connection) {
  const conversation = 'conversation_key = (SELECT key FROM conversations WHERE id = ?)'
  return {
    conversation: connection.prepare<[Buffer], number>('SELECT key FROM conversations WHERE id = ?').pluck(),
    changed: connection.prepare<[number, number, number]>('UPDATE conversations SET member_count = member_count + ?, touched = ? WHERE key = ?'),
    join: connection.prepare<[number, number, number, number, Buffer]>(`
      INSERT INTO members (user_key, conversation_key, role, touched, joined_at, delivered, read)
      SELECT users.key, conversations.key, ?, ?, ?, head, head FROM conversations, users WHERE conversations.key = ? AND users.id = ?
      ON CONFLICT DO NOTHING`),
    departed: connection.prepare<[number, number, number]>('INSERT INTO departures (user_key, conversation_key, touched) VALUES (?, ?, ?)'),
    returned: connection.prepare<[number, Buffer]>('DELETE FROM departures WHERE conversation_key = ? AND user_key = (SELECT key FROM users WHERE id = ?)'),
    leave: connection.prepare<[number, number]>('DELETE FROM members WHERE conversation_key = ? AND user_key = ?'),
    member: connection.prepare<[Buffer, Buffer], MemberRow>(`
      SELECT conversation_key, user_key, role FROM members WHERE ${conversation} AND user_key = (SELECT key FROM users WHERE id = ?)`),
    setRole: connection.prepare<[number, number, number]>('UPDATE members SET role = ? WHERE conversation_key = ? AND user_key = ?'),
    stepDown: connection.prepare<[number, number, number]>('UPDATE members SET role = ? WHERE conversation_key = ? AND role = ?'),
    // The longest-standing admin, else member; those who came together in order of their ids.
    successor: connection.prepare<[number], MemberRow>(`
      SELECT conversation_key, user_key, role FROM members JOIN users ON users.key = user_key
      WHERE conversation_key = ? ORDER BY role DESC, joined_at, users.id LIMIT 1`),
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
    memberIds: connection
      .prepare<[Buffer], Buffer>(`SELECT users.id FROM members JOIN users ON users.key = user_key WHERE ${conversation} ORDER BY users.id`)
      .pluck(),
  }
}
