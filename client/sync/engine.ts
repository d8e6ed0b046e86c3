// The client engine: a device's replica of its account, its outbox, and the socket that keeps both in step with the
// server. No React and no DOM in it: the same engine runs in a browser tab, a bot and a load test.
//
// This file is the public surface. `createEngine` (create.ts) makes one; the parts behind it are
//   connection → one socket, many documents        replica → what this device holds        outbox → what it has yet to send
//
// State is read through `Readable`s: `get` answers at once from memory, `subscribe` calls back after each change. What is
// shown is what is durable on this device; nothing is called stored, delivered or read before the server said so.

import type { InboxRow, NewsOfThread } from '../../shared/conversation/inbox.ts'
import type { Calling, MessageBody, ReplyContent } from '../../shared/conversation/entry.ts'
import type { EventBody } from '../../shared/conversation/event.ts'
import type { ConversationKind, Member, NamedKind, Permissions, Role } from '../../shared/conversation/membership.ts'
import type { ConversationId, DeviceId, EntryId, PictureId, ReportId, Seq, SessionId, UserId } from '../../shared/ids.ts'
import type { OwnProfile, Person, Presence } from '../../shared/protocol/messages.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import type { RegistrationMode } from '../../shared/protocol/administration.ts'
import type { ChangeProfile, ChannelPreview, ChannelsPage, Describe, EntryReach, NewReport, Pins, SessionView, ThreadView } from '../../shared/protocol/api.ts'
import type { z } from 'zod'
import type { ReadMessage } from './readMessage.ts'
import type { Change } from './records.ts'
import type { EngineAdministration } from './administration.ts'
import type { EngineBans } from './bans.ts'
import type { EngineJoinLinks } from './joinLinks.ts'

export type Readable<T> = {
  /** The same object until it changes. */
  get(): T
  /** Called after each change, never during `subscribe`. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void
}

export type Engine = {
  readonly account: Readable<AccountState>
  /** How others see the own account, its privacy, and whom it blocks: on every device of it, also offline. Null until it was heard of. */
  readonly profile: Readable<OwnProfile | null>
  readonly connection: Readable<ConnectionState>
  readonly inbox: Readable<InboxState>
  /** Messages kept for later, the newest first. */
  readonly saved: Readable<readonly SavedMessage[]>
  /** Entries on this device that the server does not hold yet, over all conversations. */
  readonly outbox: Readable<OutboxState>
  /** What was set on this device and the server does not know yet. It is shown as set: in `profile`, `account`, `person` and threads. */
  readonly changes: Readable<ChangesState>
  /** Is this tab the one that writes and holds the socket? In Node always true. */
  readonly leader: Readable<boolean>
  /** For administrators of the server; others are refused by it. */
  readonly administration: EngineAdministration
  /** Links into groups and channels, and those who ask to be let in. */
  readonly joinLinks: EngineJoinLinks
  /** Who may not join a group or a channel (again). */
  readonly bans: EngineBans

  /** Who may make an account on this server. */
  registration(): Promise<Outcome<RegistrationMode>>
  signUp(form: { handle: string; name: string; password: string; claim?: string; invite?: string }): Promise<Outcome<Person>>
  signIn(form: { handle: string; password: string }): Promise<Outcome<Person>>
  /** Ends the session and forgets everything this device holds of the account; refuses while the outbox is not empty unless `discard`. */
  signOut(options?: { discard?: boolean }): Promise<Outcome<void>>
  changePassword(form: { current: string; next: string }): Promise<Outcome<void>>
  sessions(): Promise<Outcome<SessionView[]>>
  endSession(id: SessionId): Promise<Outcome<void>>

  /** The next page of the inbox, when the screen nears its end. */
  loadMoreInbox(): Promise<void>
  /** A person as far as this device knows; asks the server when it does not. */
  person(id: UserId): Readable<Person | null>
  searchPeople(start: string): Promise<Outcome<Person[]>>
  /** Watched while there is a subscriber. */
  presence(id: UserId): Readable<Presence | null>

  // These resolve when they are durable on this device, and are shown then; refused is only what can be seen to be wrong here.
  // They are sent with the next connection, and `changes` says what waits, and what the server would not have.

  /** What is absent stays as it is; null takes it away. */
  changeProfile(change: ChangeProfile): Promise<Outcome<void>>
  /** Square, WebP, PNG or JPEG, within PICTURE_MAX_SIDE and PICTURE_MAX_BYTES; null takes it away. */
  setPicture(picture: Blob | null): Promise<Outcome<void>>
  /** Where an image element finds a picture. It never changes there. */
  pictureAddress(id: PictureId): string
  /** They are not told. `profile` says whom. */
  block(user: UserId): Promise<Outcome<void>>
  unblock(user: UserId): Promise<Outcome<void>>
  /** To the administrators, who see the messages named here and no others. */
  report(form: z.input<typeof NewReport>): Promise<Outcome<ReportId>>
  /** The person was told that it was refused. */
  dismissRefused(id: RefusedChange['id']): Promise<void>

  startDirect(user: UserId): Promise<Outcome<ConversationId>>
  /** For `createGroup`: whoever tries again with the same one after a lost answer does not make a second group. */
  newConversationId(): ConversationId
  /** A group, unless `kind` says a channel. */
  createGroup(form: NewGroup): Promise<Outcome<ConversationId>>
  /** Channels of which a word of the name starts so, a page at a time; `cursor: null` begins. */
  channels(query: { start: string; cursor: string | null }): Promise<Outcome<ChannelsPage>>
  /** The end of a channel, without being in it. */
  previewChannel(id: ConversationId): Promise<Outcome<ChannelPreview>>
  joinChannel(id: ConversationId): Promise<Outcome<ConversationId>>
  /** Name, topic and permissions of a group; what is left out stays. */
  describe(id: ConversationId, description: Describe): Promise<Outcome<void>>
  /** Of a group or a channel; see `setPicture`. */
  setPictureOf(id: ConversationId, picture: Blob | null): Promise<Outcome<void>>
  addMembers(id: ConversationId, users: readonly UserId[]): Promise<Outcome<void>>
  removeMember(id: ConversationId, user: UserId): Promise<Outcome<void>>
  setRole(id: ConversationId, user: UserId, role: Role): Promise<Outcome<void>>
  /** A page of the members from the server, in order of their ids; for groups too large to be replicated. `after: null` begins, and ends. */
  membersPage(id: ConversationId, after: UserId | null): Promise<Outcome<{ members: Member[]; after: UserId | null }>>
  leave(id: ConversationId): Promise<Outcome<void>>

  /** One message as it reads now, without putting its conversation on screen; null: it cannot be had now. */
  message(conversation: ConversationId, id: EntryId): Promise<ReadMessage | null>
  /** The same of the message or reply at a place in the log; of an edit, what it is about. */
  messageAt(conversation: ConversationId, seq: Seq): Promise<ReadMessage | null>

  /** Puts a conversation on screen. The same object while any holder has not closed it. */
  open(id: ConversationId): Conversation

  setPinned(id: ConversationId, pinned: boolean): Promise<void>
  /** Until when, milliseconds; Infinity: for ever; null: not muted. */
  setMuted(id: ConversationId, until: number | null): Promise<void>
  /** While it is muted, whether mentions are to be no news either. */
  setSilenced(id: ConversationId, on: boolean): Promise<void>
  /** Out of the list until something new comes, or back into it. */
  setArchived(id: ConversationId, archived: boolean): Promise<void>
  /** Without opening the conversation: from the list. With all its threads. */
  markAllRead(id: ConversationId): Promise<void>

  /** A page of the threads that this person follows in a conversation, the last replied to first. `before: null` begins, and ends. Without a connection, not whole: those that this device knows. */
  threads(id: ConversationId, before: Seq | null): Promise<Outcome<{ threads: ThreadView[]; before: Seq | null; isWhole: boolean }>>

  close(): Promise<void>
}

/** `permissions`: absent, those of its kind. */
export type NewGroup = { kind?: NamedKind; id?: ConversationId; name: string; topic?: string; permissions?: Permissions; members: readonly UserId[] }

export type Conversation = {
  readonly id: ConversationId
  readonly state: Readable<ConversationState>
  readonly timeline: Timeline
  /** Empty above RECEIPTS_MAX_MEMBERS members: `Engine.membersPage` has them. */
  readonly members: Readable<readonly Member[]>
  /** Everyone's registers; empty in large rooms. */
  readonly receipts: Readable<ReadonlyMap<UserId, { delivered: Seq; read: Seq }>>
  /** Of a conversation that is gone: what was written about its messages here and never sent. Own messages are in the timeline. */
  readonly leftovers: Readable<readonly Leftover[]>
  /** Others who write here now, and not in a thread of it. */
  readonly typing: Readable<readonly UserId[]>
  readonly draft: Readable<string>
  /** The last pinned first, as each reads now; offline, as this device last heard. */
  readonly pinned: Readable<Pinned>

  /** Resolves with the id once the entry is durable on this device; the timeline shows it at once. */
  send(body: MessageBody): Promise<EntryId>
  /** Changes what an own message or reply says, here at once; the ladder is that of `send`. Whom `calling` does not name is called no more. */
  edit(of: EntryId, text: string, calling: Calling): Promise<void>
  /** Sets a reaction of one emoji, or takes it back. */
  react(of: EntryId, emoji: string, on: boolean): Promise<void>
  /** Pins a message for everyone, or takes it down. */
  pin(of: EntryId, on: boolean): Promise<void>
  /** Deletes a message for everyone: of what it said nothing is left anywhere. */
  erase(of: EntryId): Promise<void>
  /** Keeps messages and replies for later in `Engine.saved`, on all devices of this person; or lets them go. */
  setSaved(ids: readonly EntryId[], saved: boolean): Promise<void>
  /** Deletes messages for this person alone, on all their devices; or brings them back. */
  setHidden(ids: readonly EntryId[], hidden: boolean): Promise<void>
  /** How many have received and read an own message: where they are too many to be named (`receipts`). */
  reach(id: EntryId): Promise<Outcome<EntryReach>>
  retry(id: EntryId): Promise<void>
  discard(id: EntryId): Promise<void>
  /** Raises the own read register; lower values change nothing. Ends "unread from here". */
  markRead(seq: Seq): Promise<void>
  markUnreadFrom(seq: Seq): Promise<void>
  /** The thread of a message, beside the conversation. The same object while any holder has not closed it. */
  openThread(root: EntryId): Thread
  setDraft(text: string): Promise<void>
  setTyping(on: boolean): void
  close(): void
}

/** Edits, reactions and erasures of its replies, and what was refused of them, are for the conversation. */
export type Thread = {
  readonly root: EntryId
  readonly state: Readable<ThreadState>
  readonly draft: Readable<string>
  /** Others who write in it now. */
  readonly typing: Readable<readonly UserId[]>
  /** Resolves with the id once the reply is durable on this device; it is shown at once. Whoever replies follows. */
  reply(content: ReplyContent): Promise<EntryId>
  /** Raises the own mark; of a thread that is not followed there is none. */
  markRead(seq: Seq): Promise<void>
  /** As the profile is changed: also offline. */
  follow(on: boolean): Promise<Outcome<void>>
  /** As a conversation is (`Engine.setMuted`), for this person alone. A mute outlives leaving the thread. */
  setMuted(until: number | null): Promise<void>
  setSilenced(on: boolean): Promise<void>
  setDraft(text: string): Promise<void>
  setTyping(on: boolean): void
  close(): void
}

export type ThreadState =
  | { state: 'loading' }
  /** Its message is not on this device and cannot be had now. */
  | { state: 'missing' }
  | {
      state: 'ready'
      root: TimelineItem
      /** In the order of the log, then what waits. What this person deleted for themselves is among them, as an annotation. */
      replies: readonly TimelineItem[]
      following: boolean
      muted: boolean
      /** Muted, and calls by name are no news either. */
      silenced: boolean
      /** Replies of others that are new, or call this person since they were read. */
      unread: number
      /** First new one of others when it was opened; the divider stands before it. */
      firstUnread: EntryId | null
      /** The last reply in the log, or edit that calls this person; 0: none. */
      last: Seq
    }

/** What a message shows of its thread. `authors`: who replied last comes first. `refused`: an own one was. */
export type ThreadSummary = { count: number; lastAt: number; authors: readonly UserId[]; refused: boolean }

/**
 * The entries by index: 0 … head−1 are the log (seq − 1), then what waits in the outbox. Cost follows what is asked for:
 * an index that is not in memory is `undefined` until `load` brought it.
 */
export type Timeline = Readable<TimelineState> & {
  at(index: number): TimelineItem | undefined
  /** Brings [from, to) into memory: from the replica, else from the server. Never rejects; offline, holes stay holes. */
  load(from: number, to: number): Promise<void>
  indexOf(id: EntryId): Promise<number | null>
  /** Of the first entry that was written at `at` or later; null: there is none, or this device cannot say. */
  indexFrom(at: number): Promise<number | null>
}

export type TimelineState = {
  /** Entries in the log as far as this device knows. */
  head: Seq
  /** head + what is pending: the length of the list. */
  length: number
  /** First unread entry of others when the conversation was opened or marked; the divider stands before it. */
  firstUnread: Seq | null
  /** Changes whenever an item in memory changed. */
  version: number
}

export type TimelineItem = {
  id: EntryId
  /**
   * An annotation draws nothing at its place: the message it is about shows it; so does what this person deleted for
   * themselves. `erased` is what is left of a message that was deleted for everyone.
   */
  kind: 'message' | 'annotation' | 'erased' | 'event'
  author: UserId
  at: number
  /** As last edited. */
  body: MessageBody
  own: boolean
  mark: Mark
  /** What it said before, oldest first; empty when it was never edited. */
  versions: readonly Version[]
  reactions: readonly ReactionView[]
  pinned: boolean
  /** For later, by this person alone. */
  saved: boolean
  /** Of an event: what happened, by the author. */
  event: EventBody | null
  /** Null: nobody has replied. */
  thread: ThreadSummary | null
  /** Of what was erased: by whom, as far as this device knows. */
  erasedBy: UserId | null
  /** An own annotation that waits on this device, or was refused: the last such. `text`: of an edit, what it says. */
  waiting: { id: EntryId; text: string | null; refusal: Refusal | null } | null
}

/** `at`: when it began to say so. */
export type Version = { text: string; at: number }
export type ReactionView = { emoji: string; users: readonly UserId[]; own: boolean }

/** `text`: what would be lost with it; `refusal`: null while it waits. */
export type Leftover = { id: EntryId; kind: 'edit' | 'reply' | 'reaction' | 'pin' | 'erase'; text: string | null; refusal: Refusal | null }

/** How far an entry has come. Entries of others are always `stored`. */
export type Mark =
  | { state: 'pending' } // on this device
  | { state: 'refused'; refusal: Refusal }
  | { state: 'stored'; seq: Seq } // by the server
  | { state: 'delivered'; seq: Seq } // to a device of every other member
  | { state: 'read'; seq: Seq } // by every other member

/** `isNew`: a group or a channel in which nobody has written; `asking`: who wants to be let in, for those who decide; `banned`: how many may not join, for those who may allow it. */
export type ConversationState =
  | { state: 'loading' }
  | { state: 'ready'; kind: ConversationKind; name: string; peer: UserId | null; role: Role; memberCount: number; unread: number; topic: string; picture: PictureId | null; permissions: Permissions; asking: NonNullable<InboxRow['asking']> | null; banned: number; isNew: boolean }
  /** Not a member (any more), or no such conversation. What this device held of it is gone, except own unsent entries. */
  | { state: 'gone'; words: string }

export type AccountState =
  | { state: 'starting' }
  | { state: 'signed-out'; words: string | null }
  | { state: 'signed-in'; person: Person; device: DeviceId }

export type ConnectionState =
  | { state: 'online' }
  | { state: 'connecting' }
  /** No connection; tries again at `retryAt`. `words` say why, for people. */
  | { state: 'offline'; since: number; retryAt: number | null; words: string }

export type InboxState = {
  rows: readonly InboxItem[]
  /** False while the server has older rows that are not here yet. */
  complete: boolean
}

/** A row with what this person's own documents add to it. Pinned first, then newest first. */
export type InboxItem = Omit<InboxRow, 'threads'> & {
  threads: readonly ThreadNews[]
  title: string
  unread: number
  pinned: boolean
  muted: boolean
  /** Muted, and mentions are no news either. */
  silenced: boolean
  /** Put away by this person: not in the list until something new comes, and while it is muted not even then. */
  archived: boolean
  draft: string
  /** How many messages, and threads that are not silenced, call this person. */
  mentions: number
  /** The newest own entry that waits on this device, if it is newer than `last`. */
  pending: { body: MessageBody; at: number } | null
}

/** What is new in a thread is told as in a conversation: in a muted one only what calls the person, in a silenced one nothing. */
export type ThreadNews = NewsOfThread & { muted?: true; silenced?: true }

export type Pinned = Pins['pinned']

/** A message kept for later. */
export type SavedMessage = { conversation: ConversationId; id: EntryId }

export type ChangesState = { pending: readonly Change[]; refused: readonly RefusedChange[] }

/** Not done, for good; what is shown is what the server says. */
export type RefusedChange = { id: string; change: Change; refusal: Refusal }

export type { Change }

export type OutboxState = { pending: number; refused: number }

export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }
