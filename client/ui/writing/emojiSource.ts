// `:smi` offers emoji by their shortcode, `:smile:` becomes one. Emoticons stay as they are: a colon with fewer than two
// letters is nobody's business.

import type { CompletionSource } from './completionSource.ts'

type Shortcodes = readonly (readonly [code: string, emoji: string])[]

export const emojiSource: CompletionSource = {
  label: 'emoji',
  find: shortcodeIn,
  async candidates(query) {
    const found = findShortcodes(await shortcodes(), query)
    return found.map(([code, emoji]) => ({ id: code, insert: `${emoji} `, icon: emoji, label: `:${code}:` }))
  },
  async finish(before) {
    const typed = FINISHED.exec(before)
    if (typed === null || isInCode(before)) return null
    const [whole, code] = typed
    const emoji = (await shortcodes()).find(([known]) => known === code?.toLowerCase())?.[1]
    return emoji === undefined ? null : { from: typed.index + whole.indexOf(':'), insert: emoji }
  },
}

export function shortcodeIn(before: string): { from: number; query: string } | null {
  const typed = TYPED.exec(before)
  const query = typed?.groups?.['query']
  return query === undefined || isInCode(before) ? null : { from: before.length - query.length - 1, query: query.toLowerCase() }
}

/** Code says what it says: behind an odd backtick of its line, or an odd fence. */
function isInCode(before: string): boolean {
  const lines = before.split('\n')
  return lines.filter((line) => FENCE.test(line)).length % 2 === 1 || (lines.at(-1)?.match(/`/gu)?.length ?? 0) % 2 === 1
}

/** Those that begin with it, then those with a word that does; each emoji once. */
export function findShortcodes(all: Shortcodes, query: string): Shortcodes {
  const first = all.filter(([code]) => code.startsWith(query)).toSorted(([one], [other]) => Number(other === query) - Number(one === query))
  const then = all.filter(([code]) => code.includes(`_${query}`))
  const found = new Map<string, readonly [string, string]>()
  for (const pair of [...first, ...then]) if (!found.has(pair[1])) found.set(pair[1], pair)
  return [...found.values()].slice(0, FOUND_MAX)
}

async function shortcodes(): Promise<Shortcodes> {
  return (await import('virtual:emoji-shortcodes')).shortcodes
}

/** After a letter or a colon it is the time of day, an address or a path. */
const TYPED = /(?<![\p{L}\p{N}:/]):(?<query>[a-z+_-][\w+-]+)$/iu
const FENCE = /^ {0,3}(?:```|~~~)/u
const FINISHED = /(?<![\p{L}\p{N}:/]):(\+1|-1|[a-z][\w+-]+):$/iu
/** Seen at one glance above a composer. */
const FOUND_MAX = 7
