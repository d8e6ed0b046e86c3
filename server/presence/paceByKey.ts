// Work that is asked for often and done seldom, for each key by itself: at once when nothing was done for it lately, else once
// after a rest, for everything that came meanwhile. Work that takes long rests longer, so that however often it is asked for
// and however much there is of it, it takes a bounded share of the time.

/** What takes a second is not begun again for three. */
const REST_PER_WORK = 3

export class PaceByKey<Key> {
  readonly #windowMs: number
  readonly #work: (key: Key) => Promise<void>
  /** At work or at rest. */
  readonly #busy = new Map<Key, { asked: boolean; timer: NodeJS.Timeout | null }>()
  #stopped = false

  /** `work` catches what can go wrong with it. */
  constructor(windowMs: number, work: (key: Key) => Promise<void>) {
    this.#windowMs = windowMs
    this.#work = work
  }

  ask(key: Key): void {
    const busy = this.#busy.get(key)
    if (busy !== undefined) busy.asked = true
    else if (!this.#stopped) void this.#turn(key)
  }

  stop(): void {
    this.#stopped = true
    for (const { timer } of this.#busy.values()) if (timer !== null) clearTimeout(timer)
    this.#busy.clear()
  }

  async #turn(key: Key): Promise<void> {
    const turn: { asked: boolean; timer: NodeJS.Timeout | null } = { asked: false, timer: null }
    this.#busy.set(key, turn)
    const started = performance.now()
    await this.#work(key)
    if (this.#stopped) return
    const rest = Math.max(this.#windowMs, REST_PER_WORK * (performance.now() - started))
    turn.timer = setTimeout(() => {
      if (turn.asked) void this.#turn(key)
      else this.#busy.delete(key)
    }, rest).unref()
  }
}
