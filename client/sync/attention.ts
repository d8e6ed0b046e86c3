// Is anybody at this tab? Somebody who is hidden from, or has given no sign for a while, is away.

import { AWAY_AFTER_MS } from '../../shared/limits.ts'
import type { Timers } from './environment.ts'

export class Attention {
  readonly #deps: { timers: Timers; clock: () => number; changed: (away: boolean) => void }
  #away = false
  #lastInput: number
  #cancel: (() => void) | null = null

  constructor(deps: { timers: Timers; clock: () => number; changed: (away: boolean) => void }) {
    this.#deps = deps
    this.#lastInput = deps.clock()
    this.#wait(AWAY_AFTER_MS)
  }

  note(what: 'input' | 'hidden'): void {
    if (what === 'hidden') return this.#set(true)
    this.#lastInput = this.#deps.clock()
    this.#set(false)
    // A mouse that moves notes itself a hundred times a second: one timer waits, and looks when it fires.
    if (this.#cancel === null) this.#wait(AWAY_AFTER_MS)
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  #wait(milliseconds: number): void {
    this.#cancel = this.#deps.timers.after(milliseconds, () => {
      this.#cancel = null
      const left = this.#lastInput + AWAY_AFTER_MS - this.#deps.clock()
      if (left > 0) this.#wait(left)
      else this.#set(true)
    })
  }

  #set(away: boolean): void {
    if (away === this.#away) return
    this.#away = away
    this.#deps.changed(away)
  }
}
