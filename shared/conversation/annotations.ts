// What the annotations of one message come to. A join, so that they may come in any order, twice, or in parts: the last
// edit by its author counts, of each person and emoji the last word, of pins the last, an erasure for good, and replies stand
// in order. "Last" is by seq, which every device agrees on. A reply has annotations of its own, which come to the same.

import type { UserId } from '../ids.ts'
import type { Annotation, Edit, Erase, Pin, Reply } from './entry.ts'
import { isStub } from './entry.ts'

export type Folded = {
  /** Every edit by the author, oldest first: the last is what the message says. None of an erased message. */
  readonly edits: readonly Edit[]
  /** `<user> <emoji>` → the last word on it. */
  readonly words: ReadonlyMap<string, Word>
  /** The last word on whether it is pinned. */
  readonly pin: Pin | null
  /** By whom first: the others changed nothing. */
  readonly erase: Erase | null
  /** What was said in its thread, oldest first, what was erased of it as stubs. It stays when the message is erased. */
  readonly replies: readonly Reply[]
}

type Word = { user: UserId; emoji: string; on: boolean; seq: number }

export const NOTHING_FOLDED: Folded = { edits: [], words: new Map(), pin: null, erase: null, replies: [] }

/** The same object when nothing in it is new. */
export function fold(folded: Folded, annotation: Annotation): Folded {
  switch (annotation.kind) {
    case 'edit':
      if (folded.erase !== null || folded.edits.some(({ seq }) => seq === annotation.seq)) return folded
      return { ...folded, edits: [...folded.edits, annotation].toSorted((a, b) => a.seq - b.seq) }
    case 'reaction': {
      const { author: user, seq, body: { emoji, on } } = annotation
      const key = `${user} ${emoji}`
      if ((folded.words.get(key)?.seq ?? 0) >= seq) return folded
      return { ...folded, words: new Map([...folded.words, [key, { user, emoji, on, seq }]]) }
    }
    case 'pin':
      return folded.pin !== null && folded.pin.seq >= annotation.seq ? folded : { ...folded, pin: annotation }
    case 'erase':
      return folded.erase !== null && folded.erase.seq <= annotation.seq ? folded : { ...folded, edits: [], erase: annotation }
    case 'reply':
      return withReply(folded, annotation)
    default:
      return annotation satisfies never
  }
}

/** What was erased stays so, whichever of the two comes last. They mostly come in order: then it is put at the end. */
function withReply(folded: Folded, reply: Reply): Folded {
  const { replies } = folded
  const last = replies.at(-1)
  if (last === undefined || last.seq < reply.seq) return { ...folded, replies: [...replies, reply] }
  const at = replies.findIndex(({ seq }) => seq >= reply.seq)
  const there = replies[at]
  if (there?.seq !== reply.seq) return { ...folded, replies: replies.toSpliced(at, 0, reply) }
  return isStub(reply) && !isStub(there) ? { ...folded, replies: replies.with(at, reply) } : folded
}

export type ReactionCount = { emoji: string; users: readonly UserId[] }

/** Each emoji with those who chose it, in the order in which each was first chosen as things stand. */
export function reactionsOf({ words }: Folded): ReactionCount[] {
  const chosen = [...words.values()].filter(({ on }) => on).toSorted((a, b) => a.seq - b.seq)
  const byEmoji = Map.groupBy(chosen, ({ emoji }) => emoji)
  return [...byEmoji].map(([emoji, by]) => ({ emoji, users: by.map(({ user }) => user) }))
}
