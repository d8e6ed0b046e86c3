// Conversations that are not on screen but were, or that something just arrived in: their tails stay followed, so that
// new entries reach this device before anybody opens them, and their authors see them delivered. A few only.

import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { Activity } from '../../shared/protocol/messages.ts'
import type { Environment } from './environment.ts'
import type { Tails } from './tails.ts'

const WARM_MAX = 32
/** A busy account would otherwise attach and leave documents all day. */
const REPLACED_AFTER_MS = 60_000

export class WarmConversations {
  readonly #clock: () => number
  readonly #tails: Tails
  /** Least recently active first. */
  readonly #activeAt = new Map<ConversationId, number>()

  constructor(environment: Pick<Environment, 'clock'>, tails: Tails) {
    this.#clock = environment.clock
    this.#tails = tails
  }

  active(items: readonly Activity[], me: UserId): void {
    for (const { conversation, head, last } of items) {
      if (this.#tails.follows(conversation)) {
        if (this.#activeAt.has(conversation)) this.#touch(conversation)
        this.#tails.headRaised(conversation)
      } else if (last !== undefined && last.author !== me && head > 0 && this.#makeRoom(REPLACED_AFTER_MS)) {
        this.#touch(conversation)
        this.#tails.follow(conversation)
      }
    }
  }

  onScreen(conversation: ConversationId): void {
    this.#activeAt.delete(conversation)
  }

  leftScreen(conversation: ConversationId): void {
    if (!this.#tails.follows(conversation)) return
    this.#makeRoom(0)
    this.#touch(conversation)
  }

  forget(conversation: ConversationId): void {
    this.#activeAt.delete(conversation)
  }

  clear(): void {
    this.#activeAt.clear()
  }

  #touch(conversation: ConversationId): void {
    this.#activeAt.delete(conversation)
    this.#activeAt.set(conversation, this.#clock())
  }

  #makeRoom(idleFor: number): boolean {
    if (this.#activeAt.size < WARM_MAX) return true
    const oldest = this.#activeAt.entries().next()
    if (oldest.done === true || this.#clock() - oldest.value[1] < idleFor) return false
    this.#activeAt.delete(oldest.value[0])
    this.#tails.unfollow(oldest.value[0])
    return true
  }
}
