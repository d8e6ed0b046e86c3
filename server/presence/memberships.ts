// Who is in a conversation, as what, and how it is called, told anew to all its members who are connected: each the row of their
// inbox, and who has it on screen the conversation. Hundreds may join a room of thousands within a minute. So what changes
// within a moment is told as one, as it is last, and what is the same for all is looked up once.

import type { Role } from '../../shared/conversation/membership.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { MEMBERS_COALESCE_MS } from '../../shared/limits.ts'
import type { Database } from '../../storage/database.ts'
import { readView, viewAs } from '../gateway/conversationView.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import type { Audience } from './audience.ts'
import type { InboxRows } from './inboxRows.ts'
import { PaceByKey } from './paceByKey.ts'

export class Memberships {
  readonly #deps: MembershipsDeps
  readonly #pace = new PaceByKey<ConversationId>(MEMBERS_COALESCE_MS, (conversation) => this.#tell(conversation))

  constructor(deps: MembershipsDeps) {
    this.#deps = deps
  }

  changed(conversation: ConversationId): void {
    this.#pace.ask(conversation)
  }

  stop(): void {
    this.#pace.stop()
  }

  async #tell(conversation: ConversationId): Promise<void> {
    const { audience, rows, logger } = this.#deps
    try {
      await this.#tellViewers(conversation)
      const members = await audience.members(conversation)
      await rows.tell(conversation, [...audience.connected(members)].map(([user]) => user))
    } catch (error) {
      // The inbox of the next start-up and the next opening say the same.
      logger.error({ err: error }, 'a change of members was not told to all')
    }
  }

  async #tellViewers(conversation: ConversationId): Promise<void> {
    const { conversations, hub } = this.#deps
    const viewers = [...hub.withOnScreen(conversation)].flatMap((client) => (client.session === null ? [] : [[client, client.session.user] as const]))
    if (viewers.length === 0) return
    const [view, roles] = await Promise.all([readView(conversations, conversation), conversations.roles(conversation, viewers.map(([, user]) => user))])
    if (view === null) return
    const told = new Map<Role, string>()
    for (const [client, user] of viewers) {
      const role = roles.get(user)
      // Removed meanwhile: they were told so.
      if (role === undefined || client.onScreen?.has(conversation) !== true) continue
      const json = told.get(role) ?? JSON.stringify({ type: 'conversation', conversation: viewAs(view, role) })
      told.set(role, json)
      client.tellJson(json)
    }
  }
}

export type MembershipsDeps = { conversations: Pick<Database['conversations'], 'byId' | 'members' | 'roles'>; audience: Audience; rows: InboxRows; hub: Hub; logger: Logger }
