// Threads, live: a reply is news to whoever follows its thread, and a mark that moves takes the badge off the other devices of
// its person. Both say so with the row of their inbox, asked anew, so nothing here needs to arrive once or in order. So it is
// told too that a message calls others now than before: what it said before, no device needs to hold.
//
//   reply ───▶ followers who are connected ─┐
//   edit, erase ▶ whom it calls, or no more ┤
//   raise ───▶ one transaction ─────────────┴▶ coalesced ─▶ inbox rows

import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import { ACTIVITY_COALESCE_MS } from '../../shared/limits.ts'
import type { FollowThread } from '../../shared/protocol/api.ts'
import type { MadeOnce } from '../../storage/madeOnce.ts'
import type { ThreadMark, ThreadStore } from '../../storage/threads.ts'
import type { Committed, Recalled } from '../append/groupCommit.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import type { Audience } from '../presence/audience.ts'
import type { InboxRows } from '../presence/inboxRows.ts'

export class Threads {
  readonly #deps: ThreadsDeps
  #raised: ThreadMark[] = []
  #replied = new Map<ConversationId, Set<Seq>>()
  #recalled: [ConversationId, { users: ReadonlySet<UserId>; all: boolean }][] = []
  #timer: NodeJS.Timeout | null = null
  #telling = false

  constructor(deps: ThreadsDeps) {
    this.#deps = deps
  }

  note(committed: Committed, recalled: Recalled): void {
    if (this.#deps.hub.size === 0) return
    this.#recalled.push(...recalled)
    if (recalled.size > 0) this.#schedule()
    for (const [conversation, entries] of committed) {
      for (const entry of entries) {
        if (entry.kind !== 'reply') continue
        const roots = this.#replied.get(conversation) ?? new Set<Seq>()
        this.#replied.set(conversation, roots.add(entry.body.target))
        this.#schedule()
      }
    }
  }

  raise(marks: readonly ThreadMark[]): void {
    if (marks.length === 0) return
    this.#raised.push(...marks)
    this.#schedule()
  }

  /** False when there is no such message, or they are no member. */
  async follow(user: UserId, conversation: ConversationId, root: Seq, wanted: FollowThread, once?: MadeOnce): Promise<boolean> {
    const followed = await this.#deps.threads.follow(user, conversation, root, wanted, this.#deps.clock(), once)
    if (followed) await this.#deps.rows.tell(conversation, [user])
    return followed
  }

  /** Writes what was raised; nothing is told any more. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#join()
  }

  #schedule(): void {
    if (!this.#telling) this.#timer ??= setTimeout(() => void this.#flush(), ACTIVITY_COALESCE_MS)
  }

  /** What comes while a large room is told waits for the next time. */
  async #flush(): Promise<void> {
    this.#timer = null
    this.#telling = true
    await this.#tellNews()
    this.#telling = false
    if (this.#raised.length > 0 || this.#replied.size > 0 || this.#recalled.length > 0) this.#schedule()
  }

  async #tellNews(): Promise<void> {
    const replied = this.#replied
    this.#replied = new Map()
    const recalled = this.#recalled.splice(0)
    const moved = await this.#join()
    try {
      const told = new Map<ConversationId, Set<UserId>>()
      const concerned = (conversation: ConversationId, users: Iterable<UserId>) => told.set(conversation, new Set([...(told.get(conversation) ?? []), ...users]))
      for (const { conversation, user } of moved) concerned(conversation, [user])
      for (const [conversation, roots] of replied) concerned(conversation, await this.#deps.threads.followers(conversation, [...roots]))
      for (const [conversation, { users, all }] of recalled) concerned(conversation, all ? await this.#deps.audience.members(conversation) : users)
      for (const [conversation, users] of told) await this.#deps.rows.tell(conversation, users)
    } catch (error) {
      // The inbox query of the next start-up tells the same.
      this.#deps.logger.error({ err: error }, 'news of threads were lost')
    }
  }

  async #join(): Promise<{ conversation: ConversationId; user: UserId }[]> {
    const raised = this.#raised
    if (raised.length === 0) return []
    this.#raised = []
    try {
      return await this.#deps.threads.join(raised, this.#deps.clock())
    } catch (error) {
      // Devices keep their own marks and assert them again when they return.
      this.#deps.logger.error({ err: error }, 'read marks of threads were not stored')
      return []
    }
  }
}

export type ThreadsDeps = {
  threads: Pick<ThreadStore, 'join' | 'follow' | 'followers'>
  rows: InboxRows
  audience: Pick<Audience, 'members'>
  hub: Hub
  clock: () => number
  logger: Logger
}
