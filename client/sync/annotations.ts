// What was said about the messages in memory, and about the replies to them, by segment, so that it leaves memory with them.

import type { Folded } from '../../shared/conversation/annotations.ts'
import { NOTHING_FOLDED, fold } from '../../shared/conversation/annotations.ts'
import type { Annotation, Entry } from '../../shared/conversation/entry.ts'
import { shownAt, stubOf } from '../../shared/conversation/entry.ts'
import { segmentOf } from '../../shared/conversation/segment.ts'
import type { Seq, UserId } from '../../shared/ids.ts'

export class Annotations {
  readonly #segments = new Map<number, Map<Seq, Folded>>()

  add(annotation: Annotation): void {
    const { target } = annotation.body
    const number = segmentOf(shownAt(annotation))
    const segment = this.#segments.get(number) ?? new Map<Seq, Folded>()
    this.#segments.set(number, segment.set(target, fold(segment.get(target) ?? NOTHING_FOLDED, annotation)))
  }

  /** The same object until something is new. `at`: of a reply, where the root of its thread stands. */
  of(message: Seq, at = message): Folded {
    return this.#segments.get(segmentOf(at))?.get(message) ?? NOTHING_FOLDED
  }

  /** If it is a reply: its thread keeps what is left of it. */
  erase(target: Seq): void {
    for (const segment of this.#segments.values()) {
      for (const [root, folded] of segment) {
        const reply = folded.replies.find(({ seq }) => seq === target)
        const stub = reply === undefined ? undefined : stubOf(reply)
        if (stub?.kind === 'reply') segment.set(root, fold(folded, stub))
      }
    }
  }

  forget(segment: number): void {
    this.#segments.delete(segment)
  }

  clear(): void {
    this.#segments.clear()
  }
}

/** Does nobody count it as unread: their own, about a message that is counted already, or what happened and nobody said. */
export function isQuiet(entry: Entry, me: UserId): boolean {
  return entry.author === me || (entry.kind !== 'message' && entry.kind !== 'erased')
}

/** Is it the message at `target`, or one of its edits? */
export function isErasedBy(entry: Entry, target: Seq): boolean {
  return entry.kind === 'edit' ? entry.body.target === target : entry.seq === target
}
