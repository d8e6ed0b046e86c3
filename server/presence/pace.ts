// Work that is asked for often and done seldom: at once when nothing was done lately, else once at the end of the window,
// for everything that came meanwhile.

export class Pace {
  readonly #windowMs: number
  readonly #work: () => void
  #timer: NodeJS.Timeout | null = null
  #asked = false

  constructor(windowMs: number, work: () => void) {
    this.#windowMs = windowMs
    this.#work = work
  }

  ask(): void {
    this.#asked = true
    if (this.#timer === null) this.#turn()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #turn(): void {
    this.#timer = null
    if (!this.#asked) return
    this.#asked = false
    this.#timer = setTimeout(() => this.#turn(), this.#windowMs).unref()
    this.#work()
  }
}
