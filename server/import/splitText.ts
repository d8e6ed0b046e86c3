// A text longer than a message may be becomes several messages in a row. Joined again they are the text.

import { ENTRY_MAX_BYTES, TEXT_MAX_CHARS } from '../../shared/limits.ts'

export function splitText(text: string): string[] {
  if (text.length <= SURELY_FITS_CHARS) return [text]
  const pieces: string[] = []
  let rest = text
  while (rest.length > 0) {
    const piece = rest.slice(0, endOfPiece(rest))
    pieces.push(piece)
    rest = rest.slice(piece.length)
  }
  return pieces
}

function endOfPiece(text: string): number {
  let max = Math.min(text.length, TEXT_MAX_CHARS)
  // Control characters cost six bytes in JSON; a text of nothing else is cut shorter.
  while (max > SURELY_FITS_CHARS && Buffer.byteLength(JSON.stringify(text.slice(0, max))) > TEXT_MAX_BYTES) max = Math.floor(max / 2)
  if (max === text.length) return max
  const near = Math.max(1, max - LOOK_BACK_CHARS)
  const breaks = [text.lastIndexOf('\n', max - 1), text.lastIndexOf(' ', max - 1)]
  const found = breaks.find((at) => at >= near)
  return found === undefined ? beforeHalf(text, max) : found + 1
}

/** Not inside what a reader sees as one character, unless that alone is longer than what we look back. */
function beforeHalf(text: string, max: number): number {
  const from = Math.max(0, max - LOOK_BACK_CHARS)
  const start = isTrail(text, from) ? from + 1 : from
  const at = CHARACTERS.segment(text.slice(start, max + LOOK_BACK_CHARS)).containing(max - start)
  const end = start + (at?.index ?? 0)
  if (end > start) return end
  return isTrail(text, max) ? max - 1 : max
}

function isTrail(text: string, at: number): boolean {
  return /^[\uDC00-\uDFFF]/.test(text.charAt(at))
}

/** What the entry around the text takes is far below. */
const TEXT_MAX_BYTES = ENTRY_MAX_BYTES - 512
const SURELY_FITS_CHARS = Math.floor(TEXT_MAX_BYTES / 6)
const LOOK_BACK_CHARS = 400
const CHARACTERS = new Intl.Segmenter()
