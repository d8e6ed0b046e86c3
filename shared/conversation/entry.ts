// An entry is the unit of the log: a plain JSON value, never a nested Y type. The author makes its id and says
// when it was written; the server adds author, device and seq. A client never states an author, so none can be forged.
//
// A message says something. An annotation says something about an earlier message: an edit, a reaction set or taken back, a
// pin, its erasure, a reply in its thread. It is an entry like any other, so it works offline and reaches every device in one order; annotations.ts
// says what a message's annotations come to. An event says who came, went or changed what (event.ts); the server writes it.
//
// A reply is edited, reacted to and erased as a message is, and what does so also says in whose thread it stands.
//
// A message that was erased keeps its place in the log as a stub, `erased`; of its edits, and of a reply, only the text goes.

import { z } from 'zod'
import { DeviceId, EntryId, Millis, Seq, UserId } from '../ids.ts'
import { MENTIONS_MAX, TEXT_MAX_CHARS } from '../limits.ts'
import { EventBody, eventInOrder } from './event.ts'

/** Well-formed UTF-16 only: a lone surrogate does not survive UTF-8, so replicas would differ. */
const text = z
  .string()
  .min(1)
  .max(TEXT_MAX_CHARS)
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode')

/** Whom a text calls. */
const calling = {
  /** By `@handle` in the text. Who is no member is not called. */
  mentions: z.array(UserId).min(1).max(MENTIONS_MAX).optional(),
  /** `@all`: everyone in the conversation. */
  mentionsAll: z.literal(true).optional(),
}

export const MessageBody = z.strictObject({
  text,
  /** The entry this one answers; it stands earlier in the same log. */
  replyTo: EntryId.optional(),
  /** `action`: "/me waves". `notice`: a line nobody typed (joined, changed the topic); only an import may write it. */
  style: z.enum(['action', 'notice']).optional(),
  ...calling,
  /** Said elsewhere before, perhaps by somebody else. */
  forwarded: z.literal(true).optional(),
})
export type MessageBody = z.infer<typeof MessageBody>
export type Calling = Pick<MessageBody, 'mentions' | 'mentionsAll'>

/** One emoji as people choose it, skin tone and all; one emoji is one string. */
export const Emoji = z
  .string()
  .max(32)
  .regex(/^\p{RGI_Emoji}$/v, 'must be one emoji')

/** `of`: the message it is about, which stands earlier in the same log. */
/** It calls whom it says, and nobody else any more; who was called before is not called again (mentions.ts). */
const EditBody = z.strictObject({ of: EntryId, text, ...calling })
const ReactionBody = z.strictObject({ of: EntryId, emoji: Emoji, on: z.boolean() })
const PinBody = z.strictObject({ of: EntryId, on: z.boolean() })
const EraseBody = z.strictObject({ of: EntryId })
const ReplyBody = z.strictObject({
  of: EntryId,
  text,
  /** What it quotes: an earlier reply of the same thread, or its message. */
  replyTo: EntryId.optional(),
  style: z.literal('action').optional(),
  ...calling,
})
/** What is said in a thread, whichever it is. */
export type ReplyContent = Omit<z.infer<typeof ReplyBody>, 'of'>
/** Where that message stands. The server says so: it is what makes a device find the message. */
const target = { target: Seq }
/** The same where it may be a reply: then `thread` is where the root of its thread stands, since it is shown there. */
const targetInThread = { ...target, thread: Seq.optional() }
/** Empty once it is erased. */
const textLeft = text.or(z.literal(''))

const written = { id: EntryId, at: Millis }

/** What a client submits. */
export const NewEntry = z.discriminatedUnion('kind', [
  z.strictObject({ ...written, kind: z.literal('message'), body: MessageBody }),
  z.strictObject({ ...written, kind: z.literal('edit'), body: EditBody }),
  z.strictObject({ ...written, kind: z.literal('reaction'), body: ReactionBody }),
  z.strictObject({ ...written, kind: z.literal('pin'), body: PinBody }),
  z.strictObject({ ...written, kind: z.literal('erase'), body: EraseBody }),
  z.strictObject({ ...written, kind: z.literal('reply'), body: ReplyBody }),
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
/** Its text is empty once its message is erased. */
export const Edit = z.strictObject({ ...logged, kind: z.literal('edit'), body: EditBody.extend({ ...targetInThread, text: textLeft }) })
export type Edit = z.infer<typeof Edit>
export const Reaction = z.strictObject({ ...logged, kind: z.literal('reaction'), body: ReactionBody.extend(targetInThread) })
export type Reaction = z.infer<typeof Reaction>

export const Pin = z.strictObject({ ...logged, kind: z.literal('pin'), body: PinBody.extend(targetInThread) })
export type Pin = z.infer<typeof Pin>
export const Erase = z.strictObject({ ...logged, kind: z.literal('erase'), body: EraseBody.extend(targetInThread) })
export type Erase = z.infer<typeof Erase>
/** Said in the thread of a message. Its text is empty once it is erased itself; that of its message leaves it as it is. */
export const Reply = z.strictObject({ ...logged, kind: z.literal('reply'), body: ReplyBody.extend({ ...target, text: textLeft }) })
export type Reply = z.infer<typeof Reply>
/** What is left of a message. Its author and time stay: they are the place in the conversation that others answered. */
export const Erased = z.strictObject({ ...logged, kind: z.literal('erased'), body: z.strictObject({}) })
export type Erased = z.infer<typeof Erased>
export const Event = z.strictObject({ ...logged, kind: z.literal('event'), body: EventBody })
export type Event = z.infer<typeof Event>

/** What the log holds, in every row, document, segment and export, keys in this order. */
export const Entry = z.discriminatedUnion('kind', [Message, Edit, Reaction, Pin, Erase, Erased, Event, Reply])
export type Entry = z.infer<typeof Entry>
/** An entry that says something about a message. */
export const Annotation = z.discriminatedUnion('kind', [Edit, Reaction, Pin, Erase, Reply])
export type Annotation = z.infer<typeof Annotation>
export type NewMessage = Extract<NewEntry, { kind: 'message' }>
export type NewAnnotation = Exclude<NewEntry, NewMessage>
/** What an import may restore besides what people write. */
export type RestoredEntry = NewEntry | Restored<Erased> | Restored<Event>
type Restored<Kind extends Entry> = Pick<Kind, 'id' | 'at' | 'kind' | 'body'>

export function isAnnotation(entry: Entry): entry is Annotation {
  return ANNOTATION_KINDS.has(entry.kind)
}

const ANNOTATION_KINDS: ReadonlySet<Entry['kind']> = new Set(['edit', 'reaction', 'pin', 'erase', 'reply'] satisfies Annotation['kind'][])

/** Where the message stands beside which it is shown: for what is said about a reply, the root of the thread. */
export function shownAt({ body }: Annotation): Seq {
  return ('thread' in body ? body.thread : undefined) ?? body.target
}

/** Kept in `control/<conversation>` as well: what decides how the rest of the log is to be read. */
export function isControl(entry: Entry): entry is Erase | Event {
  return entry.kind === 'erase' || entry.kind === 'event'
}

/** Does nothing remain of what it said? Such entries are counted by the generation of their segment. */
export function isStub(entry: Pick<Entry, 'kind' | 'body'>): boolean {
  return entry.kind === 'erased' || ((entry.kind === 'edit' || entry.kind === 'reply') && 'text' in entry.body && entry.body.text === '')
}

/** What an erasure leaves of a message, a reply or an edit of either; other entries say nothing that must go. */
export function stubOf(entry: Entry): Entry {
  const { id, seq, author, device, at } = entry
  if (entry.kind === 'message') return { id, seq, author, device, at, kind: 'erased', body: {} }
  if (entry.kind === 'reply') return { ...entry, body: replyInOrder({ ...entry.body, text: '' }) }
  return entry.kind === 'edit' ? { ...entry, body: editInOrder({ ...entry.body, text: '' }) } : entry
}

/** What it says in words; most kinds say nothing in words. */
export function textOf(entry: Entry | NewEntry): string {
  return entry.kind === 'message' || entry.kind === 'edit' || entry.kind === 'reply' ? entry.body.text : ''
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
    case 'pin':
      return { ...head, kind: entry.kind, body: pinInOrder(entry.body) }
    case 'erase':
      return { ...head, kind: entry.kind, body: eraseInOrder(entry.body) }
    case 'erased':
      return { ...head, kind: entry.kind, body: {} }
    case 'event':
      return { ...head, kind: entry.kind, body: eventInOrder(entry.body) }
    case 'reply':
      return { ...head, kind: entry.kind, body: replyInOrder(entry.body) }
    default:
      return entry satisfies never
  }
}

export function messageInOrder({ text: said, replyTo, style, forwarded, ...called }: MessageBody): MessageBody {
  return {
    text: said,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(style === undefined ? {} : { style }),
    ...callingInOrder(called),
    ...(forwarded === undefined ? {} : { forwarded }),
  }
}

/** The body of an annotation as the log holds it: with where its message stands, and of a reply the root of its thread. */
export function annotationInOrder(entry: NewAnnotation, seq: Seq, thread?: Seq): Annotation['body'] {
  const place = { target: seq, thread }
  switch (entry.kind) {
    case 'edit':
      return editInOrder({ ...entry.body, ...place })
    case 'reaction':
      return reactionInOrder({ ...entry.body, ...place })
    case 'pin':
      return pinInOrder({ ...entry.body, ...place })
    case 'erase':
      return eraseInOrder({ ...entry.body, ...place })
    case 'reply':
      return replyInOrder({ ...entry.body, target: seq })
    default:
      return entry satisfies never
  }
}

/** Of one without a text nobody is called either. */
function editInOrder({ text: said, mentions, mentionsAll, ...place }: Edit['body']): Edit['body'] {
  return { ...placeInOrder(place), text: said, ...(said === '' ? {} : callingInOrder({ mentions, mentionsAll })) }
}

function reactionInOrder({ emoji, on, ...place }: Reaction['body']): Reaction['body'] {
  return { ...placeInOrder(place), emoji, on }
}

function pinInOrder({ on, ...place }: Pin['body']): Pin['body'] {
  return { ...placeInOrder(place), on }
}

function eraseInOrder(place: Erase['body']): Erase['body'] {
  return placeInOrder(place)
}

/** Of one without a text nothing else is left: neither whom it called nor what it quoted. */
function replyInOrder({ of, target: seq, ...content }: Reply['body']): Reply['body'] {
  return { of, target: seq, ...(content.text === '' ? { text: '' } : replyContentOf(content)) }
}

/** Of a body with more, what a thread can say, its keys in order. */
export function replyContentOf({ text: said, replyTo, style, mentions, mentionsAll }: MessageBody | ReplyContent): ReplyContent {
  return {
    text: said,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(style === 'action' ? { style } : {}),
    ...callingInOrder({ mentions, mentionsAll }),
  }
}

function callingInOrder({ mentions, mentionsAll }: Calling): Calling {
  return {
    ...(mentions === undefined ? {} : { mentions: [...mentions] }),
    ...(mentionsAll === undefined ? {} : { mentionsAll }),
  }
}

function placeInOrder({ of, target: seq, thread }: Erase['body']): Erase['body'] {
  return { of, target: seq, ...(thread === undefined ? {} : { thread }) }
}
