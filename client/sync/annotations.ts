// What was said about the messages in memory, by segment, so that it leaves memory with them.

import type { Folded } from '../../shared/conversation/annotations.ts'
import { NOTHING_FOLDED, fold } from '../../shared/conversation/annotations.ts'
import type { Annotation, Entry } from '../../shared/conversation/entry.ts'
import { segmentOf } from '../../shared/conversation/segment.ts'
import type { Seq, UserId } from '../../shared/ids.ts'

export class Annotations {
  readonly #segments = new Map<number, Map<Seq, Folded>>()

  add(annotation: Annotation): void {
    const { target } = annotation.body
    const segment = this.#segments.get(segmentOf(target)) ?? new Map<Seq, Folded>()
    this.#segments.set(segmentOf(target), segment.set(target, fold(segment.get(target) ?? NOTHING_FOLDED, annotation)))
  }

  /** The same object until something is new. */
  of(message: Seq): Folded {
    return this.#segments.get(segmentOf(message))?.get(message) ?? NOTHING_FOLDED
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
