// An entry is the unit of the log: a plain JSON value, never a nested Y type. The author makes its id and says
// when it was written; the server adds author, device and seq. A client never states an author, so none can be forged.
//
// A message says something. An annotation changes how an earlier message is shown: an edit, or a reaction set or taken
// back. It is an entry like any other, so it works offline and reaches every device in one order; annotations.ts says what
// a message's annotations come to.

import { z } from 'zod'
import { DeviceId, EntryId, Millis, Seq, UserId } from '../ids.ts'
import { TEXT_MAX_CHARS } from '../limits.ts'

/** Well-formed UTF-16 only: a lone surrogate does not survive UTF-8, so replicas would differ. */
const text = z
  .string()
  .min(1)
  .max(TEXT_MAX_CHARS)
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode')

export const MessageBody = z.strictObject({
  text,
  /** The entry this one answers; it stands earlier in the same log. */
  replyTo: EntryId.optional(),
  /** `action`: "/me waves". `notice`: a line nobody typed (joined, changed the topic); only an import may write it. */
  style: z.enum(['action', 'notice']).optional(),
})
export type MessageBody = z.infer<typeof MessageBody>

/** One emoji as people choose it, skin tone and all; one emoji is one string. */
export const Emoji = z
  .string()
  .max(32)
  .regex(/^\p{RGI_Emoji}$/v, 'must be one emoji')

/** `of`: the message it is about, which stands earlier in the same log. */
const EditBody = z.strictObject({ of: EntryId, text })
const ReactionBody = z.strictObject({ of: EntryId, emoji: Emoji, on: z.boolean() })
/** Where that message stands. The server says so: it is what makes a device find the message. */
const target = { target: Seq }

const written = { id: EntryId, at: Millis }

/** What a client submits. */
export const NewEntry = z.discriminatedUnion('kind', [
  z.strictObject({ ...written, kind: z.literal('message'), body: MessageBody }),
  z.strictObject({ ...written, kind: z.literal('edit'), body: EditBody }),
  z.strictObject({ ...written, kind: z.literal('reaction'), body: ReactionBody }),
])
export type NewEntry = z.infer<typeof NewEntry>

const logged = {
  id: EntryId,
  seq: Seq,
  author: UserId,
  device: DeviceId,
  /** When the author's clock said it was written, never later than when it was stored. */
  at: Millis,
}

export const Message = z.strictObject({ ...logged, kind: z.literal('message'), body: MessageBody })
export type Message = z.infer<typeof Message>
export const Edit = z.strictObject({ ...logged, kind: z.literal('edit'), body: EditBody.extend(target) })
export type Edit = z.infer<typeof Edit>
export const Reaction = z.strictObject({ ...logged, kind: z.literal('reaction'), body: ReactionBody.extend(target) })
export type Reaction = z.infer<typeof Reaction>

/** What the log holds, in every row, document, segment and export, keys in this order. */
export const Entry = z.discriminatedUnion('kind', [Message, Edit, Reaction])
export type Entry = z.infer<typeof Entry>
/** An entry that says something about a message. */
export const Annotation = z.discriminatedUnion('kind', [Edit, Reaction])
export type Annotation = z.infer<typeof Annotation>
export type NewMessage = Extract<NewEntry, { kind: 'message' }>
export type NewAnnotation = Exclude<NewEntry, NewMessage>

/** What it says in words; a reaction says nothing in words. */
export function textOf(entry: Entry | NewEntry): string {
  return entry.kind === 'reaction' ? '' : entry.body.text
}

/**
 * The entry with the keys of its body in one order, so that it is the same bytes whether it comes from its author's frame
 * or from its row: replicas are built from both.
 */
export function inOrder(entry: Entry): Entry {
  const { id, seq, author, device, at } = entry
  // No negative zero.
  const head = { id, seq, author, device, at: at + 0 }
  switch (entry.kind) {
    case 'message':
      return { ...head, kind: entry.kind, body: messageInOrder(entry.body) }
    case 'edit':
      return { ...head, kind: entry.kind, body: editInOrder(entry.body) }
    case 'reaction':
      return { ...head, kind: entry.kind, body: reactionInOrder(entry.body) }
    default:
      return entry satisfies never
  }
}

export function messageInOrder({ text: said, replyTo, style }: MessageBody): MessageBody {
  return { text: said, ...(replyTo === undefined ? {} : { replyTo }), ...(style === undefined ? {} : { style }) }
}

export function editInOrder({ of, target: seq, text: said }: Edit['body']): Edit['body'] {
  return { of, target: seq, text: said }
}

export function reactionInOrder({ of, target: seq, emoji, on }: Reaction['body']): Reaction['body'] {
  return { of, target: seq, emoji, on }
}
