// Whom a message or a reply calls as it reads now, and since when. An edit says anew whom its text calls: whoever was called
// before is not called again, and who is called no more has nothing to read. A function of what was said, so that the server
// and every device come to the same, whatever they heard of first.

import type { Seq, UserId } from '../ids.ts'
import type { Calling } from './entry.ts'

/** What was said first, and each edit, in the order of the log. */
export type Said = { seq: Seq; body: Calling }

/** The entry that called this person first, if what is said now calls them still; 0: it does not. One calls nobody to oneself. */
export function calledAt(said: readonly Said[], author: UserId, user: UserId): Seq | 0 {
  const last = said.at(-1)
  if (author === user || last === undefined || !calls(last.body, user)) return 0
  return said.find(({ body }) => calls(body, user))?.seq ?? 0
}

export function calls({ mentions, mentionsAll }: Calling, user: UserId): boolean {
  return mentionsAll === true || mentions?.includes(user) === true
}
