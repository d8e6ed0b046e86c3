// Who is in which conversation, and how it is called. Each change is checked with `may`, made together with its event in the
// log, and then told to every device it concerns.
// To somebody who is not a member a conversation looks the same whether it exists or not.

import { may } from '../../shared/conversation/membership.ts'
import type { Action, Member, Role } from '../../shared/conversation/membership.ts'
import type { InboxRow } from '../../shared/conversation/inbox.ts'
import type { Event } from '../../shared/conversation/entry.ts'
import type { EventBody } from '../../shared/conversation/event.ts'
import type { ConversationId, DeviceId, PictureId, UserId } from '../../shared/ids.ts'
import { ConversationId as ConversationIdSchema, EntryId as EntryIdSchema } from '../../shared/ids.ts'
import { BANS_SHOWN, MEMBERS_MAX } from '../../shared/limits.ts'
import type { CreateConversation, Describe } from '../../shared/protocol/api.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { Ban, Changed, ConversationRecord, Database } from '../../storage/database.ts'
import type { Picture } from '../../storage/people.ts'
import { parsePicture } from '../people/pictureFormat.ts'
import { createTurns } from './inTurn.ts'

export type Conversations = {
  create(by: UserId, request: CreateConversation): Promise<InboxRow>
  row(user: UserId, id: ConversationId): Promise<InboxRow>
  members(user: UserId, id: ConversationId, page: { after: UserId | null; limit: number }): Promise<{ members: Member[]; people: Person[]; after?: UserId }>
  /** Name, topic, who may do what: what is given is set. */
  describe(by: Author, id: ConversationId, description: Describe): Promise<InboxRow>
  /** Null takes it away. */
  setPicture(by: Author, id: ConversationId, bytes: Uint8Array | null): Promise<PictureId | null>
  /** A channel, by oneself. Joining twice is joining once. */
  join(by: Author, id: ConversationId): Promise<InboxRow>
  /** Any group or channel, with the leave of a link, which the caller has checked. */
  enter(by: Author, id: ConversationId): Promise<InboxRow>
  /** The users that were not members before. */
  add(by: Author, id: ConversationId, users: readonly UserId[]): Promise<readonly UserId[]>
  /** Removes somebody who is a member, and keeps them from joining by themselves or being added. */
  ban(by: Author, id: ConversationId, target: UserId): Promise<void>
  /** They may join again; nobody brings them back by it. */
  unban(by: Author, id: ConversationId, target: UserId): Promise<void>
  bans(user: UserId, id: ConversationId): Promise<Ban[]>
  /** Throws for somebody who may not join (again). */
  refuseBanned(user: UserId, id: ConversationId): Promise<void>
  /** Removing oneself is leaving. */
  remove(by: Author, id: ConversationId, target: UserId): Promise<void>
  setRole(by: Author, id: ConversationId, target: UserId, to: Role): Promise<void>
}

/** Of the session that does it. */
export type Author = { user: UserId; device: DeviceId }

export type ConversationsDeps = {
  database: Pick<Database, 'accounts' | 'conversations' | 'people'>
  /** Tells every device it concerns. Without an entry: the conversation is new. */
  changed: (conversation: ConversationId, change: { entry: Event | null; added: readonly UserId[]; removed: readonly UserId[]; declined?: readonly UserId[] }) => Promise<void>
  clock: () => number
  newId: () => string
}

export function createConversations(deps: ConversationsDeps): Conversations {
  const { database } = deps
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
    describe: (by, id, description) => inTurn(id, () => describe(deps, by, id, description)),
    setPicture: (by, id, bytes) => inTurn(id, () => setPicture(deps, by, id, bytes)),
    join: (by, id) => inTurn(id, () => join(deps, by, id)),
    enter: (by, id) => inTurn(id, () => enter(deps, by, id, { type: 'joined', via: 'link' })),
    add: (by, id, users) => inTurn(id, () => add(deps, by, id, users)),
    ban: (by, id, target) => inTurn(id, () => ban(deps, by, id, target)),
    unban: (by, id, target) =>
      inTurn(id, async () => {
        await allow(deps, by.user, id, { type: 'unban' })
        if ((await change(deps, by, id, { type: 'unbanned', user: target })) === null) throw refusedBecause('not-banned')
      }),
    async bans(user, id) {
      await allow(deps, user, id, { type: 'unban' })
      return database.conversations.bans(id, BANS_SHOWN)
    },
    refuseBanned: (user, id) => refuseBanned(deps, user, id),
    remove: (by, id, target) => inTurn(id, () => remove(deps, by, id, target)),
    setRole: (by, id, target, to) =>
      inTurn(id, async () => {
        await allow(deps, by.user, id, async () => ({ type: 'setRole', target: await targetRole(deps, id, target), to }))
        await change(deps, by, id, { type: 'role', user: target, role: to })
      }),
  }
}

async function createDirect(deps: ConversationsDeps, by: UserId, other: UserId): Promise<InboxRow> {
  if (by === other) throw refusedBecause('needs-another')
  await refuseStrangers(deps, [other])
  // A block that comes in between leaves an empty conversation, in which the commit takes nothing.
  if ((await deps.database.people.blocking(by, [other])).length > 0) throw refusedBecause('blocked')
  const { id, created } = await deps.database.conversations.direct([by, other], ConversationIdSchema.parse(deps.newId()), deps.clock())
  if (created) await deps.changed(id, { entry: null, added: [by, other], removed: [] })
  return rowOf(deps, by, id)
}

async function createGroup(deps: ConversationsDeps, owner: UserId, request: Exclude<CreateConversation, { kind: 'direct' }>): Promise<InboxRow> {
  const { id, kind, name, topic, permissions } = request
  const members = [...new Set(request.members)].filter((user) => user !== owner)
  await refuseStrangers(deps, members)
  await refuseBlocking(deps, owner, members)
  const outcome = await deps.database.conversations.createGroup({ id, kind, name, ...(topic === undefined ? {} : { topic }), ...(permissions === undefined ? {} : { permissions }), owner, members, now: deps.clock() })
  if (outcome === 'exists') throw new RefusedError('id-conflict', 'This id belongs to another conversation. Make a new one.')
  if (outcome === 'created') await deps.changed(id, { entry: null, added: [owner, ...members], removed: [] })
  return rowOf(deps, owner, id)
}

async function describe(deps: ConversationsDeps, by: Author, id: ConversationId, { name, topic, permissions }: Describe): Promise<InboxRow> {
  // All of it is allowed, or nothing is done.
  if (name !== undefined || topic !== undefined) await allow(deps, by.user, id, { type: 'describe' })
  if (permissions !== undefined) await allow(deps, by.user, id, { type: 'permit' })
  if (name !== undefined) await change(deps, by, id, { type: 'renamed', name })
  if (topic !== undefined) await change(deps, by, id, { type: 'topic', topic })
  if (permissions !== undefined) await change(deps, by, id, { type: 'permissions', permissions })
  return rowOf(deps, by.user, id)
}

async function join(deps: ConversationsDeps, by: Author, id: ConversationId): Promise<InboxRow> {
  const channel = await deps.database.conversations.channel(by.user, id)
  if (channel === null) throw notMember()
  return enter(deps, by, id, { type: 'joined' })
}

async function enter(deps: ConversationsDeps, by: Author, id: ConversationId, event: EventBody): Promise<InboxRow> {
  const conversation = await deps.database.conversations.byId(id)
  if (conversation === null) throw notMember()
  if ((await deps.database.conversations.role(id, by.user)) === null) {
    await refuseBanned(deps, by.user, id)
    if (conversation.memberCount >= MEMBERS_MAX) throw full()
    await change(deps, by, id, event)
  }
  return rowOf(deps, by.user, id)
}

async function add(deps: ConversationsDeps, by: Author, id: ConversationId, users: readonly UserId[]): Promise<readonly UserId[]> {
  const { memberCount } = await allow(deps, by.user, id, { type: 'add' })
  await refuseStrangers(deps, users)
  await refuseBlocking(deps, by.user, users)
  await refuseOthersBanned(deps, id, users)
  if (memberCount + users.length > MEMBERS_MAX) throw full()
  return (await change(deps, by, id, { type: 'added', users: [...users] }))?.added ?? []
}

async function remove(deps: ConversationsDeps, by: Author, id: ConversationId, target: UserId): Promise<void> {
  const leaves = by.user === target
  await allow(deps, by.user, id, async () => (leaves ? { type: 'leave' } : { type: 'remove', target: await targetRole(deps, id, target) }))
  await change(deps, by, id, leaves ? { type: 'left' } : { type: 'removed', user: target })
}

async function ban(deps: ConversationsDeps, by: Author, id: ConversationId, target: UserId): Promise<void> {
  // Leaving is something else, whatever one's role.
  if (by.user === target) throw refusedBecause('ban-oneself')
  await allow(deps, by.user, id, async () => ({ type: 'ban', target: await deps.database.conversations.role(id, target) }))
  await refuseStrangers(deps, [target])
  await change(deps, by, id, { type: 'banned', user: target })
}

/** Made, entered in the log, and told; null when nothing changed. */
async function setPicture(deps: ConversationsDeps, by: Author, id: ConversationId, bytes: Uint8Array | null): Promise<PictureId | null> {
  await allow(deps, by.user, id, { type: 'describe' })
  const picture = bytes === null ? null : parsePicture(bytes)
  await change(deps, by, id, { type: 'picture', picture: picture?.id ?? null }, picture)
  return picture?.id ?? null
}

async function change(deps: ConversationsDeps, by: Author, conversation: ConversationId, body: EventBody, picture: Picture | null = null): Promise<Changed | null> {
  const { database, newId, clock } = deps
  const changed = await database.conversations.change({ conversation, author: by.user, device: by.device, id: EntryIdSchema.parse(newId()), body, now: clock(), ...(picture === null ? {} : { picture: { type: picture.type, bytes: picture.bytes } }) })
  if (changed !== null) await deps.changed(conversation, changed)
  return changed
}

/** Membership comes before anything else is looked at, so that the rest can say what is wrong. */
async function allow(deps: ConversationsDeps, by: UserId, id: ConversationId, action: Action | (() => Promise<Action>)): Promise<ConversationRecord> {
  const role = await roleOf(deps, by, id)
  const conversation = await deps.database.conversations.byId(id)
  if (conversation === null) throw notMember()
  const wanted = typeof action === 'function' ? await action() : action
  if (!may(conversation, role, wanted)) throw refusedBecause(FORBIDDEN[conversation.kind])
  return conversation
}

const FORBIDDEN = {
  direct: 'two-people-only',
  group: 'role-in-group',
  channel: 'role-in-channel',
} as const

async function roleOf(deps: ConversationsDeps, user: UserId, id: ConversationId): Promise<Role> {
  const role = await deps.database.conversations.role(id, user)
  if (role === null) throw notMember()
  return role
}

async function targetRole(deps: ConversationsDeps, id: ConversationId, target: UserId): Promise<Role> {
  const role = await deps.database.conversations.role(id, target)
  if (role === null) throw refusedBecause('not-in-group')
  return role
}

async function rowOf(deps: ConversationsDeps, user: UserId, id: ConversationId): Promise<InboxRow> {
  const row = await deps.database.conversations.inboxRow(user, id)
  if (row === null) throw notMember()
  return row
}

async function refuseStrangers(deps: ConversationsDeps, users: readonly UserId[]): Promise<void> {
  const known = await deps.database.accounts.byIds(users)
  if (known.length < new Set(users).size) throw refusedBecause('no-account')
}

/** Who has blocked somebody is not brought into a group by them. */
async function refuseBlocking(deps: ConversationsDeps, by: UserId, users: readonly UserId[]): Promise<void> {
  const [first] = await deps.database.people.blocking(by, users)
  if (first === undefined) return
  const [person] = await deps.database.accounts.byIds([first])
  throw refusedBecause('cannot-add', { words: `You cannot add ${person?.name ?? 'one of these people'}. Somebody else in the group can.` })
}

async function refuseBanned(deps: ConversationsDeps, user: UserId, id: ConversationId): Promise<void> {
  if ((await deps.database.conversations.bannedOf(id, [user])).length === 0) return
  throw refusedBecause('banned')
}

/** To bring somebody back whom an admin keeps out is for those who may allow it, and then they say so. */
async function refuseOthersBanned(deps: ConversationsDeps, id: ConversationId, users: readonly UserId[]): Promise<void> {
  const [first] = await deps.database.conversations.bannedOf(id, users)
  if (first === undefined) return
  const [person] = await deps.database.accounts.byIds([first])
  throw refusedBecause('others-banned', { words: `${person?.name ?? 'One of these people'} was removed here and cannot join again. An admin can allow it in the details.` })
}

function full(): RefusedError {
  return refusedBecause('group-full')
}

export function notMember(): RefusedError {
  return new RefusedError('not-member', 'You are not in this conversation.')
}
