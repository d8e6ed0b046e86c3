// Links that let people in. Whoever may add others makes, sees and revokes them, and decides on those who ask.
// A code that nobody has, one that expired, was revoked or is used up are told apart by nobody.

import { randomBytes } from 'node:crypto'
import { may } from '../../shared/conversation/membership.ts'
import type { ConversationId, JoinLinkId, UserId } from '../../shared/ids.ts'
import { JoinLinkId as JoinLinkIdSchema } from '../../shared/ids.ts'
import type { Accepted, CreateJoinLink, Invitation, JoinLink, JoinRequest, NewJoinLink } from '../../shared/protocol/joinLinks.ts'
import type { RefusedError } from '../../shared/protocol/refusal.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { ConversationRecord, Database } from '../../storage/database.ts'
import type { LinkTarget } from '../../storage/joinLinks.ts'
import { secretHash } from '../auth/secretHash.ts'
import type { Sync } from '../sync.ts'
import type { Author, Conversations } from './conversations.ts'
import { notMember } from './conversations.ts'

export type JoinLinks = {
  create(by: UserId, id: ConversationId, wanted: CreateJoinLink): Promise<NewJoinLink>
  list(by: UserId, id: ConversationId): Promise<JoinLink[]>
  revoke(by: UserId, id: ConversationId, link: JoinLinkId): Promise<void>
  look(user: UserId, code: string): Promise<Invitation>
  /** Lets in, or asks for it. Somebody who is in already stays in, and costs the link nothing. */
  accept(by: Author, code: string): Promise<Accepted>
  requests(by: UserId, id: ConversationId): Promise<JoinRequest[]>
  /** Who is declined finds it when they come back, until they have read it or ask again. */
  decide(by: Author, id: ConversationId, user: UserId, accepted: boolean): Promise<void>
  /** This person has read that they were declined. */
  declinedRead(user: UserId, id: ConversationId): Promise<void>
}

export type JoinLinksDeps = {
  database: Pick<Database, 'conversations' | 'joinLinks' | 'pictures'>
  conversations: Pick<Conversations, 'row' | 'add' | 'enter' | 'refuseBanned'>
  sync: Pick<Sync, 'joinRequestsChanged' | 'joinAnswered'>
  clock: () => number
  newId: () => string
}

export function createJoinLinks(deps: JoinLinksDeps): JoinLinks {
  const { database, conversations, clock } = deps
  const links = database.joinLinks
  return {
    async create(by, id, { days, maxUses, approval }) {
      await allow(deps, by, id)
      const code = randomBytes(CODE_BYTES).toString('base64url')
      const now = clock()
      const link = await links.create({ id: JoinLinkIdSchema.parse(deps.newId()), conversation: id, codeHash: secretHash(code), by, now, expiresAt: now + days * DAY_MS, maxUses, approval })
      return { link, code }
    },
    async list(by, id) {
      await allow(deps, by, id)
      return links.list(id)
    },
    async revoke(by, id, link) {
      await allow(deps, by, id)
      if (!(await links.revoke(id, link, clock()))) throw refusedBecause('no-such-link')
    },
    look: (user, code) => look(deps, user, code),
    accept: (by, code) => accept(deps, by, code),
    async requests(by, id) {
      await allow(deps, by, id)
      return links.requests(id)
    },
    declinedRead: (user, id) => links.declinedRead(user, id),
    async decide(by, id, user, accepted) {
      const { name } = await allow(deps, by.user, id)
      if (!(await links.hasAsked(id, user))) throw refusedBecause('asks-no-more')
      // To be added settles it: whoever else decides hears of it with the change of members.
      if (accepted) await conversations.add(by, id, [user])
      // Somebody else decided meanwhile, and what they said is what was heard.
      else if (!(await links.decline(id, user, clock()))) throw refusedBecause('asks-no-more')
      else deps.sync.joinRequestsChanged(id)
      deps.sync.joinAnswered(user, { conversation: id, name, accepted })
    },
  }
}

/** 128 bits: nobody guesses one. */
const CODE_BYTES = 16
const DAY_MS = 24 * 60 * 60 * 1000

async function look({ database, conversations, clock }: JoinLinksDeps, user: UserId, code: string): Promise<Invitation> {
  const { conversation: id, approval } = await targetFor({ database, clock }, user, secretHash(code))
  const record = await database.conversations.byId(id)
  if (record === null || record.kind === 'direct') throw noLink()
  await conversations.refuseBanned(user, id)
  const [role, asked, picture] = await Promise.all([database.conversations.role(id, user), database.joinLinks.hasAsked(id, user), database.pictures.of(id)])
  const standing = role !== null ? 'member' : asked ? 'asked' : 'none'
  return { kind: record.kind, name: record.name, ...(picture === null ? {} : { picture }), members: record.memberCount, approval, standing }
}

async function accept({ database, conversations, clock, sync }: JoinLinksDeps, by: Author, code: string): Promise<Accepted> {
  const hash = secretHash(code)
  const { conversation: id, approval } = await targetFor({ database, clock }, by.user, hash)
  if ((await database.conversations.role(id, by.user)) !== null) return { outcome: 'joined', row: await conversations.row(by.user, id) }
  // Before a use of the link is spent; what comes in between is refused when it is written.
  await conversations.refuseBanned(by.user, id)
  if (approval && (await database.joinLinks.hasAsked(id, by.user))) return { outcome: 'asked' }
  if (approval) {
    const outcome = await database.joinLinks.ask(hash, by.user, clock())
    if (outcome === 'invalid' || outcome === 'banned') throw noLink()
    if (outcome === 'asked') sync.joinRequestsChanged(id)
    return { outcome: 'asked' }
  }
  // Others may have used it up since.
  if ((await database.joinLinks.spend(hash, clock())) === null) throw noLink()
  return { outcome: 'joined', row: await conversations.enter(by, id) }
}

/** Whoever is in, or has asked, knows where it leads, and finds it behind the link they came by also when that leads nobody else there any more. */
async function targetFor({ database, clock }: Pick<JoinLinksDeps, 'database' | 'clock'>, user: UserId, hash: string): Promise<LinkTarget> {
  const good = await database.joinLinks.look(hash, clock())
  if (good !== null) return good
  const target = await database.joinLinks.ledTo(hash)
  if (target === null) throw noLink()
  const [role, asked] = await Promise.all([database.conversations.role(target.conversation, user), database.joinLinks.hasAsked(target.conversation, user)])
  if (role === null && !asked) throw noLink()
  return target
}

/** Membership comes first, as everywhere. */
async function allow({ database }: JoinLinksDeps, by: UserId, id: ConversationId): Promise<ConversationRecord> {
  const [role, record] = await Promise.all([database.conversations.role(id, by), database.conversations.byId(id)])
  if (role === null || record === null) throw notMember()
  if (!may(record, role, { type: 'add' })) throw refusedBecause('links-left-to-others')
  return record
}

function noLink(): RefusedError {
  return refusedBecause('link-invalid')
}
