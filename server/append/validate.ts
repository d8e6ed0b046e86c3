// Is this a new entry that this author may write? Each entry of a request is judged by itself, so that one bad entry does
// not take the others with it.

import type { NewEntry } from '../../shared/conversation/entry.ts'
import { NewEntry as NewEntrySchema, textOf } from '../../shared/conversation/entry.ts'
import { EntryId } from '../../shared/ids.ts'
import { ENTRY_MAX_BYTES, TEXT_MAX_CHARS } from '../../shared/limits.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import { RefusedError, refusal } from '../../shared/protocol/refusal.ts'

export type Verdict = { ok: true; entry: NewEntry } | { ok: false; id: EntryId; refusal: Refusal }

/** Throws when not even the id can be read: then there is nothing to answer to. */
export function validateEntry(raw: unknown): Verdict {
  const parsed = NewEntrySchema.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const tooLong = issue?.code === 'too_big' && issue.path.at(-1) === 'text'
    return tooLong
      ? refuse(idOf(raw), 'too-large', `A message holds ${TEXT_MAX_CHARS} characters. Send longer text as a file.`)
      : refuse(idOf(raw), 'malformed', `Not an entry: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
  }
  const entry = parsed.data
  if (entry.kind === 'message' && entry.body.style === 'notice') return refuse(entry.id, 'malformed', 'Only an import may write notices.')
  if (isTooLarge(entry)) return refuse(entry.id, 'too-large', 'The entry is too large. Send longer text as a file.')
  return { ok: true, entry }
}

/** What the server adds in JSON: seq, author and device. */
const ENVELOPE_BYTES = 160
/** JSON spends at most six bytes on a UTF-16 unit (\u0001), so shorter texts need no measuring. */
const SURELY_FITS_CHARS = Math.floor((ENTRY_MAX_BYTES - 512) / 6)

function isTooLarge(entry: NewEntry): boolean {
  if (textOf(entry).length <= SURELY_FITS_CHARS) return false
  return Buffer.byteLength(JSON.stringify(entry)) + ENVELOPE_BYTES > ENTRY_MAX_BYTES
}

function idOf(raw: unknown): EntryId {
  const id = EntryId.safeParse(typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined)
  if (!id.success) throw new RefusedError('malformed', 'An entry has no valid id.')
  return id.data
}

function refuse(id: EntryId, code: 'malformed' | 'too-large', words: string): Verdict {
  return { ok: false, id, refusal: refusal(code, words) }
}
