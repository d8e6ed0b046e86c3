// A face for everyone: initials on a colour that follows from the id, so it is the same on every device.

export const AVATAR_COLOURS = 10

export function colourOf(id: string): number {
  let hash = 0
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) >>> 0
  return hash % AVATAR_COLOURS
}

/** First letters of the first and the last word; a whole character, so an emoji or a Devanagari syllable is not cut in half. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  const first = firstCharacter(words[0] ?? '')
  const last = words.length > 1 ? firstCharacter(words.at(-1) ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

function firstCharacter(word: string): string {
  const letters = word.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, '')
  const [first] = SEGMENTER.segment(letters === '' ? word : letters)
  return first?.segment ?? ''
}

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
