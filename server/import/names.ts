// Names as an export has them are neither capped nor clean; names here are.

import anyAscii from 'any-ascii'
import { DisplayName, withoutInvisible } from '../../shared/displayName.ts'
import type { UserId } from '../../shared/ids.ts'
import { HANDLE_MAX_CHARS, NAME_MAX_CHARS } from '../../shared/limits.ts'
import { Handle } from '../../shared/protocol/api.ts'

export function displayNameOf(name: string, otherwise: string): string {
  const short = cutBetweenCharacters(withoutInvisible(name) ?? '', NAME_MAX_CHARS)
  // Again: the cut may have left a joiner at the end, or of a character with endless marks nothing at all.
  return DisplayName.parse(withoutInvisible(short) ?? otherwise)
}

/** From the wished one to one that nobody else can have; the first that is free is taken. */
export function handlesOf(name: string, id: UserId): string[] {
  const digits = id.replaceAll('-', '')
  // Long names of long scripts need not be spelled out to make 32 letters.
  const letters = anyAscii(name.slice(0, NAME_MAX_CHARS)).toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-')
  const base = trimHandle(letters.slice(0, HANDLE_MAX_CHARS))
  const wished = Handle.safeParse(base).success ? [base, `${trimHandle(base.slice(0, HANDLE_MAX_CHARS - 9))}-${digits.slice(0, 8)}`] : []
  return [...wished, `guest-${digits.slice(0, 8)}`, `guest-${digits.slice(0, HANDLE_MAX_CHARS - 6)}`]
}

function trimHandle(handle: string): string {
  return handle.replaceAll(/^[._-]+|[._-]+$/g, '')
}

/** At most `max` UTF-16 units, never half of what a reader sees as one character. */
function cutBetweenCharacters(text: string, max: number): string {
  if (text.length <= max) return text
  let end = 0
  // A character of more than that many units is decoration without end; what follows is not looked at.
  for (const { index, segment } of CHARACTERS.segment(text.slice(0, max * 4))) {
    if (index + segment.length > max) break
    end = index + segment.length
  }
  return text.slice(0, end)
}

const CHARACTERS = new Intl.Segmenter()
