// The database port: everything that must survive the process. The embedded implementation is one SQLite file
// (storage/sqlite); PostgreSQL comes beside it. `storage/contract` is the acceptance suite that each must pass.
//
// Promises everywhere although SQLite answers at once: a network database does not. What a promise resolves with is
// durable when it resolves.
//
// Errors: a full disk rejects with StorageFullError and leaves nothing half-written; anything else is a bug or a broken
// database and rejects with whatever the driver threw.

import type { Annotation, Entry, Erase, Event, RestoredEntry } from '../shared/conversation/entry.ts'
import type { EventBody } from '../shared/conversation/event.ts'
import type { Departure, InboxRow, LastEntry } from '../shared/conversation/inbox.ts'
import type { ConversationKind, Member, NamedKind, Permissions, Role } from '../shared/conversation/membership.ts'
import type { Receipt } from '../shared/conversation/receipts.ts'
import type { ConversationId, DeviceId, EntryId, PictureId, Seq, SessionId, UserId } from '../shared/ids.ts'
import type { Channel, EntryReach } from '../shared/protocol/api.ts'
import type { Person, UserReceipt } from '../shared/protocol/messages.ts'
import type { AdministrationStore, Admission, RegistrationStore } from './administration.ts'
import type { JoinLinkStore } from './joinLinks.ts'
import type { PeopleStore, Picture, PictureStore, ReportStore } from './people.ts'
import type { ThreadStore } from './threads.ts'

export type Database = {
  readonly log: LogStore
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly conversations: ConversationStore
  readonly receipts: ReceiptStore
  readonly personal: PersonalStore
  readonly bulk: BulkStore
  readonly administration: AdministrationStore
  readonly registration: RegistrationStore
  readonly people: PeopleStore
  readonly pictures: PictureStore
  readonly joinLinks: JoinLinkStore
  readonly reports: ReportStore
  readonly threads: ThreadStore
  /** Rejects when the database cannot take a write right now; what `/readyz` asks. */
  ping(): Promise<void>
  close(): Promise<void>
}

// ── the log ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type LogStore = {
  /**
   * One transaction for all requests: gapless `seq`, idempotent by (conversation, author, id), another author's id is an
   * `id-conflict` since replies refer to the id alone, membership checked inside it, so that no entry of a removed member is ever numbered. Resolves when everything is durable, one outcome per
   * request in the same order. Entries of one request that are not refused get consecutive numbers.
   */
  commit(requests: readonly CommitRequest[]): Promise<CommitOutcome[]>
  /** 0 for an empty log, and for a conversation that does not exist. */
  head(conversation: ConversationId): Promise<Seq>
  /** Entries first..last inclusive, in order; shorter at the end of the log. */
  read(conversation: ConversationId, first: Seq, last: Seq): Promise<Entry[]>
  /** Up to ANNOTATIONS_PAGE entries later than `after` that say something about the messages first..last, or about replies to them, in order. */
  annotations(conversation: ConversationId, first: Seq, last: Seq, after: Seq): Promise<Annotation[]>
  /** How many stubs a segment holds: its generation. */
  generation(conversation: ConversationId, segment: number): Promise<number>
  /** Events and erasures later than `after`, up to CONTROL_PAGE of them, in order. */
  control(conversation: ConversationId, after: Seq): Promise<(Erase | Event)[]>
  /** What is pinned, the last pinned first; at most `limit`. */
  pinned(conversation: ConversationId, limit: number): Promise<Pinned[]>
  /** Messages and replies with the text of their last edit, in the order asked for; those that do not exist are left out. */
  asItReads(conversation: ConversationId, seqs: readonly Seq[]): Promise<Entry[]>
  /** Which messages of the user's conversations were erased later than the cursor, oldest first. */
  erasures(user: UserId, after: ErasureCursor, limit: number): Promise<Erasure[]>
  /** Where an entry stands, or null. */
  find(conversation: ConversationId, id: EntryId): Promise<Seq | null>
}

/** A message as it reads now, and who pinned it. */
export type Pinned = { entry: Entry; by: UserId; at: number }

/** `touched` as in an inbox row: later erasures have a greater one. */
export type Erasure = { conversation: ConversationId; target: Seq; touched: number }
/** From the beginning: zeros, and no conversation. */
export type ErasureCursor = { touched: number; conversation: ConversationId | null; target: number }

export type CommitRequest = {
  conversation: ConversationId
  author: UserId
  device: DeviceId
  /** Stubs and events only with `trusted`: an event restored changes nothing but the log. */
  entries: readonly RestoredEntry[]
  /** Server clock: becomes the conversation's time of last activity. */
  now: number
  /**
   * An import writes with original times, for authors who need an account but no membership: whoever left long ago still
   * wrote what they wrote. The entrance has checked the right to do so.
   */
  trusted?: boolean
}

/**
 * `not-member` refuses the whole request. When some of it is stored already, because an answer was lost and its author has
 * left since, that part is answered as the first time and the rest is `not-member` by itself.
 */
export type CommitOutcome =
  | { type: 'not-member' }
  /** The other one of a direct conversation has blocked the author; as with `not-member`, what was stored before is answered. */
  | { type: 'blocked' }
  | {
      type: 'committed'
      head: Seq
      results: (
        /** `recalled`: whom it concerns that a message calls others now than before, by an edit or an erasure. */
        | { type: 'stored'; entry: Entry; recalled?: { users: readonly UserId[]; all: boolean } }
        /** Same id and same content as before: the same answer as the first time. */
        | { type: 'duplicate'; id: EntryId; seq: Seq }
        | { type: 'id-conflict'; id: EntryId }
        /** What it answers, edits or reacts to is no message of this log. */
        | { type: 'reply-unknown'; id: EntryId }
        /** Somebody else wrote what it edits or erases. */
        | { type: 'not-author'; id: EntryId }
        /** The group leaves it to higher roles. */
        | { type: 'forbidden'; id: EntryId }
        /** What it is about was erased. */
        | { type: 'erased'; id: EntryId }
        | { type: 'not-member' | 'blocked'; id: EntryId }
      )[]
    }

// ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type Account = Person & {
  createdAt: number
  lastSeenAt: number | null
}

export type NewAccount = { id: UserId; handle: string; name: string; passwordHash: string | null; createdAt: number }

export type AccountStore = {
  /**
   * `taken` when the handle is in use. A placeholder has no password and cannot sign in. While there is no administrator,
   * the first account that gets a password, here or by a claim, becomes one.
   */
  create(account: NewAccount): Promise<'created' | 'taken'>
  /** `create` for whoever registration lets in, decided in the same transaction; spends a use of the invite only then. */
  signUp(account: NewAccount, inviteHash: string | null): Promise<'created' | 'taken' | Exclude<Admission, 'admitted'>>
  byId(id: UserId): Promise<Account | null>
  byHandle(handle: string): Promise<Account | null>
  byIds(ids: readonly UserId[]): Promise<Person[]>
  /** Start of a handle or of a word of a name, placeholders last; at most `limit`. */
  search(start: string, limit: number): Promise<Person[]>
  passwordHash(handle: string): Promise<{ id: UserId; hash: string } | null>
  setPasswordHash(id: UserId, hash: string): Promise<void>
  setLastSeen(seen: readonly { user: UserId; at: number }[]): Promise<void>
  /** One-time codes, of which only a hash is kept, that turn a placeholder into somebody's account. */
  setClaim(placeholder: UserId, claimHash: string, now: number): Promise<void>
  /** Takes the placeholder over, once: sets handle, name and password. */
  claim(claimHash: string, as: { handle: string; name: string; passwordHash: string }, now: number): Promise<UserId | 'taken' | 'unknown'>
}

export type StoredSession = {
  id: SessionId
  /** Hash of the token; the token itself is never stored. */
  tokenHash: string
  user: UserId
  device: DeviceId
  label: string
  createdAt: number
  lastSeenAt: number
  expiresAt: number
}

export type SessionStore = {
  create(session: StoredSession): Promise<void>
  byTokenHash(tokenHash: string): Promise<StoredSession | null>
  ofUser(user: UserId): Promise<StoredSession[]>
  extend(tokenHash: string, expiresAt: number): Promise<void>
  touch(seen: readonly { id: SessionId; at: number }[]): Promise<void>
  /** True when there was one. */
  delete(user: UserId, id: SessionId): Promise<boolean>
  deleteAllOf(user: UserId, except?: SessionId): Promise<SessionId[]>
  /** The sessions that are over, so that whoever holds something open for them can let go. */
  deleteExpired(now: number): Promise<SessionId[]>
}

// ── conversations ────────────────────────────────────────────────────────────────────────────────────────────────

export type ConversationRecord = {
  id: ConversationId
  kind: ConversationKind
  name: string
  topic: string
  picture: PictureId | null
  permissions: Permissions
  createdAt: number
  memberCount: number
  /** How many may not join (again), up to BANS_SHOWN. */
  bannedCount: number
  head: Seq
}

/** `picture`: with an event that sets one, the picture whose id it names. */
export type ChangeRequest = { conversation: ConversationId; author: UserId; device: DeviceId; id: EntryId; body: EventBody; now: number; picture?: Picture }
/** `added`: of those asked for, the ones who have an account and were no members. The event says the same. */
/** `declined`: those who asked to be let in, and are answered by it. */
export type Changed = { entry: Event; added: readonly UserId[]; removed: readonly UserId[]; declined?: readonly UserId[] }

export type NewGroup = { id: ConversationId; kind?: NamedKind; name: string; topic?: string; permissions?: Permissions; owner: UserId; members: readonly UserId[]; now: number }
/** Who may not join (again), and who said so. */
export type Ban = { user: UserId; by: UserId; at: number }

export type InboxCursor = { touched: number; conversation: ConversationId }

export type ConversationStore = {
  /** The direct conversation of a pair: made once, whoever asks first or both at the same time. */
  direct(pair: readonly [UserId, UserId], id: ConversationId, now: number): Promise<{ id: ConversationId; created: boolean }>
  /** A group, unless `kind` says a channel. Idempotent by id for the same creator: `exists` when somebody else's or another kind has it. */
  createGroup(group: NewGroup): Promise<'created' | 'already' | 'exists'>
  byId(id: ConversationId): Promise<ConversationRecord | null>
  /**
   * Makes a change and enters it in the log as an event of its author, in one transaction. Null when nothing changes: those
   * added are members already, the one removed is none, the name is the same. Who may is for the caller to have decided; but
   * whoever is banned neither joins nor is added, and whoever comes has nothing more to ask for.
   *
   * Whoever comes has read what was written before. When the last owner leaves, the longest-standing admin, else member,
   * becomes it; making another the owner makes the former owner an admin.
   */
  change(request: ChangeRequest): Promise<Changed | null>
  role(id: ConversationId, user: UserId): Promise<Role | null>
  /** Of those of `users` who are members. */
  roles(id: ConversationId, users: readonly UserId[]): Promise<ReadonlyMap<UserId, Role>>
  /** Those of `users` who may not join (again), in the order given. */
  bannedOf(id: ConversationId, users: readonly UserId[]): Promise<UserId[]>
  /** The last first; at most `limit`. */
  bans(id: ConversationId, limit: number): Promise<Ban[]>
  /** Channels of which a word of the name starts so, the one touched last first, as this user sees them: without those that they may not join. */
  channels(user: UserId, query: { start: string; before: InboxCursor | null; limit: number }): Promise<Channel[]>
  /** Null for what is no channel. */
  channel(user: UserId, id: ConversationId): Promise<Channel | null>
  /** In order of user id. */
  members(id: ConversationId, after: UserId | null, limit: number): Promise<Member[]>
  /** Of these roles, if any are named. */
  memberIds(id: ConversationId, roles?: readonly Role[]): Promise<UserId[]>
  /** Those of `people` who are in a conversation with the user, the user among them; in the order given. */
  sharing(user: UserId, people: readonly UserId[]): Promise<UserId[]>
  /** Newest first. `touched` of a row is the latest of: last entry, membership change, own read mark moved. */
  inbox(user: UserId, page: { since: number | null; before: InboxCursor | null; limit: number }): Promise<InboxRow[]>
  /** What the user was taken out of later than `since` and is not back in: what a device that was away has to forget. Oldest first. */
  departures(user: UserId, page: { since: number; after: InboxCursor | null; limit: number }): Promise<Departure[]>
  inboxRow(user: UserId, conversation: ConversationId): Promise<InboxRow | null>
  /** The rows of those of `users` who are members. What is the same in all of them is looked up once. */
  inboxRows(conversation: ConversationId, users: readonly UserId[]): Promise<{ user: UserId; row: InboxRow }[]>
  last(conversation: ConversationId): Promise<LastEntry | null>
}

/** `told`: what others may hear of it. */
export type JoinedReceipt = { conversation: ConversationId; receipt: UserReceipt; told: Receipt }

export type ReceiptStore = {
  /** Upsert with the maximum, clamped to head; ignores users who are no members. One transaction. Returns what changed, joined. */
  join(changes: readonly { conversation: ConversationId; user: UserId; receipt: Receipt }[], now: number): Promise<JoinedReceipt[]>
  /** Empty above RECEIPTS_MAX_MEMBERS members. */
  snapshot(conversation: ConversationId): Promise<UserReceipt[]>
  /** Of the snapshot what this person is told: their own, and of others unless either keeps receipts private or blocks the other. */
  shownTo(viewer: UserId, conversation: ConversationId): Promise<UserReceipt[]>
  /** Of a message of the viewer, in a room of any size; who keeps to themselves waits. Null: they are no member, or wrote no such message. */
  reach(viewer: UserId, conversation: ConversationId, entry: EntryId): Promise<EntryReach | null>
}

// ── personal documents ───────────────────────────────────────────────────────────────────────────────────────────

export type PersonalStore = {
  /** 0 before the first. */
  generation(user: UserId): Promise<number>
  /** Durable before Hocuspocus acknowledges it. Returns the update's number, which grows. */
  appendUpdate(user: UserId, generation: number, update: Uint8Array): Promise<number>
  /** The snapshot, if any, and the updates after it, in order. */
  load(user: UserId, generation: number): Promise<{ snapshot: Uint8Array | null; updates: { number: number; update: Uint8Array }[] }>
  /**
   * Replaces the snapshot and drops updates numbered up to `upTo`, in one transaction. An update that was appended but
   * not yet applied when the snapshot was encoded has a higher number and stays.
   */
  compact(user: UserId, generation: number, snapshot: Uint8Array, upTo: number): Promise<void>
  /** Starts the next generation from a merged state, only if `from` is still the current one. */
  advance(user: UserId, from: number, snapshot: Uint8Array): Promise<'advanced' | 'stale'>
}

// ── whole databases ──────────────────────────────────────────────────────────────────────────────────────────────

/** What an import, an export and a demo need besides the log: everyone and everything, many at a time. */
export type BulkStore = {
  /**
   * People, then conversations, then members, all in one transaction: a room of a thousand authors costs one sync. What is
   * there already stays as it is, so the same arrivals may come again.
   */
  arrive(arrivals: Arrivals, now: number): Promise<Arrived>
  /** Takes out whoever an import made a conversation by that everyone had left. That is no event: it restores what was. */
  abandon(conversation: ConversationId, user: UserId, now: number): Promise<void>
  /** In order of id. */
  people(after: UserId | null, limit: number): Promise<Person[]>
  /** In order of id. */
  conversations(after: ConversationId | null, limit: number): Promise<ConversationRecord[]>
  /**
   * What of these is stored already: its number, `different` when another author or content has the id, null when it is
   * new. Reads only, so that an import that runs again need not go through the log with what is there.
   */
  stored(conversation: ConversationId, entries: readonly { author: UserId; entry: RestoredEntry }[]): Promise<(Seq | 'different' | null)[]>
  /** Of everyone who has received anything, whatever the size of the conversation. In order of user id. */
  receipts(conversation: ConversationId): Promise<UserReceipt[]>
}

export type Arrivals = {
  /** Placeholders. The first of `handles` that is free is taken; the last one must be. */
  people: readonly { id: UserId; handles: readonly string[]; name: string }[]
  conversations: readonly (
    | { kind: NamedKind; id: ConversationId; name: string; owner: UserId; topic?: string; permissions?: Permissions; banned?: readonly UserId[] }
    | { kind: 'direct'; id: ConversationId; pair: readonly [UserId, UserId] }
  )[]
  /** Never lifts or lowers who is in already. Beyond MEMBERS_MAX nobody is added, nor to a direct conversation. */
  members: readonly { conversation: ConversationId; user: UserId; role: Role }[]
}

export type Arrived = {
  /** How many were not there before. */
  people: number
  /** One for each of `conversations`: its own id, or that of the conversation the pair had already. */
  conversations: { id: ConversationId; created: boolean }[]
  /** How many members there was no room for. */
  leftOut: number
}

/** The disk is full: nothing was written; the same call can succeed when there is room. */
export class StorageFullError extends Error {
  constructor(options?: ErrorOptions) {
    super('The disk is full.', options)
    this.name = 'StorageFullError'
  }
}

/** The database cannot be used as it is: the process must not start. The message says what to do. */
export class DatabaseUnusableError extends Error {
  constructor(words: string, options?: ErrorOptions) {
    super(words, options)
    this.name = new.target.name
  }
}

/** The file is damaged or not ours. */
export class DatabaseDamagedError extends DatabaseUnusableError {}

/** Another process has it open. */
export class DatabaseInUseError extends DatabaseUnusableError {}

/** A later version of Parley wrote it. */
export class DatabaseTooNewError extends DatabaseUnusableError {}
