// A conversation as its members see it: the same for all of one role.

import { may } from '../../shared/conversation/membership.ts'
import type { Member, Role } from '../../shared/conversation/membership.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { RECEIPTS_MAX_MEMBERS } from '../../shared/limits.ts'
import type { ConversationView } from '../../shared/protocol/messages.ts'
import type { ConversationRecord, ConversationStore } from '../../storage/database.ts'

/** What views are made of; null where there is no such conversation. */
export async function readView(conversations: Pick<ConversationStore, 'byId' | 'members'>, id: ConversationId): Promise<ViewSource | null> {
  const record = await conversations.byId(id)
  if (record === null) return null
  return { record, members: record.memberCount <= RECEIPTS_MAX_MEMBERS ? await conversations.members(id, null, RECEIPTS_MAX_MEMBERS) : [] }
}

export function viewAs({ record, members }: ViewSource, role: Role): ConversationView {
  const { id, kind, name, topic, picture, permissions, memberCount, bannedCount, head } = record
  return { id, kind, name, topic, ...(picture === null ? {} : { picture }), permissions, role, memberCount, ...(may(record, role, { type: 'unban' }) ? { banned: bannedCount } : {}), members: [...members], head }
}

export type ViewSource = { readonly record: ConversationRecord; readonly members: readonly Member[] }
