// What happened in a run, as plain data: who submitted what, what the database committed, what the server said, what
// each screen showed, and how everything stood when it had come to rest. `judge` holds it against rules/*.
//
// Everything is named for people ('alice', 'alice/phone', 'room'), because a history that broke a rule will be read.

import type { Entry } from '../../shared/conversation/entry.ts'
import { annotations } from './rules/annotations.ts'
import { exactlyOnce } from './rules/exactlyOnce.ts'
import { oneOrder } from './rules/oneOrder.ts'
import { readMarks } from './rules/readMarks.ts'
import { secrecy } from './rules/secrecy.ts'
import { atRest } from './rules/atRest.ts'

/** The verdict: empty when every rule held. */
export function judge(history: History): Violation[] {
  return [exactlyOnce, oneOrder, readMarks, secrecy, atRest, annotations].flatMap((rules) => rules(history))
}

export type Violation = {
  /** The rule of shared/SPEC.md that was broken. */
  rule: string
  words: string
  /** Which event showed it; null: the state at rest did. */
  step: number | null
}

export type Rules = (history: History) => Violation[]

/** `at`: when, in the world's time; for people who look for the cause. */
export type History = { events: readonly (Happening & { at?: number })[]; rest: Rest }

/** What an event is called here, where everything that stands in a log has words of its own. */
export function eventText(id: string): string {
  return `event ${id}`
}

export type Happening =
  /** Durable in the database: who is a member, and what the log's head was at that moment. */
  | { type: 'membership'; conversation: string; user: string; member: boolean; head: number }
  /** A person pressed Enter. No two typed entries of a history have the same text. */
  | { type: 'typed'; device: string; user: string; conversation: string; text: string; replyTo: string | null }
  /** The device promised to keep it. It may have kept it without coming to say so. */
  | { type: 'submitted'; device: string; user: string; conversation: string; id: string; text: string; replyTo: string | null }
  /** Handed to the server by something that is not an honest client; must be refused. */
  | { type: 'forged'; user: string; conversation: string; id: string; why: string }
  /** An edit, or a reply in the thread, of the message `of`. */
  | { type: 'annotated'; device: string; user: string; conversation: string; of: string; text: string }
  | { type: 'committed'; conversation: string; id: string; seq: number; author: string; text: string }
  /** The answer left the server, whether or not it arrived. */
  | { type: 'acknowledged'; device: string; conversation: string; id: string; seq: number }
  | { type: 'refused'; device: string; conversation: string; id: string; code: string; retry: boolean }
  /** Bytes that left the server for a device mention these entries. */
  | { type: 'carried'; device: string; user: string; ids: readonly string[] }
  /** Everything a screen holds of one conversation, at one moment. */
  | { type: 'shown'; device: string; user: string; conversation: string; items: readonly Shown[] }
  /** A person marks as read. */
  | { type: 'meant'; device: string; user: string; conversation: string; read: number }
  /** The device promised to keep that mark. */
  | { type: 'asserted'; device: string; user: string; conversation: string; read: number }
  /** A device showed somebody's registers. */
  | { type: 'register'; device: string; conversation: string; user: string; delivered: number; read: number }
  | { type: 'discarded'; device: string; id: string }
  /** The end of what it wrote without waiting for the disk may be missing: it may show less than before, not break a promise. */
  | { type: 'lost power'; device: string }
  /** The device lost its store: neither what it showed nor what it had not sent yet binds it any longer. */
  | { type: 'forgot'; device: string }

export type Shown = {
  index: number
  id: string
  /** What is drawn at its place; absent: a message. */
  kind?: 'message' | 'annotation' | 'erased' | 'event'
  author: string
  text: string
  replyTo: string | null
  mark: 'pending' | 'refused' | 'stored' | 'delivered' | 'read'
  /** Null while the server does not hold it. */
  seq: number | null
}

/** The end, after faults have ceased, everything has been sent, and every person has read everything on one device. */
export type Rest = {
  logs: readonly { conversation: string; members: readonly string[]; entries: readonly Logged[]; receipts: readonly Register[] }[]
  replicas: readonly Replica[]
  outboxes: readonly { device: string; pending: number; refused: number }[]
  /** What a device still shows of conversations that its person was removed from: own unsent entries and nothing else. */
  leftovers: readonly Leftover[]
  /** What was erased and is still to be found, and where. */
  remains?: readonly { where: string; text: string }[]
}

export type Leftover = Pick<Replica, 'device' | 'user' | 'conversation' | 'items' | 'reasons'>

export type Logged = {
  seq: number
  id: string
  /** Absent: a message. */
  kind?: Entry['kind']
  author: string
  text: string
  replyTo: string | null
  /** Of an annotation: what it is about. */
  of?: string
  /** Of a message: what was made of it since. Absent: nothing. */
  annotated?: Annotated
}

/** What a message has become: on a screen, or as its entries in the log say. */
export type Annotated = {
  /** What it says, and what it said before, oldest first. */
  texts: readonly string[]
  /** `<emoji> <user>`, sorted. */
  reactions: readonly string[]
  pinned: boolean
  /** In order; empty where one was erased. */
  replies: readonly string[]
}

export type Register = { user: string; delivered: number; read: number }

export type Replica = {
  device: string
  user: string
  conversation: string
  /** The whole timeline, loaded to its first entry, then what waits in the outbox. */
  items: readonly Shown[]
  receipts: readonly Register[]
  /** The head that the list shows; null: it does not list the conversation. */
  listed: number | null
  /** The badge beside the conversation, and in the list. */
  unread: number
  badge: number
  /** The reasons given for refused entries, by id. */
  reasons: Readonly<Record<string, string>>
  draft: string
  /** Threads with something new. */
  threads?: number
  /** By id of the message. */
  annotated?: Readonly<Record<string, Annotated>>
  /** Own words for what this person has deleted for themselves: no screen of theirs shows it. */
  hidden?: readonly string[]
}
