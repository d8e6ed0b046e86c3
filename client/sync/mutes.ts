// What this person has muted, a conversation or a thread, until when, as their personal document holds it.

import type { ConversationId, Seq } from '../../shared/ids.ts'
import { threadKey } from '../../shared/personal/document.ts'
import type { Timers } from './environment.ts'
import type { Personal } from './personal.ts'

/** `silenced`: muted, and calls by name are no news either. */
export type Muting = { muted: boolean; silenced: boolean }

export class Mutes {
  readonly #deps: MutesDeps
  /** When the next one runs out, of those that were asked about. */
  #next: { at: number; cancel: () => void } | null = null

  constructor(deps: MutesDeps) {
    this.#deps = deps
  }

  of(conversation: ConversationId): Muting {
    const { personal } = this.#deps
    return this.#now(personal.get('mutes', conversation), personal.get('silenced', conversation))
  }

  ofThread(conversation: ConversationId, root: Seq): Muting {
    const { personal } = this.#deps
    const key = threadKey(conversation, root)
    return this.#now(personal.get('threadMutes', key), personal.get('threadsSilenced', key))
  }

  stop(): void {
    this.#next?.cancel()
  }

  #now(until: unknown, silenced: unknown): Muting {
    const now = this.#deps.clock()
    if (typeof until === 'number' && until > now) this.#watch(until, now)
    return mutingOf(until, silenced, now)
  }

  #watch(until: number, now: number): void {
    if (this.#next !== null && this.#next.at <= until) return
    this.#next?.cancel()
    const cancel = this.#deps.timers.after(Math.min(until - now, TIMER_MAX_MS), () => {
      this.#next = null
      this.#deps.ranOut()
    })
    this.#next = { at: until, cancel }
  }
}

export function mutingOf(until: unknown, silenced: unknown, now: number): Muting {
  const muted = until === MUTED_FOREVER || (typeof until === 'number' && until > now)
  return { muted, silenced: muted && silenced !== undefined }
}

/** As it is kept. `until`: milliseconds; Infinity: for ever; null: not muted. */
export function keptMute(until: number | null): number | string | undefined {
  return until === null ? undefined : until === Infinity ? MUTED_FOREVER : until
}

/** In the personal document, where JSON has no infinity. */
const MUTED_FOREVER = 'always'
/** A longer one fires at once: timers count to 2³¹. */
const TIMER_MAX_MS = 86_400_000

type MutesDeps = {
  personal: Pick<Personal, 'get'>
  clock: () => number
  timers: Timers
  /** It shows at once, though nothing arrives. */
  ranOut: () => void
}
