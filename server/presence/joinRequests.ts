// Who decides on requests to join hears of them while connected, by their inbox row. Requests come over HTTP, as many as a
// link has uses: what changes within a moment is told as one.

import { may } from '../../shared/conversation/membership.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { JOIN_REQUESTS_COALESCE_MS } from '../../shared/limits.ts'
import type { Database } from '../../storage/database.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import type { Audience } from './audience.ts'

export class JoinRequests {
  readonly #deps: JoinRequestsDeps
  #changed = new Set<ConversationId>()
  #timer: NodeJS.Timeout | null = null

  constructor(deps: JoinRequestsDeps) {
    this.#deps = deps
  }

  /** Somebody asks to be let in, or does not any more. */
  note(conversation: ConversationId): void {
    this.#changed.add(conversation)
    this.#timer ??= setTimeout(() => void this.#flush(), JOIN_REQUESTS_COALESCE_MS).unref()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  async #flush(): Promise<void> {
    this.#timer = null
    const changed = this.#changed
    this.#changed = new Set()
    try {
      for (const conversation of changed) await this.#tell(conversation)
    } catch (error) {
      // A notice: with the next inbox they hear of it all the same.
      this.#deps.logger.error({ err: error }, 'requests to join could not be told')
    }
  }

  async #tell(conversation: ConversationId): Promise<void> {
    const { conversations, audience, hub } = this.#deps
    const record = await conversations.byId(conversation)
    if (record === null) return
    for (const [user] of audience.connected(await audience.members(conversation))) {
      const row = await conversations.inboxRow(user, conversation)
      if (row !== null && may(record, row.role, { type: 'add' })) hub.tellUser(user, { type: 'inbox', rows: [row] })
    }
  }
}

type JoinRequestsDeps = { conversations: Pick<Database['conversations'], 'byId' | 'inboxRow'>; audience: Audience; hub: Hub; logger: Logger }
