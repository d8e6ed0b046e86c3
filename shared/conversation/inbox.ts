// The inbox is what a person's start-up costs: one row per conversation, newest first, a page at a time. Unread is
// derived from (head, read, quiet entries) and stored nowhere; so are the threads with something new.

import { z } from 'zod'
import { ConversationId, EntryId, Millis, PictureId, Seq, UserId } from '../ids.ts'
import { PREVIEW_MAX_CHARS } from '../limits.ts'
import { ConversationKind, Role } from './membership.ts'

/** The last message. */
export const LastEntry = z.object({
  id: EntryId,
  author: UserId,
  at: Millis,
  /** The text as it was last edited, cut to PREVIEW_MAX_CHARS; empty when it was erased. */
  preview: z.string(),
  erased: z.literal(true).optional(),
})
export type LastEntry = z.infer<typeof LastEntry>

/** The start of a text, never ending in half a character: a lone surrogate does not survive UTF-8. */
export function previewOf(text: string): string {
  const cut = text.slice(0, PREVIEW_MAX_CHARS)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}

/** `last`: the last that is new, a reply or what calls this person. `called`: the last of it that does, if any. */
export const NewsOfThread = z.object({ root: Seq, last: Seq, called: Seq.optional() })
export type NewsOfThread = z.infer<typeof NewsOfThread>

export const InboxRow = z.object({
  conversation: ConversationId,
  kind: ConversationKind,
  /** Empty for a direct conversation: it is called what the other person is called. */
  name: z.string(),
  /** Of a group or a channel. */
  picture: PictureId.optional(),
  /** The other person of a direct conversation. */
  peer: UserId.optional(),
  role: Role,
  members: z.int(),
  head: Seq,
  /** Own read register. */
  read: Seq,
  /** Entries after `read` that nobody counts: own ones, annotations and events. 0 where UNREAD_MAX or more messages of others lie there, for then nobody needs the number. */
  quiet: z.int(),
  /** How many messages call this person with an entry after `read`, themselves or by an edit; UNREAD_MAX at most. Replies are not among them. */
  mentions: z.int(),
  /** The last such entry. */
  called: Seq.optional(),
  /** Followed threads with something new after the own mark, the newest first; at most THREADS_UNREAD_MAX. */
  threads: z.array(NewsOfThread),
  last: LastEntry.optional(),
  /** Who asks to be let in, for those who decide; absent: nobody. JOIN_REQUESTS_SHOWN at most, `lastAt`: when the last of them asked. */
  asking: z.object({ count: z.int(), lastAt: Millis }).optional(),
  /** When anything in this row last changed, server clock; strictly grows, so it serves as the cursor of "what is new". */
  touched: Millis,
})
export type InboxRow = z.infer<typeof InboxRow>

/** The person was taken out of the conversation, or left it, and is not back. `touched` as in a row: a row touched later is from after they came back. */
export const Departure = InboxRow.pick({ conversation: true, touched: true })
export type Departure = z.infer<typeof Departure>

/**
 * How many messages of others lie after the read mark. `again` ("mark unread from here") lowers the mark for this person alone:
 * the message it was said of is one, whatever else; of the entries from there to the mark `quiet` count for nothing.
 */
export function unreadCount(row: Pick<InboxRow, 'head' | 'read' | 'quiet'>, again?: { from: Seq; quiet: number }): number {
  const after = Math.max(0, row.head - row.read - row.quiet)
  if (again === undefined || again.from > row.read) return after
  return after + Math.max(1, row.read - again.from + 1 - again.quiet)
}
