// Who is typing, relayed to those who have the conversation on screen and to nobody else, nor between
// people who block one another; never on a disk. A device types in one place of a conversation at a time: the conversation
// itself, or a thread of it, which only those who look at that thread are shown.

import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
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
  readonly #places = new Map<Client, Map<ConversationId, { thread: EntryId | undefined; until: number }>>()
  readonly #timer: NodeJS.Timeout

  constructor(hub: Hub, discretions: Discretions, clock: () => number, logger: Logger) {
    this.#hub = hub
    this.#discretions = discretions
    this.#logger = logger
    this.#clock = clock
    this.#timer = setInterval(() => this.#expire(), 1_000).unref()
  }

  /** Whoever has it on screen was a member when it was opened, and is taken off it when removed. */
  set(client: Client, user: UserId, { conversation, thread }: Place, on: boolean): void {
    const before = this.#places.get(client)?.get(conversation)
    if (before !== undefined && before.thread !== thread) {
      // The word of the place that was left comes late.
      if (!on) return
      this.end(client, user, conversation)
    }
    if (!on) return this.end(client, user, conversation)
    if (client.onScreen?.has(conversation) !== true) return
    const places = this.#places.get(client) ?? new Map<ConversationId, { thread: EntryId | undefined; until: number }>()
    this.#places.set(client, places.set(conversation, { thread, until: this.#clock() + TYPING_MS }))
    void this.#relay(client, typingIn({ conversation, thread }, user, true))
  }

  end(client: Client, user: UserId, conversation: ConversationId): void {
    const places = this.#places.get(client)
    const place = places?.get(conversation)
    if (places === undefined || place === undefined) return
    places.delete(conversation)
    if (places.size === 0) this.#places.delete(client)
    void this.#relay(client, typingIn({ conversation, thread: place.thread }, user, false))
  }

  endAll(client: Client, user: UserId): void {
    for (const conversation of this.#places.get(client)?.keys() ?? []) this.end(client, user, conversation)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** All go through the same wait, so that none overtakes another. */
  async #relay(from: Client, message: TypingMessage): Promise<void> {
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
    for (const [client, places] of this.#places) {
      for (const [conversation, { until }] of places) {
        if (until <= now && client.session !== null) this.end(client, client.session.user, conversation)
      }
    }
  }
}

function typingIn({ conversation, thread }: Place, user: UserId, on: boolean): TypingMessage {
  return { type: 'typing', conversation, ...(thread === undefined ? {} : { thread }), user, on }
}

type Place = { conversation: ConversationId; thread?: EntryId | undefined }
type TypingMessage = Extract<ServerMessage, { type: 'typing' }>
