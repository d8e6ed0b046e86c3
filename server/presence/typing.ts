// Who is typing, relayed to those who have the conversation on screen and to nobody else, nor between
// people who block one another; never on a disk. A device types in one place of a conversation at a time: the conversation
// itself, or a thread of it, which only those who look at that thread are shown.
//
// In a room of thousands hundreds may type at once. A screen has a line for it, so of each conversation the first few are
// told, and the first few of all its threads; who comes next takes the place of who ended, and what changes within a moment leaves together: what a device is
// told does not grow with the room.

import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
import { TYPING_COALESCE_MS, TYPING_MS, TYPING_TOLD_MAX } from '../../shared/limits.ts'
import type { ServerMessage } from '../../shared/protocol/messages.ts'
import type { Client } from '../gateway/client.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import type { Discretions } from '../people/discretions.ts'
import { Pace } from './pace.ts'

export class Typing {
  readonly #hub: Hub
  readonly #discretions: Discretions
  readonly #clock: () => number
  readonly #logger: Logger
  readonly #rooms = new Map<ConversationId, Room>()
  /** Rooms in which somebody began, went on or ended since the last telling. */
  readonly #changed = new Set<ConversationId>()
  readonly #pace = new Pace(TYPING_COALESCE_MS, () => this.#tellChanges())
  readonly #timer: NodeJS.Timeout
  /** All go through the same wait, so that none overtakes another. */
  #telling: Promise<void> = Promise.resolve()

  constructor(hub: Hub, discretions: Discretions, clock: () => number, logger: Logger) {
    this.#hub = hub
    this.#discretions = discretions
    this.#logger = logger
    this.#clock = clock
    this.#timer = setInterval(() => this.#expire(), 1_000).unref()
  }

  /** Whoever has it on screen was a member when it was opened, and is taken off it when removed. */
  set(client: Client, user: UserId, { conversation, thread }: Place, on: boolean): void {
    const before = this.#rooms.get(conversation)?.typing.get(client)
    if (before !== undefined && before.thread !== thread) {
      // The word of the place that was left comes late.
      if (!on) return
      this.end(client, conversation)
    }
    if (!on) return this.end(client, conversation)
    if (client.onScreen?.has(conversation) !== true) return
    let room = this.#rooms.get(conversation)
    if (room === undefined) this.#rooms.set(conversation, (room = { typing: new Map(), told: new Map() }))
    room.typing.set(client, { user, thread, until: this.#clock() + TYPING_MS })
    this.#change(conversation)
  }

  end(client: Client, conversation: ConversationId): void {
    if (this.#rooms.get(conversation)?.typing.delete(client) === true) this.#change(conversation)
  }

  endAll(client: Client): void {
    for (const conversation of this.#rooms.keys()) this.end(client, conversation)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#pace.stop()
  }

  #change(conversation: ConversationId): void {
    this.#changed.add(conversation)
    this.#pace.ask()
  }

  #tellChanges(): void {
    const now = this.#clock()
    const changes = [...this.#changed].flatMap((conversation) => {
      const room = this.#rooms.get(conversation)
      return room === undefined ? [] : changesOf(room, now).map(({ user, thread, on }) => ({ type: 'typing', conversation, ...(thread === undefined ? {} : { thread }), user, on }) as const)
    })
    for (const conversation of this.#changed) {
      const room = this.#rooms.get(conversation)
      if (room?.typing.size === 0 && room.told.size === 0) this.#rooms.delete(conversation)
    }
    this.#changed.clear()
    if (changes.length > 0) this.#telling = this.#telling.then(() => this.#tell(changes))
  }

  async #tell(changes: readonly TypingMessage[]): Promise<void> {
    try {
      const known = await this.#discretions.of(changes.map(({ user }) => user))
      for (const message of changes) {
        const apart = known.get(message.user)?.apart
        const json = JSON.stringify(message)
        for (const client of this.#hub.withOnScreen(message.conversation)) {
          const viewer = client.session?.user
          if (viewer !== undefined && viewer !== message.user && apart?.has(viewer) !== true) client.tellJson(json)
        }
      }
    } catch (error) {
      // It lapses by itself where it was told, and is renewed by who goes on typing.
      this.#logger.warn({ err: error }, 'typing was not relayed')
    }
  }

  #expire(): void {
    const now = this.#clock()
    for (const [conversation, { typing }] of this.#rooms) {
      for (const [client, { until }] of typing) if (until <= now) this.end(client, conversation)
    }
  }
}

/** What has to be told so that screens show the first few of those who type; `told` is what they show then. */
function changesOf({ typing, told }: Room, now: number): (Typist & { on: boolean })[] {
  const here = new Map<string, Typist>()
  const inThreads = new Map<string, Typist>()
  for (const { user, thread } of typing.values()) {
    const shown = thread === undefined ? here : inThreads
    if (shown.size < TYPING_TOLD_MAX) shown.set(`${user} ${thread ?? ''}`, { user, thread })
  }
  const shown = new Map([...here, ...inThreads])
  const ended = [...told].flatMap(([key, typist]) => (shown.has(key) ? [] : [{ key, typist }]))
  // Screens forget who is not renewed.
  const begun = [...shown].filter(([key]) => now - (told.get(key)?.at ?? -Infinity) >= TYPING_MS / 3)
  for (const { key } of ended) told.delete(key)
  for (const [key, typist] of begun) told.set(key, { ...typist, at: now })
  return [...ended.map(({ typist: { user, thread } }) => ({ user, thread, on: false })), ...begun.map(([, typist]) => ({ ...typist, on: true }))]
}

type Place = { conversation: ConversationId; thread: EntryId | undefined }
type Typist = { user: UserId; thread: EntryId | undefined }
type Room = {
  /** In the order in which they began. */
  typing: Map<Client, Typist & { until: number }>
  /** Whom screens show where, and when they were told last. */
  told: Map<string, Typist & { at: number }>
}
type TypingMessage = Extract<ServerMessage, { type: 'typing' }>
