// One change of a text: what was removed where, and what came in its place. Enough to merge what two devices did to a draft:
// a person writes at one place at a time.

export type TextEdit = { at: number; remove: number; insert: string }

/** The smallest edit that makes `after` of `before`; never cuts a character of two units in half. */
export function editBetween(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  if (isInsidePair(before, start) || isInsidePair(after, start)) start -= 1
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  if (isInsidePair(before, before.length - end) || isInsidePair(after, after.length - end)) end -= 1
  return { at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) }
}

export function applied(text: string, { at, remove, insert }: TextEdit): string {
  return text.slice(0, at) + insert + text.slice(at + remove)
}

/** The edit as it is to be made after another one of the same text. Where both changed the same, what either inserted stays. */
export function rebased(edit: TextEdit, other: TextEdit): TextEdit {
  if (other.at >= edit.at + edit.remove) return edit
  const shift = other.insert.length - other.remove
  if (other.at + other.remove <= edit.at) return { ...edit, at: edit.at + shift }
  return { at: other.at + other.insert.length, remove: 0, insert: edit.insert }
}

function isInsidePair(text: string, index: number): boolean {
  const [before, after] = [text.charCodeAt(index - 1), text.charCodeAt(index)]
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
