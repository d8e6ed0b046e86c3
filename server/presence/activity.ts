// Activity notices: a conversation that a connected member does not have on screen has something new. A burst of entries
// leaves as one notice, and all conversations of one window as one message.

import { previewOf } from '../../shared/conversation/inbox.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import { ACTIVITY_COALESCE_MS } from '../../shared/limits.ts'
import type { Activity as Notice } from '../../shared/protocol/messages.ts'
import type { Committed } from '../append/groupCommit.ts'
import type { Client } from '../gateway/client.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import type { Audience } from './audience.ts'

export class Activity {
  readonly #audience: Audience
  readonly #hub: Hub
  readonly #logger: Logger
  #fresh = new Map<ConversationId, Fresh>()
  #timer: NodeJS.Timeout | null = null

  constructor(audience: Audience, hub: Hub, logger: Logger) {
    this.#audience = audience
    this.#hub = hub
    this.#logger = logger
  }

  note(committed: Committed, now: number): void {
    if (this.#hub.size === 0) return
    for (const [conversation, entries] of committed) {
      const last = entries.at(-1)
      if (last === undefined) continue
      let fresh = this.#fresh.get(conversation)
      if (fresh === undefined) this.#fresh.set(conversation, (fresh = { last, touched: now, byAuthor: new Map() }))
      fresh.last = last
      fresh.touched = now
      for (const { author } of entries) fresh.byAuthor.set(author, (fresh.byAuthor.get(author) ?? 0) + 1)
    }
    this.#timer ??= setTimeout(() => void this.#flush(), ACTIVITY_COALESCE_MS).unref()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  async #flush(): Promise<void> {
    this.#timer = null
    const fresh = this.#fresh
    this.#fresh = new Map()
    try {
      const told = new Map<Client, string[]>()
      for (const [conversation, activity] of fresh) this.#collect(conversation, activity, await this.#audience.members(conversation), told)
      for (const [client, notices] of told) client.tellJson(`{"type":"activity","items":[${notices.join(',')}]}`)
    } catch (error) {
      // A notice is a hint: the inbox query of the next start-up tells the same.
      this.#logger.error({ err: error }, 'activity notices were lost')
    }
  }

  #collect(conversation: ConversationId, fresh: Fresh, members: ReadonlySet<UserId>, told: Map<Client, string[]>): void {
    let shared: string | undefined
    for (const [user, clients] of this.#audience.connected(members)) {
      const own = fresh.byAuthor.get(user) ?? 0
      for (const client of clients) {
        if (client.phase !== 'welcomed' || client.onScreen?.has(conversation) === true) continue
        const notice = own > 0 ? encode(conversation, fresh, own) : (shared ??= encode(conversation, fresh, 0))
        const notices = told.get(client)
        if (notices === undefined) told.set(client, [notice])
        else notices.push(notice)
      }
    }
  }
}

function encode(conversation: ConversationId, { last, touched }: Fresh, own: number): string {
  const { id, author, at, body } = last
  return JSON.stringify({ conversation, head: last.seq, last: { id, author, at, preview: previewOf(body.text) }, own, touched } satisfies Notice)
}

type Fresh = { last: Entry & { seq: Seq }; touched: number; byAuthor: Map<UserId, number> }
