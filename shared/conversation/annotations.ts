// What the annotations of one message come to. A join, so that they may come in any order, twice, or in parts: the last
// edit by its author counts, and of each person and emoji the last word. "Last" is by seq, which every device agrees on.

import type { UserId } from '../ids.ts'
import type { Annotation, Edit } from './entry.ts'

export type Folded = {
  /** Every edit by the author, oldest first: the last is what the message says. */
  readonly edits: readonly Edit[]
  /** `<user> <emoji>` → the last word on it. */
  readonly words: ReadonlyMap<string, Word>
}

type Word = { user: UserId; emoji: string; on: boolean; seq: number }

export const NOTHING_FOLDED: Folded = { edits: [], words: new Map() }

/** The same object when nothing in it is new. */
export function fold(folded: Folded, annotation: Annotation): Folded {
  if (annotation.kind === 'edit') {
    if (folded.edits.some(({ seq }) => seq === annotation.seq)) return folded
    return { ...folded, edits: [...folded.edits, annotation].toSorted((a, b) => a.seq - b.seq) }
  }
  const { author: user, seq, body: { emoji, on } } = annotation
  const key = `${user} ${emoji}`
  if ((folded.words.get(key)?.seq ?? 0) >= seq) return folded
  return { ...folded, words: new Map([...folded.words, [key, { user, emoji, on, seq }]]) }
}

export type ReactionCount = { emoji: string; users: readonly UserId[] }

/** Each emoji with those who chose it, in the order in which each was first chosen as things stand. */
export function reactionsOf({ words }: Folded): ReactionCount[] {
  const chosen = [...words.values()].filter(({ on }) => on).toSorted((a, b) => a.seq - b.seq)
  const byEmoji = Map.groupBy(chosen, ({ emoji }) => emoji)
  return [...byEmoji].map(([emoji, by]) => ({ emoji, users: by.map(({ user }) => user) }))
}
