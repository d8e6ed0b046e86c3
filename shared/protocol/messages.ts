// The sync socket, `GET /sync` upgraded to WebSocket, carries two things:
//
//   text frames     one JSON message each, below: what a device asks and is told
//   binary frames   the Hocuspocus protocol: Yjs documents, many on one socket, each frame led by its document's name
//
// The exchange. The client speaks first: `hello`. A browser is known by its session cookie already; others put their
// token into the hello. Until the answer `welcome` the server takes nothing else. From then on requests carry a `ref`
// that the answer repeats; answers may come in any order and between pushes. A request that cannot be served is
// answered with `refused`. A frame that is not a message closes the socket with CLOSE.malformed.
//
// A stock Hocuspocus provider sends no text frames and gets none: it authenticates each document with its token.
// It may append through a stateless message with the JSON of `append` on any open log document, and gets `appended` back.

import { z } from 'zod'
import { InboxRow, LastEntry } from '../conversation/inbox.ts'
import type { NewEntry } from '../conversation/entry.ts'
import { Entry } from '../conversation/entry.ts'
import { ConversationKind, Member, Permissions, Role } from '../conversation/membership.ts'
import { Receipt } from '../conversation/receipts.ts'
import { ConversationId, DeviceId, EntryId, Millis, PictureId, Seq, SessionId, UserId } from '../ids.ts'
import { APPEND_MAX_ENTRIES, PRESENCE_WATCH_MAX } from '../limits.ts'
import { DoNotDisturb, Privacy, Status } from '../people/profile.ts'
import { Refusal } from './refusal.ts'

/** Close codes of the sync socket (4000–4999 are the application's). */
export const CLOSE = {
  /** Not a message of this protocol. */
  malformed: 4400,
  /** No hello in time, or the session is not valid (any more): sign in again. */
  signedOut: 4401,
  /** Too many bytes wait unread: reconnect and resume. */
  slowReader: 4408,
  /** Protocol versions differ: reload. */
  version: 4426,
  /** Too many frames, documents or sockets: slow down. */
  rateLimited: 4429,
  /** The process goes down: reconnect, after a moment. */
  draining: 4503,
} as const

const ref = z.int().min(0)

/** Person as others see them. What has an end counts until then: whoever shows it looks at the clock (people/profile.ts). */
export const Person = z.object({
  id: UserId,
  handle: z.string(),
  name: z.string(),
  placeholder: z.boolean(),
  picture: PictureId.optional(),
  status: Status.optional(),
  dnd: DoNotDisturb.optional(),
})
export type Person = z.infer<typeof Person>

/** What a person's own devices know of their account besides. */
export const OwnProfile = z.object({ person: Person, privacy: Privacy, blocked: z.array(UserId) })
export type OwnProfile = z.infer<typeof OwnProfile>

export const ConversationView = z.object({
  id: ConversationId,
  kind: ConversationKind,
  name: z.string(),
  topic: z.string(),
  picture: PictureId.optional(),
  permissions: Permissions,
  role: Role,
  memberCount: z.int(),
  /** How many may not join (again), up to BANS_SHOWN, for those who may allow it; absent for others. */
  banned: z.int().optional(),
  /** All members up to RECEIPTS_MAX_MEMBERS, else none: a large room pages them over HTTP. */
  members: z.array(Member),
  head: Seq,
})
export type ConversationView = z.infer<typeof ConversationView>

export const UserReceipt = Receipt.extend({ user: UserId })
export type UserReceipt = z.infer<typeof UserReceipt>

/** First paint: everything to draw the end of a conversation, within FIRST_PAINT_MAX_BYTES. */
export const FirstPaint = z.object({
  conversation: ConversationView,
  /** The last entries, oldest first, gapless up to head. */
  tail: z.array(Entry),
  receipts: z.array(UserReceipt),
  /** Authors of the tail. */
  people: z.array(Person),
})
export type FirstPaint = z.infer<typeof FirstPaint>

export const AppendResult = z.union([
  z.object({ id: EntryId, seq: Seq }),
  z.object({ id: EntryId, refusal: Refusal }),
])
export type AppendResult = z.infer<typeof AppendResult>

/** `away`: online, but no device has had input lately. Absent: no. */
export const Presence = z.object({ user: UserId, online: z.boolean(), away: z.boolean().optional(), lastSeen: Millis.optional() })
export type Presence = z.infer<typeof Presence>

export const Append = z.strictObject({
  type: z.literal('append'),
  ref,
  conversation: ConversationId,
  /** Each is checked by itself, so that one bad entry does not take the others with it. */
  entries: z.array(z.unknown()).min(1).max(APPEND_MAX_ENTRIES),
})
export type Append = Omit<z.infer<typeof Append>, 'entries'> & { entries: readonly NewEntry[] }

/** How far a person has read the thread whose root stands at `thread`; 0: every thread they follow there. Nobody else is told. */
export const ThreadMark = z.strictObject({ conversation: ConversationId, thread: Seq, read: Seq })
export type ThreadMark = z.infer<typeof ThreadMark>

export const ClientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), version: z.int(), token: z.string().max(256).optional() }),
  Append,
  /** Puts a conversation on this device's screen: answers `opened`, and from then on relays its receipts and typing. */
  z.strictObject({ type: z.literal('open'), ref, conversation: ConversationId }),
  z.strictObject({ type: z.literal('close'), conversation: ConversationId }),
  /** Own registers, joined on the server; no answer, re-asserted after every reconnect. */
  z.strictObject({
    type: z.literal('receipts'),
    items: z.array(z.union([Receipt.extend({ conversation: ConversationId }), ThreadMark])).max(500),
  }),
  /** `thread`: in that of this message, and not in the conversation. */
  z.strictObject({ type: z.literal('typing'), conversation: ConversationId, thread: EntryId.optional(), on: z.boolean() }),
  /** The people on screen; replaces the previous list. Answered and then updated by `presence`. */
  z.strictObject({ type: z.literal('watch'), users: z.array(UserId).max(PRESENCE_WATCH_MAX) }),
  /** Nobody is at this device, or somebody is again. A person is away when all their devices say so. */
  z.strictObject({ type: z.literal('away'), on: z.boolean() }),
  z.strictObject({ type: z.literal('ping') }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

/** Something happened in a conversation that is not on this device's screen. Coalesced for ACTIVITY_COALESCE_MS. */
export const Activity = z.object({
  conversation: ConversationId,
  /** The last entry before those that this counts: who knows of more, or of less, cannot count with it. */
  since: Seq,
  head: Seq,
  /** The last message, where it is new, or was edited or erased. */
  last: LastEntry.optional(),
  /** How many of the new entries nobody counts: this person's own, from any device, annotations and events. */
  quiet: z.int(),
  /** How many of the new ones mention this person; absent: none. */
  mentions: z.int().optional(),
  /** Something was erased: ask what. */
  erased: z.literal(true).optional(),
  touched: Millis,
})
export type Activity = z.infer<typeof Activity>

export const JoinAnswer = z.object({ conversation: ConversationId, name: z.string(), accepted: z.boolean() })
export type JoinAnswer = z.infer<typeof JoinAnswer>

export const ServerMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    version: z.int(),
    user: UserId,
    device: DeviceId,
    session: SessionId,
    /** The personal document to open is `personal/<user>/<generation>`. */
    personalGeneration: z.int(),
    own: OwnProfile,
    /** Server clock, to show times of a device whose clock is wrong. */
    now: Millis,
  }),
  z.object({ type: z.literal('appended'), ref, results: z.array(AppendResult) }),
  z.object({ type: z.literal('opened'), ref, paint: FirstPaint }),
  z.object({ type: z.literal('refused'), ref: ref.optional(), refusal: Refusal }),
  z.object({ type: z.literal('receipts'), conversation: ConversationId, items: z.array(UserReceipt) }),
  z.object({ type: z.literal('typing'), conversation: ConversationId, thread: EntryId.optional(), user: UserId, on: z.boolean() }),
  z.object({ type: z.literal('presence'), items: z.array(Presence) }),
  /** Somebody on this device's screen, or the person themselves, is called, pictured or described otherwise now. */
  z.object({ type: z.literal('people'), people: z.array(Person) }),
  /** The own profile, privacy or blocks changed, on whatever device. */
  z.object({ type: z.literal('own'), own: OwnProfile }),
  z.object({ type: z.literal('activity'), items: z.array(Activity) }),
  /** A row is new or changed in more than activity: created, renamed, member added, role changed, own read mark moved elsewhere. */
  z.object({ type: z.literal('inbox'), rows: z.array(InboxRow) }),
  /** No longer a member: forget the conversation. Its documents are closed already. */
  z.object({ type: z.literal('removed'), conversation: ConversationId, words: z.string() }),
  /** Somebody decided on this person's wish to be let in. Who was let in gets a row as well. */
  z.object({ type: z.literal('join-answer'), ...JoinAnswer.shape }),
  /** Membership of an open conversation changed. */
  z.object({ type: z.literal('conversation'), conversation: ConversationView }),
  /** A new generation of the personal document: leave the old one, merge what is local into the new one. */
  z.object({ type: z.literal('personal'), generation: z.int() }),
  z.object({ type: z.literal('pong') }),
])
export type ServerMessage = z.infer<typeof ServerMessage>
