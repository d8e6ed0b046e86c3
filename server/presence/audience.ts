// Who is in a conversation, kept in memory: what is told about a conversation must cost nothing for members who are away.

import { LRUCache } from 'lru-cache'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { AUDIENCE_CACHE_IDS } from '../../shared/limits.ts'
import type { ConversationStore } from '../../storage/database.ts'
import type { Client } from '../gateway/client.ts'
import type { Hub } from '../gateway/hub.ts'

export class Audience {
  readonly #conversations: Pick<ConversationStore, 'memberIds'>
  readonly #hub: Hub
  readonly #members = new LRUCache<ConversationId, Set<UserId>>({
    maxSize: AUDIENCE_CACHE_IDS,
    sizeCalculation: ({ size }) => size + 1,
  })
  #changes = 0

  constructor(conversations: Pick<ConversationStore, 'memberIds'>, hub: Hub) {
    this.#conversations = conversations
    this.#hub = hub
  }

  /** Changes with the membership: who goes through it and waits in between takes a copy. */
  async members(conversation: ConversationId): Promise<ReadonlySet<UserId>> {
    for (;;) {
      const known = this.#members.get(conversation)
      if (known !== undefined) return known
      const before = this.#changes
      const members = new Set(await this.#conversations.memberIds(conversation))
      // A change while reading: what was read may be from before it.
      if (before !== this.#changes) continue
      this.#members.set(conversation, members)
      return members
    }
  }

  /** Those who are known are not asked for anew: in a large room that would cost each change all its members. */
  changed(conversation: ConversationId, added: readonly UserId[], removed: readonly UserId[]): void {
    this.#changes += 1
    const members = this.#members.get(conversation)
    if (members === undefined) return
    for (const user of added) members.add(user)
    for (const user of removed) members.delete(user)
    // For its size.
    this.#members.set(conversation, members)
  }

  /** The connections of members, at the price of the smaller of the two: members or people online. */
  *connected(members: ReadonlySet<UserId>): Generator<[UserId, ReadonlySet<Client>]> {
    const online = this.#hub.onlineUsers
    if (online.size < members.size) {
      for (const [user, clients] of online) if (members.has(user)) yield [user, clients]
      return
    }
    for (const user of members) {
      const clients = online.get(user)
      if (clients !== undefined) yield [user, clients]
    }
  }
}
