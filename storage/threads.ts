// The part of the database port about threads: who follows them, and how far they have read. Which messages have replies is
// kept by `log.commit`, as is that whoever wrote a message that is replied to, whoever replies, and whoever is called in a
// reply follows the thread.

import type { ThreadStanding } from '../shared/conversation/thread.ts'
import type { ConversationId, Seq, UserId } from '../shared/ids.ts'
import type { FollowThread } from '../shared/protocol/api.ts'
import type { MadeOnce } from './madeOnce.ts'

export type ThreadStore = {
  /** How the user stands to the thread of one message. */
  standing(user: UserId, conversation: ConversationId, root: Seq): Promise<ThreadStanding>
  /**
   * False when there is no such message, or the user is no member. Whoever begins to follow has read what was said before;
   * of whoever follows already nothing changes.
   */
  follow(user: UserId, conversation: ConversationId, root: Seq, wanted: FollowThread, now: number, once?: MadeOnce): Promise<boolean>
  /** Threads that the user follows and that have replies, the last replied to first: those whose last reply stands before `before`. */
  followed(user: UserId, conversation: ConversationId, page: { before: Seq | null; limit: number }): Promise<FollowedThread[]>
  /** Who follows any of these threads. */
  followers(conversation: ConversationId, roots: readonly Seq[]): Promise<UserId[]>
  /**
   * Raises marks to the maximum, none past the head; those of threads that are not followed stay away. `thread` 0 means
   * all that the user follows there. One transaction. Returns where something moved.
   */
  join(marks: readonly ThreadMark[], now: number): Promise<{ conversation: ConversationId; user: UserId }[]>
}

export type ThreadMark = { conversation: ConversationId; user: UserId; thread: Seq; read: Seq }

/** `replies`: without those erased. `unread`: those after the mark, up to UNREAD_MAX; an edit that calls somebody is none. */
export type FollowedThread = { root: Seq; last: Seq; replies: number; unread: number }
