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
