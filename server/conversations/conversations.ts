// Who is in which conversation. Each change is checked with `may`, written, and then told to every device it concerns.
// To somebody who is not a member a conversation looks the same whether it exists or not.

import { may } from '../../shared/conversation/membership.ts'
import type { Action, Member, Role } from '../../shared/conversation/membership.ts'
import type { InboxRow } from '../../shared/conversation/inbox.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { ConversationId as ConversationIdSchema } from '../../shared/ids.ts'
import { MEMBERS_MAX } from '../../shared/limits.ts'
import type { CreateConversation } from '../../shared/protocol/api.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import type { ConversationRecord, Database } from '../../storage/database.ts'
import { createTurns } from './inTurn.ts'

export type Conversations = {
  create(by: UserId, request: CreateConversation): Promise<InboxRow>
  row(user: UserId, id: ConversationId): Promise<InboxRow>
  members(user: UserId, id: ConversationId, page: { after: UserId | null; limit: number }): Promise<{ members: Member[]; people: Person[]; after?: UserId }>
  rename(by: UserId, id: ConversationId, name: string): Promise<InboxRow>
  /** The users that were not members before. */
  add(by: UserId, id: ConversationId, users: readonly UserId[]): Promise<UserId[]>
  /** Removing oneself is leaving. */
  remove(by: UserId, id: ConversationId, target: UserId): Promise<void>
  setRole(by: UserId, id: ConversationId, target: UserId, to: Role): Promise<void>
}

export type ConversationsDeps = {
  database: Pick<Database, 'accounts' | 'conversations' | 'people'>
  membershipChanged: (change: { conversation: ConversationId; added: readonly UserId[]; removed: readonly UserId[] }) => Promise<void>
  clock: () => number
  newId: () => string
}

export function createConversations(deps: ConversationsDeps): Conversations {
  const { database, clock, membershipChanged } = deps
  const inTurn = createTurns()

  return {
    create: (by, request) => (request.kind === 'direct' ? createDirect(deps, by, request.with) : createGroup(deps, by, request)),
    row: (user, id) => rowOf(deps, user, id),
    async members(user, id, { after, limit }) {
      await roleOf(deps, user, id)
      const members = await database.conversations.members(id, after, limit)
      const people = await database.accounts.byIds(members.map((member) => member.user))
      const last = members.at(-1)
      return { members, people, ...(members.length === limit && last !== undefined ? { after: last.user } : {}) }
    },
    rename: (by, id, name) =>
      inTurn(id, async () => {
        await allow(deps, by, id, { type: 'rename' })
        await database.conversations.rename(id, name, clock())
        await membershipChanged({ conversation: id, added: [], removed: [] })
        return rowOf(deps, by, id)
      }),
    add: (by, id, users) => inTurn(id, () => add(deps, by, id, users)),
    remove: (by, id, target) => inTurn(id, () => remove(deps, by, id, target)),
    setRole: (by, id, target, to) =>
      inTurn(id, async () => {
        await allow(deps, by, id, async () => ({ type: 'setRole', target: await targetRole(deps, id, target), to }))
        await database.conversations.setRole(id, target, to, clock())
        await membershipChanged({ conversation: id, added: [], removed: [] })
      }),
  }
}

async function createDirect(deps: ConversationsDeps, by: UserId, other: UserId): Promise<InboxRow> {
  if (by === other) throw new RefusedError('malformed', 'A direct conversation needs another person.')
  await refuseStrangers(deps, [other])
  // A block that comes in between leaves an empty conversation, in which the commit takes nothing.
  if ((await deps.database.people.blocking(by, [other])).length > 0) throw new RefusedError('forbidden', 'This person does not take messages from you.')
  const { id, created } = await deps.database.conversations.direct([by, other], ConversationIdSchema.parse(deps.newId()), deps.clock())
  if (created) await deps.membershipChanged({ conversation: id, added: [by, other], removed: [] })
  return rowOf(deps, by, id)
}

async function createGroup(deps: ConversationsDeps, owner: UserId, request: Extract<CreateConversation, { kind: 'group' }>): Promise<InboxRow> {
  const { id, name } = request
  const members = [...new Set(request.members)].filter((user) => user !== owner)
  await refuseStrangers(deps, members)
  await refuseBlocking(deps, owner, members)
  const outcome = await deps.database.conversations.createGroup({ id, name, owner, members, now: deps.clock() })
  if (outcome === 'exists') throw new RefusedError('id-conflict', 'This id belongs to another conversation. Make a new one.')
  if (outcome === 'created') await deps.membershipChanged({ conversation: id, added: [owner, ...members], removed: [] })
  return rowOf(deps, owner, id)
}

async function add(deps: ConversationsDeps, by: UserId, id: ConversationId, users: readonly UserId[]): Promise<UserId[]> {
  const { memberCount } = await allow(deps, by, id, { type: 'add' })
  await refuseStrangers(deps, users)
  await refuseBlocking(deps, by, users)
  if (memberCount + users.length > MEMBERS_MAX) throw new RefusedError('too-large', `A group has at most ${MEMBERS_MAX} members.`)
  const added = await deps.database.conversations.addMembers(id, users, deps.clock())
  if (added.length > 0) await deps.membershipChanged({ conversation: id, added, removed: [] })
  return added
}

async function remove(deps: ConversationsDeps, by: UserId, id: ConversationId, target: UserId): Promise<void> {
  await allow(deps, by, id, async () => (by === target ? { type: 'leave' } : { type: 'remove', target: await targetRole(deps, id, target) }))
  const removed = await deps.database.conversations.removeMember(id, target, deps.clock())
  if (removed) await deps.membershipChanged({ conversation: id, added: [], removed: [target] })
}

/** Membership comes before anything else is looked at, so that the rest can say what is wrong. */
async function allow(deps: ConversationsDeps, by: UserId, id: ConversationId, action: Action | (() => Promise<Action>)): Promise<ConversationRecord> {
  const role = await roleOf(deps, by, id)
  const conversation = await deps.database.conversations.byId(id)
  if (conversation === null) throw notMember()
  const wanted = typeof action === 'function' ? await action() : action
  if (!may(conversation.kind, role, wanted)) throw new RefusedError('forbidden', FORBIDDEN[conversation.kind])
  return conversation
}

const FORBIDDEN = {
  direct: 'A direct conversation stays between two people. Start a group instead.',
  group: 'Your role in this group does not allow this. Ask its owner.',
} as const

async function roleOf(deps: ConversationsDeps, user: UserId, id: ConversationId): Promise<Role> {
  const role = await deps.database.conversations.role(id, user)
  if (role === null) throw notMember()
  return role
}

async function targetRole(deps: ConversationsDeps, id: ConversationId, target: UserId): Promise<Role> {
  const role = await deps.database.conversations.role(id, target)
  if (role === null) throw new RefusedError('not-found', 'This person is not in the group.')
  return role
}

async function rowOf(deps: ConversationsDeps, user: UserId, id: ConversationId): Promise<InboxRow> {
  const row = await deps.database.conversations.inboxRow(user, id)
  if (row === null) throw notMember()
  return row
}

async function refuseStrangers(deps: ConversationsDeps, users: readonly UserId[]): Promise<void> {
  const known = await deps.database.accounts.byIds(users)
  if (known.length < new Set(users).size) throw new RefusedError('not-found', 'One of these people has no account here.')
}

/** Who has blocked somebody is not brought into a group by them. */
async function refuseBlocking(deps: ConversationsDeps, by: UserId, users: readonly UserId[]): Promise<void> {
  const [first] = await deps.database.people.blocking(by, users)
  if (first === undefined) return
  const [person] = await deps.database.accounts.byIds([first])
  throw new RefusedError('forbidden', `You cannot add ${person?.name ?? 'one of these people'}. Somebody else in the group can.`)
}

export function notMember(): RefusedError {
  return new RefusedError('not-member', 'You are not in this conversation.')
}
