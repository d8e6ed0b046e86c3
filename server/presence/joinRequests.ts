// Who decides on requests to join hears of them while connected, by their inbox row. Requests come over HTTP, as many as a
// link has uses: what changes within a moment is told as one.

import { Role, may } from '../../shared/conversation/membership.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { JOIN_REQUESTS_COALESCE_MS } from '../../shared/limits.ts'
import type { Database } from '../../storage/database.ts'
import type { Logger } from '../logger.ts'
import type { InboxRows } from './inboxRows.ts'
import { PaceByKey } from './paceByKey.ts'

export class JoinRequests {
  readonly #deps: JoinRequestsDeps
  readonly #pace = new PaceByKey<ConversationId>(JOIN_REQUESTS_COALESCE_MS, (conversation) => this.#tell(conversation))

  constructor(deps: JoinRequestsDeps) {
    this.#deps = deps
  }

  /** Somebody asks to be let in, or does not any more. */
  note(conversation: ConversationId): void {
    this.#pace.ask(conversation)
  }

  stop(): void {
    this.#pace.stop()
  }

  async #tell(conversation: ConversationId): Promise<void> {
    const { conversations, rows, logger } = this.#deps
    try {
      const record = await conversations.byId(conversation)
      if (record === null) return
      const deciding = Role.options.filter((role) => may(record, role, { type: 'add' }))
      await rows.tell(conversation, await conversations.memberIds(conversation, deciding))
    } catch (error) {
      // A notice: with the next inbox they hear of it all the same.
      logger.error({ err: error }, 'requests to join could not be told')
    }
  }
}

type JoinRequestsDeps = { conversations: Pick<Database['conversations'], 'byId' | 'memberIds'>; rows: InboxRows; logger: Logger }
