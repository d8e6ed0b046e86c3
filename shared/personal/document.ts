// The personal document: what one person changes on several devices, also offline. Stock Yjs, merged by Yjs; the only
// document that clients write. Its name carries a generation: past PERSONAL_MAX_CLIENT_IDS client ids the server writes
// a new one from the merged state, and a name is never used again for different clocks.
//
// Root types, all Y.Map keyed by conversation id:
//   pins        → millis when pinned                mutes         → millis until when (Infinity as 'always')
//   silenced    → 1: while muted, mentions are no news either
//   archived    → head when it was archived: a later one brings it back, unless it is muted
//   unreadFrom  → seq             settings → free keys, JSON values
//   unreadQuiet → how many entries from there to the read mark count for nothing: own ones, annotations, events
// and Y.Texts `draft/<conversation>`, `draft/<conversation>/<root>`: the drafts, in it and in its threads.
// and, keyed by conversation and the seq of a thread's root (`threadKey`):
//   threadMutes, threadsSilenced → as mutes and silenced
// and, keyed by conversation and message (`messageKey`):
//   hidden      → 1, deleted by this person for themselves
//   saved       → its seq, or 0 where it was not known: kept for later

import { z } from 'zod'
import type { ConversationId, EntryId, Seq, UserId } from '../ids.ts'
import { ConversationId as ConversationIdSchema, EntryId as EntryIdSchema, UserId as UserIdSchema } from '../ids.ts'

export const PERSONAL_ROOTS = {
  pins: 'pins',
  mutes: 'mutes',
  unreadFrom: 'unreadFrom',
  unreadQuiet: 'unreadQuiet',
  settings: 'settings',
  silenced: 'silenced',
  threadMutes: 'threadMutes',
  threadsSilenced: 'threadsSilenced',
  archived: 'archived',
  hidden: 'hidden',
  saved: 'saved',
} as const

/** Of one thread in the personal document: by its seq, which is what the list of conversations names. */
export function threadKey(conversation: ConversationId, root: Seq): string {
  return `${conversation}/${root}`
}

/** Of one message in the personal document. */
export function messageKey(conversation: ConversationId, id: EntryId): string {
  return `${conversation}/${id}`
}

/** The inverse of `messageKey`, or null. */
export function parseMessageKey(key: string): { conversation: ConversationId; id: EntryId } | null {
  const [conversation, id] = key.split('/')
  const parsed = z.object({ conversation: ConversationIdSchema, id: EntryIdSchema }).safeParse({ conversation, id })
  return parsed.success ? parsed.data : null
}

/** Of each draft one Y.Text, so that what two devices wrote into it merges. */
export function draftRoot(key: string): string {
  return `${DRAFT_ROOT}/${key}`
}

export function isDraftRoot(name: string): boolean {
  return name.startsWith(`${DRAFT_ROOT}/`)
}

export const DRAFT_ROOT = 'draft'

export function personalDocumentName(user: UserId, generation: number): string {
  return `personal/${user}/${generation}`
}

/** The inverse of `personalDocumentName`, or `null` for any other name. */
export function parsePersonalDocumentName(name: string): { user: UserId; generation: number } | null {
  const [kind, user, generation, ...rest] = name.split('/')
  if (kind !== 'personal' || rest.length > 0 || generation === undefined) return null
  if (!/^(0|[1-9]\d{0,8})$/.test(generation)) return null
  const id = UserIdSchema.safeParse(user)
  return id.success ? { user: id.data, generation: Number(generation) } : null
}
