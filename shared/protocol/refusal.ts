// A refusal is what the other side gets instead of what it asked for: a code for programs, whether trying again can
// help, and words for people that say what to do.

import { z } from 'zod'

export const RefusalCode = z.enum([
  'signed-out', // no valid session
  'not-member', // also for conversations that do not exist: an id proves nothing
  'forbidden', // a member, but not with this role, or not the author
  'malformed',
  'too-large',
  'id-conflict', // this entry id is already stored with other content
  'reply-unknown', // the message it answers, edits or reacts to is not in this log
  'erased', // what it says something about was deleted
  'not-found',
  'taken', // handle in use
  'credentials', // the same for an unknown account and a wrong password
  'rate-limited',
  'storage-full',
  'draining', // this process is going down; reconnect
  'unavailable',
  'version', // client and server do not speak the same protocol version
])
export type RefusalCode = z.infer<typeof RefusalCode>

export const Refusal = z.object({
  code: RefusalCode,
  /** Which of the cases of its code it is (refusalReasons.ts), for those who say it in another language than the server. A newer server may know more. */
  reason: z.string().optional(),
  /** May the same request succeed later without being changed? */
  retry: z.boolean(),
  /** Wait at least this long before trying again, milliseconds. */
  retryAfter: z.int().optional(),
  words: z.string(),
})
export type Refusal = z.infer<typeof Refusal>

const RETRY = new Set<RefusalCode>(['rate-limited', 'storage-full', 'draining', 'unavailable', 'signed-out'])

export function refusal(code: RefusalCode, words: string, retryAfter?: number): Refusal {
  return { code, retry: RETRY.has(code), words, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

/** Thrown by server code, turned into an answer by the one boundary above it (gateway, http). */
export class RefusedError extends Error {
  readonly refusal: Refusal
  constructor(code: RefusalCode, words: string, retryAfter?: number, reason?: string) {
    super(words)
    this.name = 'RefusedError'
    this.refusal = { ...refusal(code, words, retryAfter), ...(reason === undefined ? {} : { reason }) }
  }
}
