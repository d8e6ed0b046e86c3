// What tabs tell each other. A fact is posted after it is durable, and every tab applies it to what it has in memory just
// as the tab that learned it did. Each is idempotent: a tab that opened in between may have read it from the store already.

import { z } from 'zod'
import { Entry } from '../../shared/conversation/entry.ts'
import { InboxRow } from '../../shared/conversation/inbox.ts'
import { ConversationId, EntryId, Seq, UserId } from '../../shared/ids.ts'
import { ConversationView, JoinAnswer, OwnProfile, Person, Presence, UserReceipt } from '../../shared/protocol/messages.ts'
import { InboxProgress, OutboxRecord, PendingChange, Register, StoredThreadMark } from './records.ts'

export const ConnectionFact = z.discriminatedUnion('state', [
  z.object({ state: z.literal('online') }),
  z.object({ state: z.literal('connecting') }),
  z.object({ state: z.literal('offline'), since: z.number(), retryAt: z.number().nullable(), words: z.string() }),
])

export const Fact = z.discriminatedUnion('type', [
  /** Signed in, out, or dropped: read the profile again. */
  z.object({ type: z.literal('account') }),
  z.object({ type: z.literal('entries'), conversation: ConversationId, entries: z.array(Entry) }),
  z.object({ type: z.literal('erased'), conversation: ConversationId, targets: z.array(Seq) }),
  z.object({ type: z.literal('view'), view: ConversationView, receipts: z.array(UserReceipt) }),
  z.object({ type: z.literal('receipts'), conversation: ConversationId, items: z.array(UserReceipt) }),
  z.object({ type: z.literal('rows'), rows: z.array(InboxRow) }),
  z.object({ type: z.literal('inbox-progress'), progress: InboxProgress }),
  z.object({ type: z.literal('own'), own: OwnProfile }),
  z.object({ type: z.literal('people'), people: z.array(Person) }),
  z.object({ type: z.literal('gone'), conversation: ConversationId, words: z.string() }),
  z.object({ type: z.literal('outbox'), put: z.array(OutboxRecord), removed: z.array(z.object({ conversation: ConversationId, id: EntryId })) }),
  z.object({ type: z.literal('changes'), put: z.array(PendingChange), removed: z.array(z.string()) }),
  z.object({ type: z.literal('register'), conversation: ConversationId, register: Register }),
  z.object({ type: z.literal('thread-mark'), mark: StoredThreadMark }),
  z.object({ type: z.literal('personal'), generation: z.int(), update: z.instanceof(Uint8Array), local: z.array(z.string()) }),

  // Passing things, from the leader to the others.
  z.object({ type: z.literal('leading') }),
  z.object({ type: z.literal('connection'), connection: ConnectionFact }),
  z.object({ type: z.literal('typing'), conversation: ConversationId, thread: EntryId.optional(), user: UserId, on: z.boolean() }),
  z.object({ type: z.literal('presence'), items: z.array(Presence) }),
  z.object({ type: z.literal('join-answer'), ...JoinAnswer.shape }),

  // From whichever tab to all.
  z.object({ type: z.literal('join-answer-read'), conversation: ConversationId }),

  // From the others to the leader.
  /** Everything that one tab shows; replaces what it said before. */
  z.object({ type: z.literal('screen'), tab: z.string(), conversations: z.array(ConversationId), people: z.array(UserId), away: z.boolean() }),
  z.object({ type: z.literal('type'), conversation: ConversationId, thread: EntryId.optional(), on: z.boolean() }),
  z.object({ type: z.literal('wake') }),
  /** Off before a tab signs out: the server closes the socket with the session, which then is no news. On if that failed. */
  z.object({ type: z.literal('connect'), on: z.boolean() }),
])
export type Fact = z.infer<typeof Fact>
export type FactOf<Type extends Fact['type']> = Extract<Fact, { type: Type }>
