// The sync core: one append, the log documents that follow it, and the socket that carries both. What is composed here
// reads in the order a message takes:
//
//   gateway/  frames in  ─▶  append/  validate, commit (durable)  ─▶  replicate/  log documents  ─▶  gateway/  frames out
//                                                               └▶  presence/activity  ─▶  who does not have it on screen

import type { IncomingMessage } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ConversationId, DeviceId, Seq, UserId } from '../shared/ids.ts'
import type { FollowThread } from '../shared/protocol/api.ts'
import type { AppendResult, FirstPaint, JoinAnswer, Presence as PresenceItem } from '../shared/protocol/messages.ts'
import type { CommitOutcome, CommitRequest, Database } from '../storage/database.ts'
import type { MadeOnce } from '../storage/madeOnce.ts'
import { clientAddress } from './api/clientAddress.ts'
import { Append } from './append/append.ts'
import type { Committed, Recalled } from './append/groupCommit.ts'
import { GroupCommit } from './append/groupCommit.ts'
import { addressGroup } from './auth/addressGroup.ts'
import type { Auth, Session } from './auth/auth.ts'
import { firstPaint } from './gateway/firstPaint.ts'
import type { Ephemeral } from './gateway/gateway.ts'
import { Gateway } from './gateway/gateway.ts'
import { credentialsOf, greet } from './gateway/greeting.ts'
import { Hub } from './gateway/hub.ts'
import type { MembershipChange } from './gateway/membership.ts'
import { membershipChanged } from './gateway/membership.ts'
import type { ServerSocket } from './gateway/socket.ts'
import { WebSockets } from './gateway/webSocket.ts'
import type { Logger } from './logger.ts'
import { Discretions } from './people/discretions.ts'
import { discretionChanged, personChanged } from './people/tellChanges.ts'
import { Activity } from './presence/activity.ts'
import { Audience } from './presence/audience.ts'
import { InboxRows } from './presence/inboxRows.ts'
import { JoinRequests } from './presence/joinRequests.ts'
import { Memberships } from './presence/memberships.ts'
import { Presence } from './presence/presence.ts'
import { Typing } from './presence/typing.ts'
import { Receipts } from './receipts/receipts.ts'
import { Threads } from './threads/threads.ts'
import type { Segment } from './replicate/segments.ts'
import { Segments } from './replicate/segments.ts'

export type Sync = {
  /** The one append. Whole-request refusals throw RefusedError; per-entry ones are results. `entries` are unparsed. */
  append(by: { user: UserId; device: DeviceId }, conversation: ConversationId, entries: readonly unknown[]): Promise<AppendResult[]>
  /** Import: already parsed, original authors and times, same commit and replicate path. */
  appendTrusted(requests: readonly CommitRequest[]): Promise<CommitOutcome[]>
  /** Full segment as it is now: bytes of Y.encodeStateAsUpdate and a strong ETag; null while the segment is live or beyond head. The caller has checked membership. */
  segment(conversation: ConversationId, segment: number): Promise<Segment | null>
  /** RefusedError('not-member') for those who are none. */
  firstPaint(user: UserId, conversation: ConversationId): Promise<FirstPaint>
  /** After the database changed: tells every concerned device (inbox row, conversation view, removed) and closes documents of removed members NOW. */
  membershipChanged(change: MembershipChange): Promise<void>
  /** After the profile of a person changed: tells those who have them on screen, and their own devices. */
  personChanged(user: UserId): Promise<void>
  /** After somebody's privacy changed, or a block between them and another: from here on each hears only what they may. */
  discretionChanged(user: UserId, other?: UserId): Promise<void>
  /** Begins or ends to follow the thread of a message, and tells that person's devices; false when there is no such message. */
  followThread(user: UserId, conversation: ConversationId, root: Seq, wanted: FollowThread, once?: MadeOnce): Promise<boolean>
  /** After somebody asked to be let in, or was declined: tells those who decide. */
  joinRequestsChanged(conversation: ConversationId): void
  /** Tells somebody what became of their request to be let in. */
  joinAnswered(user: UserId, answer: JoinAnswer): void
  presence(users: readonly UserId[]): Promise<PresenceItem[]>
  /** WebSocket upgrade of GET /sync. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** The same without a network, for simulations: a duplex message pipe in place of a WebSocket. */
  accept(socket: ServerSocket, session: Session | null): void
  connections(): number
  /** Refuses new work with 'draining', waits for commits in flight, closes sockets with CLOSE.draining. */
  drain(): Promise<void>
}

export type SyncDeps = {
  database: Database
  auth: Pick<Auth, 'validate' | 'onEnded' | 'cookieName'>
  clock: () => number
  logger: Logger
  allowedOrigins: readonly string[]
  /** How many proxies of ours stand in front. */
  trustedProxies: number
}

export function createSync(deps: SyncDeps): Sync {
  const { database, auth, clock, logger } = deps
  const hub = new Hub()
  const audience = new Audience(database.conversations, hub)
  const rows = new InboxRows(database.conversations, hub)
  const activity = new Activity(audience, hub, (conversation) => database.conversations.last(conversation), logger)
  const discretions = new Discretions(database.people)
  const typing = new Typing(hub, discretions, clock, logger)
  const presence = new Presence(database, hub, clock, logger)
  const receipts = new Receipts({ receipts: database.receipts, rows, audience, discretions, hub, clock, logger })
  const threads = new Threads({ threads: database.threads, rows, audience, hub, clock, logger })
  const joinRequests = new JoinRequests({ conversations: database.conversations, rows, logger })
  const memberships = new Memberships({ conversations: database.conversations, audience, rows, hub, logger })
  const segments = new Segments(database.log)
  const sockets = new WebSockets()
  const follow = (committed: Committed, recalled: Recalled = NOBODY_RECALLED) => {
    for (const [conversation, entries] of committed) {
      gateway.documents.advance(conversation, entries)
      if (entries.some(({ kind }) => kind === 'erase')) segments.forget(conversation)
    }
    activity.note(committed, clock())
    threads.note(committed, recalled)
  }
  const commit = new GroupCommit(database.log, follow, logger)
  const append = new Append(commit, clock)
  const gateway = new Gateway({ database, auth, append, hub, clock, logger, ephemeral: ephemeralOf(receipts, threads, typing, presence) })

  return {
    append: (by, conversation, entries) => append.append(by, conversation, entries),
    appendTrusted: (requests) => append.appendTrusted(requests),
    segment: (conversation, segment) => segments.get(conversation, segment),
    firstPaint: async (user, conversation) => (await firstPaint(database, user, conversation)).paint,
    membershipChanged: (change) => membershipChanged({ database, audience, hub, typing, presence, receipts, rows, memberships, documents: gateway.documents, committed: follow }, change),
    personChanged: (user) => personChanged(database.people, hub, user),
    discretionChanged: (user, other) => discretionChanged({ people: database.people, hub, discretions, presence }, user, other),
    followThread: (user, conversation, root, wanted, once) => threads.follow(user, conversation, root, wanted, once),
    joinRequestsChanged: (conversation) => joinRequests.note(conversation),
    joinAnswered: (user, answer) => hub.tellUser(user, { type: 'join-answer', ...answer }),
    presence: (users) => presence.of(users),
    handleUpgrade: (request, socket, head) => void upgrade({ ...deps, sockets, gateway }, request, socket, head),
    accept: (socket, session) => gateway.accept(socket, session),
    connections: () => hub.size,
    drain: async () => {
      await append.drain()
      activity.stop()
      joinRequests.stop()
      memberships.stop()
      await receipts.stop()
      await threads.stop()
      await gateway.stop()
      await presence.stop()
      typing.stop()
      sockets.stop()
    },
  }
}

const NOBODY_RECALLED: Recalled = new Map()

function ephemeralOf(receipts: Receipts, threads: Threads, typing: Typing, presence: Presence): Ephemeral {
  return {
    receipts: (client, session, items) => {
      receipts.raise(client, session.user, items.flatMap((item) => ('thread' in item ? [] : [item])))
      threads.raise(items.flatMap((item) => ('thread' in item ? [{ ...item, user: session.user }] : [])))
    },
    typing: (client, session, { conversation, thread, on }) => typing.set(client, session.user, { conversation, thread }, on),
    watch: (client, users) => presence.watch(client, users),
    away: (client, session, on) => presence.setAway(client, session.user, on),
    connected: (session) => presence.reconsider(session.user),
    closed: (client, conversation) => typing.end(client, conversation),
    disconnected: (client, session) => {
      typing.endAll(client)
      presence.unwatch(client)
      presence.reconsider(session.user)
    },
  }
}

type UpgradeDeps = Pick<SyncDeps, 'auth' | 'allowedOrigins' | 'trustedProxies' | 'logger'> & { sockets: WebSockets; gateway: Gateway }

async function upgrade(deps: UpgradeDeps, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const { auth, allowedOrigins, trustedProxies, sockets, gateway, logger } = deps
  // The peer may go while its session is looked up.
  socket.on('error', () => socket.destroy())
  try {
    const greeting = await greet(auth, credentialsOf(request, allowedOrigins, auth.cookieName))
    if (greeting.type === 'refused') return refuse(socket, greeting.status, greeting.words)
    const from = { token: greeting.token, address: addressGroup(clientAddress(request, trustedProxies)) }
    sockets.upgrade(request, socket, head, (accepted) => gateway.accept(accepted, greeting.session, from))
  } catch (error) {
    logger.error({ err: error }, 'an upgrade failed')
    refuse(socket, 503, 'The server could not answer. Try again in a moment.')
  }
}

function refuse(socket: Duplex, status: 401 | 403 | 503, words: string): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`
  // Who never ends their side would keep the socket for good: the timeouts of HTTP do not watch it any more.
  socket.end(`${head}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(words)}\r\n\r\n${words}`, () => socket.destroy())
}
