// What one tab shows: the conversations on its screen and the people whose presence it displays; and whether anybody looks.

import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { Presence } from '../../shared/protocol/messages.ts'
import type { Readable } from './engine.ts'
import type { Cell } from './readable.ts'
import { createCell } from './readable.ts'

export class Screen {
  readonly #conversations = new Set<ConversationId>()
  readonly #people = new Set<UserId>()
  readonly #presence = new Map<UserId, Cell<Presence | null>>()
  readonly #changed: () => void
  #away = false
  #told = false

  /** `changed` is called once for all changes of a moment. */
  constructor(changed: () => void) {
    this.#changed = changed
  }

  get(): { conversations: ConversationId[]; people: UserId[]; away: boolean } {
    return { conversations: [...this.#conversations], people: [...this.#people], away: this.#away }
  }

  /** Nobody looks at it, or somebody does again. */
  setAway(away: boolean): void {
    if (away === this.#away) return
    this.#away = away
    this.#tell()
  }

  show(conversation: ConversationId): void {
    this.#conversations.add(conversation)
    this.#tell()
  }

  hide(conversation: ConversationId): void {
    this.#conversations.delete(conversation)
    this.#tell()
  }

  /** Watched while somebody subscribes. */
  presence(user: UserId): Readable<Presence | null> {
    const known = this.#presence.get(user)
    if (known !== undefined) return known
    const cell = createCell<Presence | null>(null, {
      first: () => {
        this.#people.add(user)
        this.#tell()
      },
      last: () => {
        this.#people.delete(user)
        this.#tell()
      },
    })
    this.#presence.set(user, cell)
    return cell
  }

  learnPresence(items: readonly Presence[]): void {
    for (const item of items) this.#presence.get(item.user)?.set(item)
  }

  /** Without a connection nobody knows. */
  forgetPresence(): void {
    for (const cell of this.#presence.values()) cell.set(null)
  }

  #tell(): void {
    if (this.#told) return
    this.#told = true
    queueMicrotask(() => {
      this.#told = false
      this.#changed()
    })
  }
}
