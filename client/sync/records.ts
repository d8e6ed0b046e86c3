// What the replica store holds: the schema, and the key, of every table. What comes out of the store is parsed here, once,
// because it may be older than the program or damaged.
//
//   profile   'profile' who this device is and whose data it holds · 'inbox' how far the inbox is known · 'erasures' what was erased · 'personal'
//   inbox     <conversation>                an inbox row
//   views     <conversation>                members, receipts; /pins: what is pinned; /threads/<root>: whether it is followed
//   people    <user>
//   entries   <conversation>/<seq>          entries of segments that are not held in full
//   segments  <conversation>/<segment>      full segments: bytes of a Yjs update
//   annotations <conversation>/<segment>/<seq>  what stands later in the log than the segment it is about; /known: see there
//   outbox    <conversation>/<order>/<id>   own entries the server does not hold yet, as far as we know
//   registers <conversation>                own receipt, and whether the server has it; /<root>: the same of a thread
//   personal  <generation>/<key>            updates of the personal document, in any order
//   changes   <order>/<id>                  what the person set and the server does not know yet

import { z } from 'zod'
import { Annotation, Entry, NewEntry, isStub, shownAt } from '../../shared/conversation/entry.ts'
import { InboxRow } from '../../shared/conversation/inbox.ts'
import { Receipt } from '../../shared/conversation/receipts.ts'
import { rangeOf, segmentOf } from '../../shared/conversation/segment.ts'
import { ThreadStanding } from '../../shared/conversation/thread.ts'
import { ConversationId, DeviceId, EntryId, Millis, PictureId, ReportId, Seq, UserId } from '../../shared/ids.ts'
import { ChangeProfile, NewReport } from '../../shared/protocol/api.ts'
import { ConversationView, OwnProfile, Person, ThreadMark, UserReceipt } from '../../shared/protocol/messages.ts'
import { Refusal } from '../../shared/protocol/refusal.ts'
import type { StoreWrite, Table } from './replicaStore.ts'
import { AFTER_LAST_KEY, FIRST_KEY, prefixed } from './replicaStore.ts'

/** Bump it when a schema below changes: a replica of another version is dropped and rebuilt from the server. */
export const REPLICA_VERSION = 4

export const Profile = z.object({
  version: z.literal(REPLICA_VERSION),
  device: DeviceId,
  /** Whose entries, rows and outbox the tables hold, also after the session has ended. */
  holder: Person.nullable(),
  /** What only their own devices know of them; null until the server said so. */
  own: OwnProfile.nullable().default(null),
  session: z.discriminatedUnion('state', [
    /** `token` only where the browser does not keep it in a cookie. */
    z.object({ state: z.literal('signed-in'), token: z.string().nullable() }),
    z.object({ state: z.literal('signed-out'), words: z.string().nullable() }),
  ]),
})
export type Profile = z.infer<typeof Profile>

/** What survives a change of version: without it the outbox would belong to nobody. */
export const ProfileOfAnyVersion = z.object({ device: DeviceId, holder: Person.nullable() })

export const InboxProgress = z.object({
  /** Everything touched up to here is known, of the pages that were read; null before the first page. */
  since: Millis.nullable(),
  /** Where older rows go on; null when all are here. */
  older: z.string().nullable(),
})
export type InboxProgress = z.infer<typeof InboxProgress>

export const StoredView = z.object({ view: ConversationView, receipts: z.array(UserReceipt) })
export type StoredView = z.infer<typeof StoredView>

export const OutboxRecord = z.object({
  conversation: ConversationId,
  author: UserId,
  /** Grows in the order of writing within a conversation. */
  order: z.int().min(0),
  entry: NewEntry,
  state: z.discriminatedUnion('state', [
    z.object({ state: z.literal('pending') }),
    z.object({ state: z.literal('refused'), refusal: Refusal }),
    /** The server holds it; it stays here until the log on this device holds it too. */
    z.object({ state: z.literal('stored'), seq: Seq }),
  ]),
})
export type OutboxRecord = z.infer<typeof OutboxRecord>

/** As it will be sent. Its id is the hash of its bytes, here as there. */
const OwnPicture = z.object({ id: PictureId, type: z.string(), bytes: z.instanceof(Uint8Array<ArrayBuffer>) })

/** Each says what is to be, not what to do, so it may be said again. A profile changes one field at a time. */
export const Change = z.discriminatedUnion('type', [
  z.object({ type: z.literal('profile'), change: ChangeProfile }),
  z.object({ type: z.literal('picture'), picture: OwnPicture.nullable() }),
  z.object({ type: z.literal('block'), user: UserId, on: z.boolean() }),
  /** `at`: where the root stands. `read`: the last reply that there was. */
  z.object({ type: z.literal('follow'), conversation: ConversationId, root: EntryId, at: Seq, on: z.boolean(), read: Seq }),
  z.object({ type: z.literal('report'), id: ReportId, report: NewReport }),
])
export type Change = z.infer<typeof Change>

export const PendingChange = z.object({
  id: z.string(),
  /** Grows in the order of changing. */
  order: z.int().min(0),
  change: Change,
  state: z.discriminatedUnion('state', [
    z.object({ state: z.literal('pending') }),
    /** For good. It is not shown any more, and stays until the person was told. */
    z.object({ state: z.literal('refused'), refusal: Refusal }),
  ]),
})
export type PendingChange = z.infer<typeof PendingChange>

export const Register = z.object({
  receipt: Receipt,
  /** The server is known to have it. Others are asserted again after every reconnect. */
  confirmed: z.boolean(),
})
export type Register = z.infer<typeof Register>

/** How far this person has read a thread, kept beside their receipts. */
export const StoredThreadMark = ThreadMark.extend({ confirmed: z.boolean() })
export type StoredThreadMark = z.infer<typeof StoredThreadMark>

/** Of a thread that was on screen: where its root stands, so that it is found again offline, and whether it is followed. */
export const StoredStanding = z.object({ root: Seq, standing: ThreadStanding })

/** Of a segment: no annotation up to here is missing. */
export const AnnotationsKnown = z.object({ upTo: Seq })

/** How far it is known what was erased: the last of the server's list. */
export const ErasuresKnown = z.object({ touched: Millis, conversation: ConversationId.optional(), target: z.int().optional() })
export type ErasuresKnown = z.infer<typeof ErasuresKnown>

export const PersonalProgress = z.object({
  generation: z.int(),
  /** `<root>/<key>` of what was changed here and is not known to have arrived. */
  unsent: z.array(z.string()),
})
export type PersonalProgress = z.infer<typeof PersonalProgress>

export const entryKey = (conversation: ConversationId, seq: number): string => `${conversation}/${pad(seq)}`
export const segmentKey = (conversation: ConversationId, segment: number): string => `${conversation}/${pad(segment)}`
export const annotationKey = (conversation: ConversationId, segment: number, seq: number): string => `${segmentKey(conversation, segment)}/${pad(seq)}`
/** After all annotations of the segment. */
export const annotationsKnownKey = (conversation: ConversationId, segment: number): string => `${segmentKey(conversation, segment)}/known`
/** Beside the view of a conversation: what is pinned in it. */
export const pinsKey = (conversation: ConversationId): string => `${conversation}/pins`
/** And how this person stands to a thread. */
export const standingKey = (conversation: ConversationId, root: EntryId): string => `${conversation}/threads/${root}`
export const standingsOf = (conversation: ConversationId): { from: string; to: string } => prefixed(`${conversation}/threads/`)
export const threadMarkKey = ({ conversation, thread }: Pick<StoredThreadMark, 'conversation' | 'thread'>): string => `${conversation}/${pad(thread)}`
export const outboxKey = (record: Pick<OutboxRecord, 'conversation' | 'order' | 'entry'>): string =>
  `${record.conversation}/${pad(record.order)}/${record.entry.id}`
export const changeKey = ({ order, id }: Pick<PendingChange, 'order' | 'id'>): string => `${pad(order)}/${id}`

export function putEntries(conversation: ConversationId, entries: readonly Entry[]): StoreWrite[] {
  return entries.map((entry) => ({ type: 'put', table: 'entries', key: entryKey(conversation, entry.seq), value: entry }))
}

/** A whole one, in place of its entries. */
export function putSegment(conversation: ConversationId, { number, bytes }: { number: number; bytes: Uint8Array }): StoreWrite[] {
  const { first, last } = rangeOf(number)
  return [
    { type: 'put', table: 'segments', key: segmentKey(conversation, number), value: bytes },
    { type: 'deleteRange', table: 'entries', from: entryKey(conversation, first), to: entryKey(conversation, last + 1) },
  ]
}

/** Those of other segments than the one they are shown with: the others come with it. */
export function putAnnotations(conversation: ConversationId, annotations: readonly Annotation[]): StoreWrite[] {
  return annotations
    .filter((annotation) => (annotation.kind === 'reply' || !isStub(annotation)) && segmentOf(annotation.seq) !== segmentOf(shownAt(annotation)))
    .map((value) => ({ type: 'put', table: 'annotations', key: annotationKey(conversation, segmentOf(shownAt(value)), value.seq), value }))
}

/** Everything that is held of a conversation except own unsent entries. */
export function forgetConversation(conversation: ConversationId): StoreWrite[] {
  const tables: Table[] = ['inbox', 'views', 'entries', 'segments', 'annotations', 'registers']
  return tables.map((table) => ({ type: 'deleteRange', table, from: conversation, to: `${conversation}0` }))
}

/** Of the account; what was not sent only where it is not to be kept. */
export function forgetEverything(keep: { outbox: boolean }): StoreWrite[] {
  const all = { from: FIRST_KEY, to: AFTER_LAST_KEY }
  const tables: StoreWrite[] = (['inbox', 'views', 'people', 'entries', 'segments', 'annotations', 'registers', 'personal'] as const).map((table) => ({ type: 'deleteRange', table, ...all }))
  const progress: StoreWrite[] = ['inbox', 'personal'].map((key) => ({ type: 'delete', table: 'profile', key }))
  return [...tables, ...progress, ...(keep.outbox ? [] : (['outbox', 'changes'] as const).map((table): StoreWrite => ({ type: 'deleteRange', table, ...all })))]
}

export { Annotation, Entry, InboxRow, Person }

/** Ten digits: keys then sort as numbers do. */
function pad(value: number): string {
  return String(value).padStart(10, '0')
}
