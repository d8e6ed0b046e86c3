// What a text is, before anything is drawn of it.

/** One to three emoji and nothing else are shown large. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > EMOJI_MAX_CHARS) return false
  const characters = [...SEGMENTER.segment(text)].map(({ segment }) => segment).filter((segment) => segment.trim() !== '')
  return characters.length > 0 && characters.length <= 3 && characters.every((character) => EMOJI.test(character))
}

export type Typed = { text: string; style?: 'action' } | null

/** What was typed as what is sent: trimmed at the ends, "/me waves" as an action; null: nothing to send. */
export function typed(input: string): Typed {
  const text = input.replace(/^\s*\n|\s+$/g, '')
  const action = /^\/me\s+(?<deed>[\s\S]*\S)$/.exec(text)?.groups?.['deed']
  if (action !== undefined) return { text: action, style: 'action' }
  return text.trim() === '' ? null : { text }
}

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** A pictogram that is not drawn as a letter, or a flag. `\p{RGI_Emoji}` says it exactly, and takes a second to compile. */
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Extended_Pictographic}\p{Emoji_Modifier}|\p{Regional_Indicator}{2})/u
/** Three families with all their joiners. */
const EMOJI_MAX_CHARS = 80
