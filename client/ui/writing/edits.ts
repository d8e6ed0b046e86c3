// What a key or a paste does to a text that is being written, as a pure function: the text and its selection in, one
// replacement out.

export type Selection = { start: number; end: number }
/** Replaces `from` to `to`, and selects what is said. */
export type Edit = { from: number; to: number; insert: string; select: Selection }

/** Puts marks around the selection, or takes them away. With nothing selected the cursor comes to stand between them. */
export function toggleMark(text: string, { start, end }: Selection, mark: string): Edit {
  const size = mark.length
  const said = text.slice(start, end)
  if (isMarked(text, { start, end }, mark)) {
    return { from: start - size, to: end + size, insert: said, select: { start: start - size, end: end - size } }
  }
  if (said.length > 2 * size && isMarked(text, { start: start + size, end: end - size }, mark)) {
    return { from: start, to: end, insert: said.slice(size, -size), select: { start, end: end - 2 * size } }
  }
  // Marks hug words: what was selected around them stays outside.
  const before = said.length - said.trimStart().length
  const inner = said.trim()
  const after = inner === '' ? 0 : said.length - before - inner.length
  const from = inner === '' ? end : start + before
  return { from, to: end - after, insert: `${mark}${inner}${mark}`, select: { start: from + size, end: from + size + inner.length } }
}

/** The selected words as a link to a pasted address; null where it is an ordinary paste. */
export function linkSelection(text: string, { start, end }: Selection, pasted: string): Edit | null {
  const words = text.slice(start, end)
  const address = pasted.trim()
  if (words.trim() === '' || /[\n[\]]/u.test(words) || isAddress(words.trim()) || !isAddress(address)) return null
  // A parenthesis or a space would end it.
  const insert = `[${words}](${address.replace(/[()]/gu, (bracket) => (bracket === '(' ? '%28' : '%29'))})`
  const at = start + insert.length
  return { from: start, to: end, insert, select: { start: at, end: at } }
}

function isMarked(text: string, { start, end }: Selection, mark: string): boolean {
  const size = mark.length
  return start >= size && text.slice(start - size, start) === mark && text.slice(end, end + size) === mark
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/iu.test(text) && URL.canParse(text)
}
