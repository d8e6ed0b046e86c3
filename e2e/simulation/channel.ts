// One direction of a connection: ordered like TCP, so a message never overtakes another; but it may be late, stall while
// the network is split, or be lost together with everything after it when the connection is cut.

import type { Random } from '../random.ts'
import type { VirtualTime } from './virtualTime.ts'

export type Delay = { min: number; max: number }

export class Channel<T> {
  readonly #time: VirtualTime
  readonly #random: Random
  readonly #delay: () => Delay
  readonly #deliver: (message: T) => void
  #flying: Flying<T>[] = []
  #stalled: T[] | null = null
  #lastArrival = 0
  #open = true
  /** Said goodbye while stalled. */
  #ended: (() => void) | null = null

  constructor(time: VirtualTime, random: Random, delay: () => Delay, deliver: (message: T) => void) {
    this.#time = time
    this.#random = random
    this.#delay = delay
    this.#deliver = deliver
  }

  /** Messages that have not arrived. */
  get waiting(): readonly T[] {
    return this.#stalled ?? this.#flying.map(({ message }) => message)
  }

  send(message: T): void {
    if (!this.#open) return
    if (this.#stalled === null) this.#launch(message)
    else this.#stalled.push(message)
  }

  /** The network is split: what flies and what is sent stays on its way until `resume`. */
  stall(): void {
    if (this.#stalled !== null) return
    this.#stalled = this.#flying.map(({ message }) => message)
    this.#recall(0)
  }

  resume(): void {
    const waiting = this.#stalled ?? []
    this.#stalled = null
    for (const message of waiting) this.#launch(message)
    if (this.#ended !== null) this.#time.after(this.#arrival() - this.#time.now, this.#ended)
    this.#ended = null
  }

  /** Takes nothing more. Some of what flies may still arrive, the first of it first: `ended` follows the last one. */
  cut(ended: () => void): void {
    if (!this.#open) return
    this.#open = false
    this.#stalled = null
    this.#ended = null
    this.#recall(this.#random.int(0, this.#flying.length))
    this.#time.after(this.#arrival() - this.#time.now, ended)
  }

  /** Takes nothing more; all that flies arrives, then `ended`: a connection closed in good order. */
  finish(ended: () => void): void {
    if (!this.#open) return
    this.#open = false
    if (this.#stalled === null) this.#time.after(this.#arrival() - this.#time.now, ended)
    else this.#ended = ended
  }

  #launch(message: T): void {
    const flying: Flying<T> = { message, cancel: () => {} }
    flying.cancel = this.#time.after(this.#arrival() - this.#time.now, () => {
      this.#flying.splice(this.#flying.indexOf(flying), 1)
      this.#deliver(message)
    })
    this.#flying.push(flying)
  }

  /** All but the first `kept` never arrive. */
  #recall(kept: number): void {
    for (const { cancel } of this.#flying.splice(kept)) cancel()
  }

  #arrival(): number {
    const { min, max } = this.#delay()
    this.#lastArrival = Math.max(this.#lastArrival, this.#time.now + this.#random.int(min, max))
    return this.#lastArrival
  }
}

type Flying<T> = { message: T; cancel: () => void }
