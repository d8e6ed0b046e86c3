// An entry is the unit of the log: a plain JSON value, never a nested Y type. The author makes its id and says
// when it was written; the server adds author, device and seq. A client never states an author, so none can be forged.

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

const content = { kind: z.literal('message'), body: MessageBody }

/** What a client submits. */
export const NewEntry = z.strictObject({ id: EntryId, at: Millis, ...content })
export type NewEntry = z.infer<typeof NewEntry>

/** What the log holds, in every row, document, segment and export, keys in this order. */
export const Entry = z.strictObject({
  id: EntryId,
  seq: Seq,
  author: UserId,
  device: DeviceId,
  /** When the author's clock said it was written, never later than when it was stored. */
  at: Millis,
  ...content,
})
export type Entry = z.infer<typeof Entry>
