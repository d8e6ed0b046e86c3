// A change of who is in a conversation, or of how it is called, reaches every device it concerns at once.

import type { Event } from '../../shared/conversation/entry.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { ConversationStore, ReceiptStore } from '../../storage/database.ts'
import type { Committed } from '../append/groupCommit.ts'
import type { Audience } from '../presence/audience.ts'
import type { InboxRows } from '../presence/inboxRows.ts'
import type { Memberships } from '../presence/memberships.ts'
import type { Presence } from '../presence/presence.ts'
import type { Typing } from '../presence/typing.ts'
import type { Receipts } from '../receipts/receipts.ts'
import type { Documents } from './hocuspocus.ts'
import type { Hub } from './hub.ts'

/** `entry`: how the log says it, if it does. `declined`: those who asked to be let in, and are answered by it. */
export type MembershipChange = { conversation: ConversationId; added: readonly UserId[]; removed: readonly UserId[]; declined?: readonly UserId[]; entry?: Event | null }

export type MembershipDeps = {
  database: { receipts: Pick<ReceiptStore, 'snapshot'>; conversations: Pick<ConversationStore, 'byId'> }
  audience: Audience
  hub: Hub
  typing: Typing
  presence: Presence
  documents: Documents
  receipts: Receipts
  rows: InboxRows
  memberships: Memberships
  committed: (committed: Committed) => void
}

export async function membershipChanged(deps: MembershipDeps, { conversation, added, removed, declined = [], entry = null }: MembershipChange): Promise<void> {
  deps.audience.changed(conversation, added, removed)
  if (removed.length > 0) shutOut(deps, conversation, removed)
  if (entry !== null) deps.committed(new Map([[conversation, [entry]]]))
  if (declined.length > 0) await tellDeclined(deps, conversation, declined)
  await deps.presence.audienceChanged([...added, ...removed])
  // Those it is about are told now, everybody else in turn: nobody waits for thousands to be told before their change is made.
  await deps.rows.tell(conversation, concerned(added, entry))
  deps.memberships.changed(conversation)
  if (added.length > 0) await tellReceipts(deps, conversation, new Set(added))
}

function concerned(added: readonly UserId[], entry: Event | null): readonly UserId[] {
  return entry?.body.type === 'role' ? [...added, entry.body.user] : added
}

/** Without waiting for anything: from here on they get nothing. */
function shutOut({ hub, typing, documents }: MembershipDeps, conversation: ConversationId, removed: readonly UserId[]): void {
  documents.revoke(conversation, new Set(removed))
  for (const user of removed) {
    for (const client of hub.ofUser(user)) {
      typing.end(client, conversation)
      hub.takeOffScreen(client, conversation)
    }
    hub.tellUser(user, { type: 'removed', conversation, words: 'You are no longer a member of this conversation.' })
  }
}

async function tellDeclined({ database, hub }: MembershipDeps, conversation: ConversationId, declined: readonly UserId[]): Promise<void> {
  const record = await database.conversations.byId(conversation)
  if (record === null) return
  for (const user of declined) hub.tellUser(user, { type: 'join-answer', conversation, name: record.name, accepted: false })
}

/** Who comes has read what was written before: nothing they do later would say so to those who look on. */
async function tellReceipts({ database, receipts }: MembershipDeps, conversation: ConversationId, added: ReadonlySet<UserId>): Promise<void> {
  const items = (await database.receipts.snapshot(conversation)).filter(({ user }) => added.has(user))
  if (items.length > 0) await receipts.tell(conversation, items.map((receipt) => ({ receipt, told: receipt })))
}
