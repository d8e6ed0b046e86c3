// Our own export: JSON Lines, one record a line, in UTF-8. Documented for others in docs/import.md.
//
//   {"parley":1}                                                     first, always
//   {"type":"person","id":…,"handle":…,"name":…,"placeholder":…}     before anything names them
//   {"type":"conversation","id":…,"kind":…,"name":…,["topic":…,"permissions":…,"banned":[…],]"members":[…]}   before its entries
//   {"type":"entry","conversation":…,"id":…,"seq":…, …}     by seq, rising
//   {"type":"receipt","conversation":…,"user":…,"delivered":…,"read":…}    after the entries it counts
//
// A record says exactly what the log holds, and keys come in one order: what is exported, imported and exported again is
// the same to the byte. Unknown fields are refused, since to drop them would lose them in silence.

import { z } from 'zod'
import { Edit, Erase, Erased, Event, Message, Pin, Reaction, Reply } from '../../../shared/conversation/entry.ts'
import { ConversationKind, Member, Permissions } from '../../../shared/conversation/membership.ts'
import { Receipt } from '../../../shared/conversation/receipts.ts'
import { Topic } from '../../../shared/displayName.ts'
import { ConversationId, UserId } from '../../../shared/ids.ts'
import { Person } from '../../../shared/protocol/messages.ts'
import { parseJson } from './parseJson.ts'

/** Without the line break. Throws when a record is not valid: a bad export is our bug. */
export function encodeParleyLine(record: ParleyRecord): string {
  return JSON.stringify(ParleyRecord.parse(record))
}

export function decodeParleyLine(line: string): DecodedLine {
  const decoded = ParleyRecord.safeParse(parseJson(line))
  return decoded.success ? { ok: true, record: decoded.data } : { ok: false, words: z.prettifyError(decoded.error) }
}

const Header = z.strictObject({ parley: z.literal(1) })

const PersonRecord = z.strictObject({ type: z.literal('person'), ...Person.shape })

const ConversationRecord = z.strictObject({
  type: z.literal('conversation'),
  id: ConversationId,
  kind: ConversationKind,
  /** Empty for a direct conversation. */
  name: z.string(),
  /** Absent: none. */
  topic: Topic.optional(),
  /** Absent: those of a new group, or channel. */
  permissions: Permissions.optional(),
  /** Who may not join (again). Absent: nobody. */
  banned: z.array(UserId).min(1).optional(),
  members: z.array(Member.strict()),
})

const entry = { type: z.literal('entry'), conversation: ConversationId }
const EntryRecord = z.discriminatedUnion('kind', [
  z.strictObject({ ...entry, ...Message.shape }),
  z.strictObject({ ...entry, ...Edit.shape }),
  z.strictObject({ ...entry, ...Reaction.shape }),
  z.strictObject({ ...entry, ...Pin.shape }),
  z.strictObject({ ...entry, ...Erase.shape }),
  z.strictObject({ ...entry, ...Erased.shape }),
  z.strictObject({ ...entry, ...Event.shape }),
  z.strictObject({ ...entry, ...Reply.shape }),
])

/** How far a member had got. */
const ReceiptRecord = z.strictObject({ type: z.literal('receipt'), conversation: ConversationId, user: UserId, ...Receipt.shape })

export const ParleyRecord = z.union([Header, z.discriminatedUnion('type', [PersonRecord, ConversationRecord, EntryRecord, ReceiptRecord])])
export type ParleyRecord = z.infer<typeof ParleyRecord>

type DecodedLine = { ok: true; record: ParleyRecord } | { ok: false; words: string }
