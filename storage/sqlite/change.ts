// A change of who is in a conversation, as what, or how it is called: made, and entered in the log, in one transaction. Every
// change moves the conversation's `touched`, which its members' inboxes see.

import type { Event } from '../../shared/conversation/entry.ts'
import type { EventBody } from '../../shared/conversation/event.ts'
import { eventInOrder } from '../../shared/conversation/event.ts'
import type { Permissions, Role } from '../../shared/conversation/membership.ts'
import type { Seq, UserId } from '../../shared/ids.ts'
import type { ChangeRequest, Changed, ConversationStore } from '../database.ts'
import { createAskers } from './askers.ts'
import { createChannelTerms } from './channels.ts'
import { ENTRY_KIND_CODES, KIND_CODES, ROLE_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import { createDeviceKeys } from './deviceKeys.ts'
import { createJoin } from './membership.ts'
import { createSetPicture } from './pictures.ts'
import { fromBlob, toBlob } from './uuid.ts'

/** What is done, and how the log says it; null: nothing changes. */
type Done = { body: EventBody; added?: readonly UserId[]; removed?: readonly UserId[]; declined?: readonly UserId[] } | null
type ConversationRow = { key: number; kind: number; head: Seq; name: string; topic: string }
type MemberRow = { user_key: number; role: number }
type Moment = { touched: number; now: number }

export function createChange(connection: Connection): ConversationStore['change'] {
  const sql = prepareStatements(connection)
  const apply = createApply(connection, sql)
  const deviceKey = createDeviceKeys(connection)

  return (request) =>
    connection.write(() => {
      const conversation = sql.conversation.get(toBlob(request.conversation))
      if (conversation === undefined) return null
      const moment = { touched: connection.tick(request.now), now: request.now }
      const done = apply(conversation, request, moment)
      return done === null ? null : entered(conversation, request, done, moment)
    })

  function entered({ key, head }: ConversationRow, request: ChangeRequest, done: NonNullable<Done>, { touched, now }: Moment): Changed {
    const { id, author, device } = request
    // The next number in the log.
    const seq = (head + 1) as Seq
    const entry: Event = { id, seq, author, device, at: now, kind: 'event', body: eventInOrder(done.body) }
    sql.insert.run(key, seq, toBlob(author), deviceKey(device), now, toBlob(id), JSON.stringify(entry.body))
    sql.control.run(key, seq)
    sql.advance.run(seq, touched, key)
    // Whoever came by it has seen that they came.
    for (const user of done.added ?? []) sql.readUpTo.run({ seq, conversation: key, user: toBlob(user) })
    return { entry, added: done.added ?? [], removed: done.removed ?? [], ...(done.declined === undefined ? {} : { declined: done.declined }) }
  }
}

function createApply(connection: Connection, sql: Statements): (conversation: ConversationRow, request: ChangeRequest, moment: Moment) => Done {
  const join = createJoin(connection)
  const terms = createChannelTerms(connection)
  const setPicture = createSetPicture(connection)
  const askers = createAskers(connection)
  return apply

  function apply(conversation: ConversationRow, { conversation: id, author, body, picture }: ChangeRequest, moment: Moment): Done {
    switch (body.type) {
      case 'added': {
        const added = join(conversation.key, body.users, moment.touched, moment.now)
        return added.length === 0 ? null : { body: { ...body, users: added }, added }
      }
      case 'joined': {
        const added = join(conversation.key, [author], moment.touched, moment.now)
        return added.length === 0 ? null : { body, added }
      }
      case 'removed':
        return leave(sql, conversation, body.user, moment) === null ? null : { body, removed: [body.user] }
      case 'banned': {
        const left = leave(sql, conversation, body.user, moment)
        const asked = askers.decline(conversation.key, body.user)
        // They are banned already, or are nobody. A member never is.
        if (sql.ban.run(conversation.key, moment.now, toBlob(body.user), toBlob(author)).changes === 0) return null
        return { body, removed: left === null ? [] : [body.user], ...(asked ? { declined: [body.user] } : {}) }
      }
      case 'unbanned':
        return sql.unban.run(conversation.key, toBlob(body.user)).changes === 0 ? null : { body }
      case 'left': {
        const left = leave(sql, conversation, author, moment)
        if (left === null) return null
        return { body: { type: body.type, ...(left.successor === undefined ? {} : { successor: left.successor }) }, removed: [author] }
      }
      case 'role':
        return setRole(sql, conversation, body.user, body.role) ? { body } : null
      case 'renamed':
        if (body.name === conversation.name) return null
        sql.rename.run(body.name, conversation.key)
        if (conversation.kind === KIND_CODES.channel) terms.set(conversation.key, body.name)
        return { body }
      case 'topic':
        if (body.topic === conversation.topic) return null
        sql.setTopic.run(body.topic, conversation.key)
        return { body }
      case 'picture': {
        if (body.picture === null) return setPicture(id, null) ? { body } : null
        // Whoever names one brings it.
        if (picture === undefined) throw new Error('a picture is set with what it shows')
        return setPicture(id, { id: body.picture, ...picture }) ? { body } : null
      }
      case 'permissions':
        return permit(sql, conversation, body.permissions) ? { body } : null
      default:
        return body satisfies never
    }
  }
}

function leave(sql: Statements, conversation: ConversationRow, user: UserId, { touched }: Moment): { successor?: UserId } | null {
  const member = sql.member.get(conversation.key, toBlob(user))
  if (member === undefined) return null
  sql.leave.run(conversation.key, member.user_key)
  sql.unfollow.run(conversation.key, member.user_key)
  sql.departed.run(member.user_key, conversation.key, touched)
  sql.oneLess.run(conversation.key)
  if (member.role !== ROLE_CODES.owner) return {}
  const successor = sql.successor.get(conversation.key)
  if (successor === undefined) return {}
  sql.setRole.run(ROLE_CODES.owner, conversation.key, successor.user_key)
  return { successor: fromBlob(successor.id) }
}

function setRole(sql: Statements, conversation: ConversationRow, user: UserId, role: Role): boolean {
  const member = sql.member.get(conversation.key, toBlob(user))
  if (member === undefined || member.role === ROLE_CODES[role]) return false
  if (role === 'owner') sql.stepDown.run(ROLE_CODES.admin, conversation.key, ROLE_CODES.owner)
  sql.setRole.run(ROLE_CODES[role], conversation.key, member.user_key)
  return true
}

function permit(sql: Statements, { key }: ConversationRow, { write, invite, pin, describe }: Permissions): boolean {
  const codes = [ROLE_CODES[write], ROLE_CODES[invite], ROLE_CODES[pin], ROLE_CODES[describe]] as const
  return sql.permit.run(...codes, key, ...codes).changes === 1
}

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(connection: Connection) {
  return {
    conversation: connection.prepare<[Buffer], ConversationRow>('SELECT key, kind, head, name, topic FROM conversations WHERE id = ?'),
    member: connection.prepare<[number, Buffer], MemberRow>(
      'SELECT user_key, role FROM members WHERE conversation_key = ? AND user_key = (SELECT key FROM users WHERE id = ?)',
    ),
    leave: connection.prepare<[number, number]>('DELETE FROM members WHERE conversation_key = ? AND user_key = ?'),
    unfollow: connection.prepare<[number, number]>('DELETE FROM thread_members WHERE conversation_key = ? AND user_key = ?'),
    departed: connection.prepare<[number, number, number]>('INSERT INTO departures (user_key, conversation_key, touched) VALUES (?, ?, ?)'),
    ban: connection.prepare<[number, number, Buffer, Buffer]>(`
      INSERT INTO bans (conversation_key, user_key, by_key, at)
      SELECT ?, them.key, author.key, ? FROM users them, users author WHERE them.id = ? AND author.id = ? ON CONFLICT DO NOTHING`),
    unban: connection.prepare<[number, Buffer]>('DELETE FROM bans WHERE conversation_key = ? AND user_key = (SELECT key FROM users WHERE id = ?)'),
    oneLess: connection.prepare<[number]>('UPDATE conversations SET member_count = member_count - 1 WHERE key = ?'),
    setRole: connection.prepare<[number, number, number]>('UPDATE members SET role = ? WHERE conversation_key = ? AND user_key = ?'),
    stepDown: connection.prepare<[number, number, number]>('UPDATE members SET role = ? WHERE conversation_key = ? AND role = ?'),
    // The longest-standing admin, else member; those who came together in order of their ids.
    successor: connection.prepare<[number], MemberRow & { id: Buffer }>(`
      SELECT user_key, role, users.id FROM members JOIN users ON users.key = user_key
      WHERE conversation_key = ? ORDER BY role DESC, joined_at, users.id LIMIT 1`),
    rename: connection.prepare<[string, number]>('UPDATE conversations SET name = ? WHERE key = ?'),
    setTopic: connection.prepare<[string, number]>('UPDATE conversations SET topic = ? WHERE key = ?'),
    permit: connection.prepare<[number, number, number, number, number, number, number, number, number]>(`
      UPDATE conversations SET writers = ?, inviters = ?, pinners = ?, describers = ?
      WHERE key = ? AND (writers, inviters, pinners, describers) IS NOT (?, ?, ?, ?)`),
    insert: connection.prepare<[number, number, Buffer, number, number, Buffer, string]>(`
      INSERT INTO entries (conversation_key, seq, author_key, device_key, at, kind, id, body)
      SELECT ?, ?, (SELECT key FROM users WHERE id = ?), ?, ?, ${ENTRY_KIND_CODES.event}, ?, ?`),
    control: connection.prepare<[number, number]>('INSERT INTO control (conversation_key, seq) VALUES (?, ?)'),
    advance: connection.prepare<[number, number, number]>('UPDATE conversations SET head = ?, touched = ? WHERE key = ?'),
    readUpTo: connection.prepare<[{ seq: number; conversation: number; user: Buffer }]>(`
      UPDATE members SET delivered = :seq, read = :seq, told_delivered = :seq, told_read = :seq
      WHERE conversation_key = :conversation AND user_key = (SELECT key FROM users WHERE id = :user)`),
  }
}
