// Conversations and who is in them. Every change moves the conversation's `touched`, which its members' inboxes see.

import type { Seq, UserId } from '../../shared/ids.ts'
import type { ConversationRecord, ConversationStore } from '../database.ts'
import { KIND_CODES, ROLE_CODES, kindOf, roleOf } from './codes.ts'
import type { Connection } from './connection.ts'
import { createInbox } from './inbox.ts'
import { fromBlob, toBlob } from './uuid.ts'

export function createConversationStore(connection: Connection): ConversationStore {
  const sql = prepareStatements(connection)

  function userKey(user: UserId): number {
    const key = sql.userKey.get(toBlob(user))
    if (key === undefined) throw new Error('A conversation needs people with accounts.')
    return key
  }

  /** Who has no account is no person and stays out. */
  function join(conversation: number, users: readonly UserId[], touched: number, now: number): UserId[] {
    return users.filter((user) => sql.join.run(conversation, ROLE_CODES.member, touched, now, toBlob(user)).changes === 1)
  }

  /** The owner left: the longest-standing admin, else member, takes over. A direct conversation has no owner. */
  function settleSuccession(conversation: number): void {
    const next = sql.successor.get(conversation)
    if (next !== undefined) sql.setRole.run(ROLE_CODES.owner, conversation, next.user_key)
  }

  return {
    ...createInbox(connection),
    direct: ([asking, other], id, now) =>
      connection.write(() => {
        const [one, two] = [userKey(asking), userKey(other)]
        const before = sql.directOf.get(one, two, one, two)
        if (before !== undefined) return { id: fromBlob(before), created: false }
        const touched = connection.tick(now)
        const conversation = Number(sql.insert.run(toBlob(id), KIND_CODES.direct, touched, one, two, now, '').lastInsertRowid)
        sql.addCount.run(join(conversation, [asking, other], touched, now).length, touched, conversation)
        return { id, created: true }
      }),
    createGroup: ({ id, name, owner, members, now }) =>
      connection.write(() => {
        const creator = userKey(owner)
        const before = sql.row.get(toBlob(id))
        if (before !== undefined) return before.kind === KIND_CODES.group && before.creator_key === creator ? 'already' : 'exists'
        const touched = connection.tick(now)
        const conversation = Number(sql.insert.run(toBlob(id), KIND_CODES.group, touched, creator, null, now, name).lastInsertRowid)
        sql.addCount.run(join(conversation, [owner, ...members], touched, now).length, touched, conversation)
        sql.setRole.run(ROLE_CODES.owner, conversation, creator)
        return 'created'
      }),
    byId: (id) =>
      connection.read(() => {
        const row = sql.row.get(toBlob(id))
        return row === undefined ? null : recordOf(row)
      }),
    rename: (id, name, now) => connection.write(() => void sql.rename.run(name, connection.tick(now), toBlob(id))),
    addMembers: (id, users, now) =>
      connection.write(() => {
        const conversation = sql.row.get(toBlob(id))
        if (conversation === undefined) return []
        const touched = connection.tick(now)
        const added = join(conversation.key, users, touched, now)
        if (added.length > 0) sql.addCount.run(added.length, touched, conversation.key)
        return added
      }),
    removeMember: (id, user, now) =>
      connection.write(() => {
        const member = sql.member.get(toBlob(id), toBlob(user))
        if (member === undefined) return false
        sql.leave.run(member.conversation_key, member.user_key)
        if (member.role === ROLE_CODES.owner) settleSuccession(member.conversation_key)
        sql.addCount.run(-1, connection.tick(now), member.conversation_key)
        return true
      }),
    setRole: (id, user, role, now) =>
      connection.write(() => {
        const member = sql.member.get(toBlob(id), toBlob(user))
        if (member === undefined || member.role === ROLE_CODES[role]) return
        if (role === 'owner') sql.stepDown.run(ROLE_CODES.admin, member.conversation_key, ROLE_CODES.owner)
        sql.setRole.run(ROLE_CODES[role], member.conversation_key, member.user_key)
        sql.addCount.run(0, connection.tick(now), member.conversation_key)
      }),
    role: (id, user) =>
      connection.read(() => {
        const member = sql.member.get(toBlob(id), toBlob(user))
        return member === undefined ? null : roleOf(member.role)
      }),
    members: (id, after, limit) =>
      connection.read(() => {
        const rows = sql.members.all(toBlob(id), after === null ? Buffer.alloc(0) : toBlob(after), limit)
        return rows.map((row) => ({ user: fromBlob(row.id), role: roleOf(row.role) }))
      }),
    memberIds: (id) => connection.read(() => sql.memberIds.all(toBlob(id)).map(fromBlob)),
  }
}

type ConversationRow = { key: number; id: Buffer; kind: number; name: string; created_at: number; member_count: number; head: number; creator_key: number }
type MemberRow = { conversation_key: number; user_key: number; role: number }

function recordOf(row: ConversationRow): ConversationRecord {
  return {
    id: fromBlob(row.id),
    kind: kindOf(row.kind),
    name: row.name,
    createdAt: row.created_at,
    memberCount: row.member_count,
    // Only commit moves it, one by one.
    head: row.head as Seq,
  }
}

function prepareStatements(connection: Connection) {
  const conversation = 'conversation_key = (SELECT key FROM conversations WHERE id = ?)'
  return {
    userKey: connection.prepare<[Buffer], number>('SELECT key FROM users WHERE id = ?').pluck(),
    row: connection.prepare<[Buffer], ConversationRow>(
      'SELECT key, id, kind, name, created_at, member_count, head, creator_key FROM conversations WHERE id = ?',
    ),
    directOf: connection
      .prepare<[number, number, number, number], Buffer>(`
        SELECT id FROM conversations
        WHERE kind = 0 AND min(creator_key, peer_key) = min(?, ?) AND max(creator_key, peer_key) = max(?, ?)`)
      .pluck(),
    insert: connection.prepare<[Buffer, number, number, number, number | null, number, string]>(`
      INSERT INTO conversations (id, kind, touched, creator_key, peer_key, created_at, name, member_count) VALUES (?, ?, ?, ?, ?, ?, ?, 0)`),
    addCount: connection.prepare<[number, number, number]>('UPDATE conversations SET member_count = member_count + ?, touched = ? WHERE key = ?'),
    rename: connection.prepare<[string, number, Buffer]>('UPDATE conversations SET name = ?, touched = ? WHERE id = ?'),
    join: connection.prepare<[number, number, number, number, Buffer]>(`
      INSERT INTO members (user_key, conversation_key, role, touched, joined_at) SELECT key, ?, ?, ?, ? FROM users WHERE id = ?
      ON CONFLICT DO NOTHING`),
    leave: connection.prepare<[number, number]>('DELETE FROM members WHERE conversation_key = ? AND user_key = ?'),
    member: connection.prepare<[Buffer, Buffer], MemberRow>(`
      SELECT conversation_key, user_key, role FROM members WHERE ${conversation} AND user_key = (SELECT key FROM users WHERE id = ?)`),
    setRole: connection.prepare<[number, number, number]>('UPDATE members SET role = ? WHERE conversation_key = ? AND user_key = ?'),
    stepDown: connection.prepare<[number, number, number]>('UPDATE members SET role = ? WHERE conversation_key = ? AND role = ?'),
    successor: connection.prepare<[number], MemberRow>(`
      SELECT conversation_key, user_key, role FROM members JOIN users ON users.key = user_key
      WHERE conversation_key = ? ORDER BY role DESC, joined_at, users.id LIMIT 1`),
    members: connection.prepare<[Buffer, Buffer, number], { id: Buffer; role: number }>(`
      SELECT users.id, role FROM members JOIN users ON users.key = user_key WHERE ${conversation} AND users.id > ? ORDER BY users.id LIMIT ?`),
    memberIds: connection
      .prepare<[Buffer], Buffer>(`SELECT users.id FROM members JOIN users ON users.key = user_key WHERE ${conversation} ORDER BY users.id`)
      .pluck(),
  }
}
