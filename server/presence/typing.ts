// Who is typing, relayed to those who have the conversation on screen and to nobody else, nor between
// people who block one another; never on a disk.

import type { ConversationId, UserId } from '../../shared/ids.ts'
import { TYPING_MS } from '../../shared/limits.ts'
import type { ServerMessage } from '../../shared/protocol/messages.ts'
import type { Client } from '../gateway/client.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import type { Discretions } from '../people/discretions.ts'

export class Typing {
  readonly #hub: Hub
  readonly #discretions: Discretions
  readonly #clock: () => number
  readonly #logger: Logger
  readonly #until = new Map<Client, Map<ConversationId, number>>()
  readonly #timer: NodeJS.Timeout

  constructor(hub: Hub, discretions: Discretions, clock: () => number, logger: Logger) {
    this.#hub = hub
    this.#discretions = discretions
    this.#logger = logger
    this.#clock = clock
    this.#timer = setInterval(() => this.#expire(), 1_000).unref()
  }

  /** Whoever has it on screen was a member when it was opened, and is taken off it when removed. */
  set(client: Client, user: UserId, conversation: ConversationId, on: boolean): void {
    if (!on) return this.end(client, user, conversation)
    if (client.onScreen?.has(conversation) !== true) return
    const typing = this.#until.get(client) ?? new Map<ConversationId, number>()
    this.#until.set(client, typing.set(conversation, this.#clock() + TYPING_MS))
    void this.#relay(client, { type: 'typing', conversation, user, on: true })
  }

  end(client: Client, user: UserId, conversation: ConversationId): void {
    const typing = this.#until.get(client)
    if (typing?.delete(conversation) !== true) return
    if (typing.size === 0) this.#until.delete(client)
    void this.#relay(client, { type: 'typing', conversation, user, on: false })
  }

  endAll(client: Client, user: UserId): void {
    for (const conversation of this.#until.get(client)?.keys() ?? []) this.end(client, user, conversation)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** All go through the same wait, so that none overtakes another. */
  async #relay(from: Client, message: Extract<ServerMessage, { type: 'typing' }>): Promise<void> {
    try {
      const apart = (await this.#discretions.of([message.user])).get(message.user)?.apart
      for (const client of this.#hub.withOnScreen(message.conversation)) {
        if (client !== from && client.session !== null && apart?.has(client.session.user) !== true) client.tell(message)
      }
    } catch (error) {
      // It lapses by itself where it was told, and is renewed by who goes on typing.
      this.#logger.warn({ err: error }, 'typing was not relayed')
    }
  }

  #expire(): void {
    const now = this.#clock()
    for (const [client, typing] of this.#until) {
      for (const [conversation, until] of typing) {
        if (until <= now && client.session !== null) this.end(client, client.session.user, conversation)
      }
    }
  }
}
