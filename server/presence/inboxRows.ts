// A row of the inbox that changed, told to the devices of its person that are connected. What many are told is asked for
// together and told some at a time: in a room of thousands everything else goes on in between.

import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { ConversationStore } from '../../storage/database.ts'
import type { Client } from '../gateway/client.ts'
import type { Hub } from '../gateway/hub.ts'

/** Their rows are read and told in some milliseconds. */
const TOLD_IN_A_TURN = 50

export class InboxRows {
  readonly #conversations: Pick<ConversationStore, 'inboxRows'>
  readonly #hub: Hub

  constructor(conversations: Pick<ConversationStore, 'inboxRows'>, hub: Hub) {
    this.#conversations = conversations
    this.#hub = hub
  }

  /** Those who are no members (any more) are told nothing. `knows`: a device that needs not be told. */
  async tell(conversation: ConversationId, users: Iterable<UserId>, knows: (client: Client) => boolean = () => false): Promise<void> {
    const connected = [...new Set(users)].filter((user) => this.#hub.isOnline(user))
    for (let from = 0; from < connected.length; from += TOLD_IN_A_TURN) {
      if (from > 0) await new Promise((resolve) => setImmediate(resolve))
      // Told right after it was read: a removal that comes in between would be told first.
      for (const { user, row } of await this.#conversations.inboxRows(conversation, connected.slice(from, from + TOLD_IN_A_TURN))) {
        const json = JSON.stringify({ type: 'inbox', rows: [row] })
        for (const client of this.#hub.ofUser(user)) if (!knows(client)) client.tellJson(json)
      }
    }
  }
}
