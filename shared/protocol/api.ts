// The HTTP API under /api. Schemas only: the server builds routes and the OpenAPI document from them, the client parses
// answers with them. Every error is `{ refusal }` with a matching status.

import { z } from 'zod'
import { Departure, InboxRow } from '../conversation/inbox.ts'
import { Annotation, Entry } from '../conversation/entry.ts'
import { Member, Permissions, Role } from '../conversation/membership.ts'
import { DisplayName, Topic } from '../displayName.ts'
import { ConversationId, DeviceId, EntryId, Millis, PictureId, ReportId, Seq, SessionId, UserId } from '../ids.ts'
import { APPEND_MAX_ENTRIES, HANDLE_MAX_CHARS, MEMBERS_MAX, NAME_MAX_CHARS, PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS, REPORT_MAX_CHARS, REPORT_MAX_ENTRIES } from '../limits.ts'
import { DoNotDisturb, NewStatus, Privacy } from '../people/profile.ts'
import { AppendResult, Person } from './messages.ts'
import { Refusal } from './refusal.ts'

export const Handle = z
  .string()
  .max(HANDLE_MAX_CHARS)
  .regex(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])$/, 'use 2 to 32 lower-case letters, digits, dots, dashes or underscores')
export const Password = z.string().min(PASSWORD_MIN_CHARS).max(PASSWORD_MAX_CHARS)

export const ErrorAnswer = z.object({ refusal: Refusal })

/** `cookie`: the browser's HttpOnly cookie. `bearer`: the token in the answer, sent as `Authorization: Bearer …`. */
const device = z.strictObject({ id: DeviceId, label: z.string().trim().min(1).max(NAME_MAX_CHARS) })
const credentialsFor = z.enum(['cookie', 'bearer']).default('cookie')

export const SignUp = z.strictObject({
  handle: Handle,
  name: DisplayName,
  password: Password,
  device,
  credentials: credentialsFor,
  /** Claims a placeholder account that an import made: its history becomes this person's. */
  claim: z.string().max(64).optional(),
  /** Needed where `GET /registration` says `invite`; a claim code counts as one. */
  invite: z.string().max(64).optional(),
})
export const SignIn = z.strictObject({ handle: z.string().max(HANDLE_MAX_CHARS), password: z.string().max(PASSWORD_MAX_CHARS), device, credentials: credentialsFor })
export const ChangePassword = z.strictObject({ current: z.string().max(PASSWORD_MAX_CHARS), next: Password })

export const SessionView = z.object({
  id: SessionId,
  device: DeviceId,
  label: z.string(),
  createdAt: Millis,
  lastSeenAt: Millis,
  expiresAt: Millis,
  /** The session that asks. */
  current: z.boolean(),
})
export type SessionView = z.infer<typeof SessionView>

export const SignedIn = z.object({ account: Person, session: SessionView, token: z.string().optional() })
export type SignedIn = z.infer<typeof SignedIn>
/** Who asks, and with which session: what a client needs to know at its start. */
export const OwnAccount = z.object({ account: Person, session: SessionView, administrator: z.boolean() })
export type OwnAccount = z.infer<typeof OwnAccount>
export const Sessions = z.object({ sessions: z.array(SessionView) })

/** What is absent stays as it is; null takes it away. */
export const ChangeProfile = z.strictObject({
  name: DisplayName.optional(),
  status: NewStatus.nullable().optional(),
  dnd: DoNotDisturb.nullable().optional(),
  privacy: Privacy.partial().optional(),
})
export type ChangeProfile = z.infer<typeof ChangeProfile>
export const PictureAnswer = z.object({ picture: PictureId })
export const Blocks = z.object({ blocked: z.array(UserId), people: z.array(Person) })

export const ReportReason = z.enum(['spam', 'harassment', 'hate', 'violence', 'sexual', 'impersonation', 'other'])
export type ReportReason = z.infer<typeof ReportReason>
export const NewReport = z.strictObject({
  /** Made by whoever reports, and the same when it is sent again: it is filed once. Absent: sent once. */
  id: ReportId.optional(),
  about: UserId,
  reason: ReportReason,
  words: z.string().trim().max(REPORT_MAX_CHARS).refine((words) => words.isWellFormed(), 'must be well-formed text').default(''),
  /** What the messages to show stand in; the reporter is a member of it. */
  conversation: ConversationId.optional(),
  /** Messages of that person: naming them here is deciding to show them to the administrators. */
  entries: z.array(EntryId).max(REPORT_MAX_ENTRIES).default([]),
}).refine(({ conversation, entries }) => entries.length === 0 || conversation !== undefined, 'messages need their conversation')
export type NewReport = z.infer<typeof NewReport>
export const ReportFiled = z.object({ report: ReportId })

export const PeopleQuery = z.object({
  /** Start of a handle or of a word of a name. */
  q: z.string().max(NAME_MAX_CHARS).optional(),
  /** Comma-separated user ids, at most 100. */
  ids: z.string().max(100 * 37).optional(),
})
export const People = z.object({ people: z.array(Person) })

export const InboxQuery = z.object({
  /** Rows touched later than this; absent: all. */
  since: z.coerce.number().int().min(0).optional(),
  /** From the previous page. */
  cursor: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
})
/** Rows newest first, departures oldest first; a page may hold the rest of either. `people` names the peers of direct conversations and the authors of last entries. */
export const InboxPage = z.object({
  rows: z.array(InboxRow),
  people: z.array(Person),
  /** With `since`: conversations this person was taken out of meanwhile. */
  departed: z.array(Departure),
  cursor: z.string().optional(),
})
export type InboxPage = z.infer<typeof InboxPage>

export const CreateConversation = z.discriminatedUnion('kind', [
  /** One per pair: answers the one that exists, also when both start it at once. */
  z.strictObject({ kind: z.literal('direct'), with: UserId }),
  z.strictObject({
    kind: z.enum(['group', 'channel']),
    /** Made by the client, so that a retry does not make a second one. */
    id: ConversationId,
    name: DisplayName,
    topic: Topic.optional(),
    /** Absent: those of a new group, or channel. */
    permissions: Permissions.optional(),
    members: z.array(UserId).max(MEMBERS_MAX - 1),
  }),
])
export type CreateConversation = z.infer<typeof CreateConversation>
export const ConversationAnswer = z.object({ row: InboxRow })
/** A channel as it is found by those who are not in it. */
export const Channel = z.object({
  id: ConversationId,
  name: z.string(),
  topic: z.string(),
  picture: PictureId.optional(),
  members: z.int(),
  /** Is the asker a member? */
  joined: z.boolean(),
  /** When the last message was written; absent: nothing was yet. */
  lastAt: Millis.optional(),
  touched: Millis,
})
export type Channel = z.infer<typeof Channel>
export const ChannelsQuery = z.object({
  /** Start of a word of the name. */
  q: z.string().max(NAME_MAX_CHARS).optional(),
  /** From the previous page. */
  cursor: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})
/** The one where something happened last comes first. One in which something happens between two pages comes twice. */
export const ChannelsPage = z.object({ channels: z.array(Channel), cursor: z.string().optional() })
export type ChannelsPage = z.infer<typeof ChannelsPage>
/** The last entries, oldest first, and whom they and their events name. */
export const ChannelPreview = z.object({ channel: Channel, entries: z.array(Entry), people: z.array(Person) })
export type ChannelPreview = z.infer<typeof ChannelPreview>
/** What is left out stays as it is. */
export const Describe = z.strictObject({ name: DisplayName.optional(), topic: Topic.optional(), permissions: Permissions.optional() })
export type Describe = z.infer<typeof Describe>
export const AddMembers = z.strictObject({ users: z.array(UserId).min(1).max(100) })
export const SetRole = z.strictObject({ role: Role })
export const MembersQuery = z.object({ after: UserId.optional(), limit: z.coerce.number().int().min(1).max(500).optional() })
export const MembersPage = z.object({ members: z.array(Member), people: z.array(Person), after: UserId.optional() })

/** A conversation as its member sees it, with the first page of its members. */
export const ConversationDetails = MembersPage.extend({ row: InboxRow })
export type ConversationDetails = z.infer<typeof ConversationDetails>
/** Who may not join (again), the last first. */
export const Bans = z.object({ bans: z.array(z.object({ user: UserId, by: UserId, at: Millis })), people: z.array(Person) })
export type Bans = z.infer<typeof Bans>
/** Those who were not members before. */
export const AddedMembers = z.object({ added: z.array(UserId) })

export const AppendBody = z.strictObject({ entries: z.array(z.unknown()).min(1).max(APPEND_MAX_ENTRIES) })
export const AppendAnswer = z.object({ results: z.array(AppendResult) })

export const EntriesQuery = z.object({
  /** Entries with a smaller seq; absent: from the end. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(512).optional(),
})
export const EntriesPage = z.object({ entries: z.array(Entry), head: z.int() })

/** Where an entry stands. */
export const EntryPlace = z.object({ seq: Seq })
/** How many others have read an own message, have received it and no more, or neither as far as its author is told. */
export const EntryReach = z.object({ read: z.int(), delivered: z.int(), waiting: z.int() })
export type EntryReach = z.infer<typeof EntryReach>

export const AnnotationsQuery = z.object({
  /** Annotations with a greater seq; absent: all. */
  after: z.coerce.number().int().min(0).optional(),
})
/** What is pinned, the last pinned first, as it reads now. */
export const Pins = z.object({ pinned: z.array(z.object({ entry: Entry, by: UserId, at: Millis })), people: z.array(Person) })
export type Pins = z.infer<typeof Pins>

export const ThreadsQuery = z.object({
  /** Threads whose last reply stands before this seq; absent: from the last. */
  before: z.coerce.number().pipe(Seq).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})
/** A followed thread: its message and its last reply as they read now. `replies`: without those erased; `unread` ends at UNREAD_MAX. */
export const ThreadView = z.object({ root: Entry, last: Entry, replies: z.int(), unread: z.int() })
export type ThreadView = z.infer<typeof ThreadView>
export const ThreadsPage = z.object({ threads: z.array(ThreadView), people: z.array(Person), before: Seq.optional() })
export type ThreadsPage = z.infer<typeof ThreadsPage>
export const FollowThread = z.strictObject({
  on: z.boolean(),
  /** The last reply that there was when this person chose to follow, perhaps long before it is sent: what came later is new. Absent: the last there is. */
  read: Seq.optional(),
})
export type FollowThread = z.infer<typeof FollowThread>

export const SegmentQuery = z.object({
  /** The generation that is held or known; another one is answered with where the current one is. Absent: whichever is current, not to be cached. */
  generation: z.coerce.number().int().min(0).optional(),
})

/** Where a device goes on to ask what was erased: the last that it knows. */
export const ErasuresQuery = z.object({
  touched: z.coerce.number().int().min(0),
  conversation: ConversationId.optional(),
  target: z.coerce.number().int().min(0).default(0),
})
/** Messages erased from the asker's conversations, oldest first. `more`: ask again from the last. */
export const ErasuresPage = z.object({ erasures: z.array(z.object({ conversation: ConversationId, target: Seq, touched: Millis })), more: z.boolean() })

/** In order of seq. `upTo`: nothing is missing up to here; `more`: ask again with it. */
export const AnnotationsPage = z.object({ entries: z.array(Annotation), upTo: Seq, more: z.boolean() })
