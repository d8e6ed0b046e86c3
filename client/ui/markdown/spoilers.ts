// `||what nobody should read by accident||`. No extension of the parser knows it, so it is found in the parser's tree.

import type { Inline } from './tree.ts'

/** Pairs of marks among siblings: what stands between them may be of any kind. A mark without a partner stays as it was written. */
export function withSpoilers(inlines: readonly Inline[]): Inline[] {
  const pieces = inlines.flatMap((inline): Piece[] => (inline.type === 'text' ? cut(inline.text) : [inline]))
  const done: Inline[] = []
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at]
    if (piece === undefined) break
    const end = piece.type === 'mark' && piece.opens ? pieces.findIndex((other, index) => index > at + 1 && other.type === 'mark' && other.closes) : -1
    if (end === -1) {
      done.push(asText(piece))
    } else {
      done.push({ type: 'spoiler', children: joined(pieces.slice(at + 1, end).map(asText)) })
      at = end
    }
  }
  return joined(done)
}

/** Neighbouring texts as one. */
export function joined(inlines: readonly Inline[]): Inline[] {
  const done: Inline[] = []
  for (const inline of inlines) {
    const last = done.at(-1)
    if (inline.type === 'text' && last?.type === 'text') done[done.length - 1] = { type: 'text', text: last.text + inline.text }
    else if (inline.type !== 'text' || inline.text !== '') done.push(inline)
  }
  return done
}

/** As with emphasis, a mark hugs what it marks: `a || b` is a choice. */
function cut(text: string): Piece[] {
  return text.split(/(\|\|)/u).flatMap((part, index, parts): Piece[] => {
    if (part !== MARK) return part === '' ? [] : [{ type: 'text', text: part }]
    return [{ type: 'mark', opens: !/^\s/u.test(parts[index + 1] ?? ''), closes: !/\s$/u.test(parts[index - 1] ?? '') }]
  })
}

function asText(piece: Piece): Inline {
  return piece.type === 'mark' ? { type: 'text', text: MARK } : piece
}

const MARK = '||'
type Piece = Inline | { type: 'mark'; opens: boolean; closes: boolean }
