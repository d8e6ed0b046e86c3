// What the switcher offers for what was typed. Each word typed has to begin a word of the name.

import type { InboxItem } from '../../sync/engine.ts'
import { fold } from '../inbox/preview.ts'

/** The best first; equals keep their order. */
export function find<T>(items: readonly T[], query: string, nameOf: (item: T) => string): T[] {
  const typed = wordsOf(query)
  return items
    .map((item) => ({ item, rank: rankOf(fold(nameOf(item)), typed) }))
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ item }) => item)
}

/** Without a query: where one was last is where one goes next. The list itself begins with what is pinned. */
export function mostRecent<Row extends Pick<InboxItem, 'last' | 'touched'>>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => momentOf(b) - momentOf(a))
}

/** 0: it begins so; 1: its words begin so; null: they do not. */
function rankOf(name: string, typed: readonly string[]): 0 | 1 | null {
  const words = wordsOf(name)
  if (!typed.every((start) => words.some((word) => word.startsWith(start)))) return null
  return words.join(' ').startsWith(typed.join(' ')) ? 0 : 1
}

/** Signs belong to no word: “#ops” is found by “ops”, and so is “(ops)”. */
function wordsOf(text: string): string[] {
  return fold(text).split(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/u).filter((word) => word !== '')
}

function momentOf({ last, touched }: Pick<InboxItem, 'last' | 'touched'>): number {
  return last?.at ?? touched
}
