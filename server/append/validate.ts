// Is this a new entry that this author may write? Each entry of a request is judged by itself, so that one bad entry does
// not take the others with it.

import type { NewEntry } from '../../shared/conversation/entry.ts'
import { NewEntry as NewEntrySchema, textOf } from '../../shared/conversation/entry.ts'
import { EntryId } from '../../shared/ids.ts'
import { ENTRY_MAX_BYTES } from '../../shared/limits.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { REFUSAL_REASONS, refusedBecause } from '../../shared/protocol/refusalReasons.ts'

export type Verdict = { ok: true; entry: NewEntry } | { ok: false; id: EntryId; refusal: Refusal }

/** Throws when not even the id can be read: then there is nothing to answer to. */
export function validateEntry(raw: unknown): Verdict {
  const parsed = NewEntrySchema.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const tooLong = issue?.code === 'too_big' && issue.path.at(-1) === 'text'
    if (tooLong) return refuse(idOf(raw), 'text-too-long')
    // Only a broken program is refused so, and whoever mends it wants to know where; a person is told what they can do.
    return refuse(idOf(raw), 'entry-malformed', `${REFUSAL_REASONS['entry-malformed'].words} (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`)
  }
  const entry = parsed.data
  if (entry.kind === 'message' && entry.body.style === 'notice') return refuse(entry.id, 'entry-malformed', 'Only an import may write notices.')
  if (isTooLarge(entry)) return refuse(entry.id, 'entry-too-large')
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

function refuse(id: EntryId, reason: 'entry-malformed' | 'text-too-long' | 'entry-too-large', words?: string): Verdict {
  return { ok: false, id, refusal: refusedBecause(reason, words === undefined ? {} : { words }).refusal }
}
