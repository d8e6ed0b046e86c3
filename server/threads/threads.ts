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
import type { ConversationStore } from '../../storage/database.ts'
import type { MadeOnce } from '../../storage/madeOnce.ts'
import type { ThreadMark, ThreadStore } from '../../storage/threads.ts'
import type { Committed, Recalled } from '../append/groupCommit.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import type { Audience } from '../presence/audience.ts'

export class Threads {
  readonly #deps: ThreadsDeps
  #raised: ThreadMark[] = []
  #replied = new Map<ConversationId, Set<Seq>>()
  #recalled: [ConversationId, { users: ReadonlySet<UserId>; all: boolean }][] = []
  #timer: NodeJS.Timeout | null = null

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
    if (followed) await this.#tell(user, conversation)
    return followed
  }

  /** To all devices of this person: what they follow, or how far they have read, changed. */
  async #tell(user: UserId, conversation: ConversationId): Promise<void> {
    const clients = [...this.#deps.hub.ofUser(user)]
    if (clients.length === 0) return
    const row = await this.#deps.conversations.inboxRow(user, conversation)
    if (row === null) return
    for (const client of clients) client.tell({ type: 'inbox', rows: [row] })
  }

  /** Writes what was raised; nothing is told any more. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#join()
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.#flush(), ACTIVITY_COALESCE_MS)
  }

  async #flush(): Promise<void> {
    this.#timer = null
    const replied = this.#replied
    this.#replied = new Map()
    const recalled = this.#recalled.splice(0)
    const moved = await this.#join()
    try {
      const told = new Map(moved.map((one) => [`${one.conversation} ${one.user}`, one]))
      for (const [conversation, roots] of replied) {
        for (const user of await this.#deps.threads.followers(conversation, [...roots])) told.set(`${conversation} ${user}`, { conversation, user })
      }
      for (const [conversation, { users, all }] of recalled) {
        const concerned = all ? [...this.#deps.audience.connected(await this.#deps.audience.members(conversation))].map(([user]) => user) : users
        for (const user of concerned) told.set(`${conversation} ${user}`, { conversation, user })
      }
      await this.#tellAll([...told.values()])
    } catch (error) {
      // The inbox query of the next start-up tells the same.
      this.#deps.logger.error({ err: error }, 'news of threads were lost')
    }
  }

  /** A large room is many rows to ask for: what else has to be done is done in between. */
  async #tellAll(told: readonly { conversation: ConversationId; user: UserId }[]): Promise<void> {
    for (const [index, { conversation, user }] of told.entries()) {
      if (index > 0 && index % TOLD_IN_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
      await this.#tell(user, conversation)
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

const TOLD_IN_A_TURN = 50

export type ThreadsDeps = {
  threads: Pick<ThreadStore, 'join' | 'follow' | 'followers'>
  conversations: Pick<ConversationStore, 'inboxRow'>
  audience: Pick<Audience, 'members' | 'connected'>
  hub: Hub
  clock: () => number
  logger: Logger
}
