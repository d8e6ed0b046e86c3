// Conversations: how they come to be and what they are called. Who is in them: membership.ts; how a person sees them: inbox.ts.

import type { UserId } from '../../shared/ids.ts'
import { defaultPermissions } from '../../shared/conversation/membership.ts'
import type { ConversationStore } from '../database.ts'
import { createChannels, createChannelTerms } from './channels.ts'
import { createChange } from './change.ts'
import { KIND_CODES, ROLE_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import type { ConversationRow } from './conversationRow.ts'
import { RECORD_COLUMNS, recordOf } from './conversationRow.ts'
import { createInbox } from './inbox.ts'
import { createJoin, createMembership } from './membership.ts'
import { fromBlob, toBlob } from './uuid.ts'

export function createConversationStore(connection: Connection): ConversationStore {
  const sql = prepareStatements(connection)
  const join = createJoin(connection)
  const terms = createChannelTerms(connection)

  function userKey(user: UserId): number {
    const key = sql.userKey.get(toBlob(user))
    if (key === undefined) throw new Error('A conversation needs people with accounts.')
    return key
  }

  return {
    ...createMembership(connection),
    ...createInbox(connection),
    ...createChannels(connection),
    direct: ([asking, other], id, now) =>
      connection.write(() => {
        const [one, two] = [userKey(asking), userKey(other)]
        const before = sql.directOf.get(one, two, one, two)
        if (before !== undefined) return { id: fromBlob(before), created: false }
        const touched = connection.tick(now)
        const { lastInsertRowid } = sql.insert.run(toBlob(id), KIND_CODES.direct, touched, one, two, now, '')
        join(Number(lastInsertRowid), [asking, other], touched, now)
        return { id, created: true }
      }),
    createGroup: ({ id, kind = 'group', name, topic = '', permissions = defaultPermissions(kind), owner, members, now }) =>
      connection.write(() => {
        const creator = userKey(owner)
        const before = sql.row.get(toBlob(id))
        if (before !== undefined) return before.kind === KIND_CODES[kind] && before.creator_key === creator ? 'already' : 'exists'
        const touched = connection.tick(now)
        const { lastInsertRowid } = sql.insert.run(toBlob(id), KIND_CODES[kind], touched, creator, null, now, name)
        const { write, invite, pin, describe } = permissions
        sql.describe.run(topic, ROLE_CODES[write], ROLE_CODES[invite], ROLE_CODES[pin], ROLE_CODES[describe], lastInsertRowid)
        if (kind === 'channel') terms.set(Number(lastInsertRowid), name)
        join(Number(lastInsertRowid), [owner, ...members], touched, now)
        sql.setOwner.run(ROLE_CODES.owner, lastInsertRowid, creator)
        return 'created'
      }),
    byId: (id) =>
      connection.read(() => {
        const row = sql.row.get(toBlob(id))
        return row === undefined ? null : recordOf(row)
      }),
    change: createChange(connection),
  }
}

function prepareStatements(connection: Connection) {
  return {
    userKey: connection.prepare<[Buffer], number>('SELECT key FROM users WHERE id = ?').pluck(),
    row: connection.prepare<[Buffer], ConversationRow & { creator_key: number }>(`SELECT ${RECORD_COLUMNS}, creator_key FROM conversations WHERE id = ?`),
    directOf: connection
      .prepare<[number, number, number, number], Buffer>(`
        SELECT id FROM conversations
        WHERE kind = 0 AND min(creator_key, peer_key) = min(?, ?) AND max(creator_key, peer_key) = max(?, ?)`)
      .pluck(),
    insert: connection.prepare<[Buffer, number, number, number, number | null, number, string]>(`
      INSERT INTO conversations (id, kind, touched, creator_key, peer_key, created_at, name, member_count) VALUES (?, ?, ?, ?, ?, ?, ?, 0)`),
    describe: connection.prepare<[string, number, number, number, number, number | bigint]>(
      'UPDATE conversations SET topic = ?, writers = ?, inviters = ?, pinners = ?, describers = ? WHERE key = ?',
    ),
    setOwner: connection.prepare<[number, number | bigint, number]>('UPDATE members SET role = ? WHERE conversation_key = ? AND user_key = ?'),
  }
}
