// Who is typing, relayed to those who have the conversation on screen and to nobody else; never on a disk.

import type { ConversationId, UserId } from '../../shared/ids.ts'
import { TYPING_MS } from '../../shared/limits.ts'
import type { Client } from '../gateway/client.ts'
import type { Hub } from '../gateway/hub.ts'

export class Typing {
  readonly #hub: Hub
  readonly #clock: () => number
  readonly #until = new Map<Client, Map<ConversationId, number>>()
  readonly #timer: NodeJS.Timeout

  constructor(hub: Hub, clock: () => number) {
    this.#hub = hub
    this.#clock = clock
    this.#timer = setInterval(() => this.#expire(), 1_000).unref()
  }

  /** Whoever has it on screen was a member when it was opened, and is taken off it when removed. */
  set(client: Client, user: UserId, conversation: ConversationId, on: boolean): void {
    if (!on) return this.end(client, user, conversation)
    if (client.onScreen?.has(conversation) !== true) return
    const typing = this.#until.get(client) ?? new Map<ConversationId, number>()
    this.#until.set(client, typing.set(conversation, this.#clock() + TYPING_MS))
    this.#hub.tellScreens(conversation, { type: 'typing', conversation, user, on: true }, client)
  }

  end(client: Client, user: UserId, conversation: ConversationId): void {
    const typing = this.#until.get(client)
    if (typing?.delete(conversation) !== true) return
    if (typing.size === 0) this.#until.delete(client)
    this.#hub.tellScreens(conversation, { type: 'typing', conversation, user, on: false }, client)
  }

  endAll(client: Client, user: UserId): void {
    for (const conversation of this.#until.get(client)?.keys() ?? []) this.end(client, user, conversation)
  }

  stop(): void {
    clearInterval(this.#timer)
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
