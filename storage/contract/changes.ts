// Changes of conversations for tests, made by somebody who may.

import { v7 as uuidv7 } from 'uuid'
import type { EventBody } from '../../shared/conversation/event.ts'
import type { Role } from '../../shared/conversation/membership.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { DeviceId, EntryId } from '../../shared/ids.ts'
import type { Changed, Database } from '../database.ts'

type Conversations = { conversations: Pick<Database['conversations'], 'change' | 'memberIds'> }

const device = DeviceId.parse('00000000-0000-7000-8000-0000000000d1')

export function change({ conversations }: Conversations, conversation: ConversationId, author: UserId, body: EventBody, now = Date.now()): Promise<Changed | null> {
  return conversations.change({ conversation, author, device, id: EntryId.parse(uuidv7()), body, now })
}

/** Those who are new. */
export async function add(database: Conversations, conversation: ConversationId, users: readonly UserId[]): Promise<readonly UserId[]> {
  const changed = await change(database, conversation, await anyMember(database, conversation, users), { type: 'added', users: [...users] })
  return changed?.added ?? []
}

/** False when they were no member. */
export async function leave(database: Conversations, conversation: ConversationId, user: UserId): Promise<boolean> {
  return (await change(database, conversation, user, { type: 'left' })) !== null
}

export async function setRole(database: Conversations, conversation: ConversationId, user: UserId, role: Role): Promise<void> {
  await change(database, conversation, await anyMember(database, conversation, [user]), { type: 'role', user, role })
}

async function anyMember({ conversations }: Conversations, conversation: ConversationId, otherwise: readonly UserId[]): Promise<UserId> {
  const user = (await conversations.memberIds(conversation))[0] ?? otherwise[0]
  if (user === undefined) throw new Error('Nobody could have done it.')
  return user
}
