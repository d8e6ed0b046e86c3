// A thread is what was replied to one message, its root. Its replies are annotations of that message (entry.ts); who follows
// it, and how far they have read, is theirs alone. A mark is a max-register like a receipt: messages about it may be lost,
// repeated or reordered, and all devices of its person end alike.

import { z } from 'zod'
import { Seq } from '../ids.ts'

/** How one person stands to one thread. `read`: the last reply that they have read; 0 while they do not follow it. */
export const ThreadStanding = z.object({ following: z.boolean(), read: Seq })
export type ThreadStanding = z.infer<typeof ThreadStanding>

/** In a mark, the place of a thread: all that its person follows in the conversation. */
export const EVERY_THREAD = Seq.parse(0)

/** Which of the threads with something new are still new to somebody who has read up to `readOf` them. */
export function stillNew<Thread extends { root: Seq; last: Seq }>(threads: readonly Thread[], readOf: (root: Seq) => Seq): readonly Thread[] {
  const read = (root: Seq) => Math.max(readOf(root), readOf(EVERY_THREAD))
  return threads.every(({ root, last }) => last > read(root)) ? threads : threads.filter(({ root, last }) => last > read(root))
}
