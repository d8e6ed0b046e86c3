// Most messages are plain words. They are drawn by what the first screen already has, and never wait for the parser.

/** False only for a text that the parser would leave as it is. */
export function mayBeMarkdown(text: string): boolean {
  return INLINE_MARK.test(text) || BLOCK_MARK.test(text)
}

/** Nobody writes lists in lists this deep by hand. The parser's work grows with the square of it, so it is spared the sight. */
export function isTooDeep(text: string): boolean {
  return NESTED_MARKS.test(text)
}

/** Emphasis, code, links, escapes, strikes, tables and spoilers; an address between angle brackets. */
const INLINE_MARK = /[*_`[\]\\~|]|<(?=[a-z])/iu
/** Headings, quotes, lists and lines, which stand at the beginning of a line. `:-` under a word is a table. */
const BLOCK_MARK = /^[ \t]*(?:[#>+-]|:-|\d{1,9}[.)])/mu
const NESTED_MARKS = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){12}/mu
