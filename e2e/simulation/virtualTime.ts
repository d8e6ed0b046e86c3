// The one clock and the one timer queue of a simulated world. Nothing here waits: time jumps to the next thing due, runs
// it, lets every promise and every setImmediate that follows from it finish, and only then jumps again. Two things due
// at the same moment run in the order in which they were asked for.
//
// Server, Yjs and Hocuspocus ask the globals for timers and time, so `install` puts virtual ones in their place while a
// world runs. setImmediate stays the real one: it means "after what is ready now", and the drain is exactly that.
//
// What is reproducible: the same seed gives the same people, devices, actions and faults, at the same virtual times, as
// long as the code between two steps does no I/O outside the process (SQLite answers synchronously). Not seeded: the
// Yjs client ids of personal documents and ids made by the server; they decide who wins between concurrent drafts,
// never whether all devices agree.

const realSetImmediate = globalThis.setImmediate
const realNow = performance.now.bind(performance)

/** Turns of the event loop without anything new after which a step counts as finished. */
const QUIET_TURNS = 4

/** The world starts here: a fixed day, so that ids and times of a run can be compared. */
export const START = Date.UTC(2026, 0, 5, 9)

export class VirtualTime {
  #now = START
  #order = 0
  #queue: Due[] = []
  #activity = 0
  #outside = 0
  /** Steps run so far: what a failure is located by. */
  steps = 0

  get now(): number {
    return this.#now
  }

  get elapsedSeconds(): number {
    return (this.#now - START) / 1000
  }

  /** Runs `action` after `ms`, at the latest place in the queue of that moment. Returns the cancel. */
  after(ms: number, action: () => void): () => void {
    const due: Due = { at: this.#now + Math.max(0, Number.isFinite(ms) ? ms : 0), order: this.#order++, action }
    insert(this.#queue, due)
    this.#activity++
    return () => {
      due.action = null
    }
  }

  /** Work that leaves the process for a thread (compression, hashing) and comes back; the drain waits for it. */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside++
    try {
      return await work
    } finally {
      this.#outside--
      this.#activity++
    }
  }

  /** Until virtual `at`, or until `done` says so between two steps. */
  async runUntil(at: number, done: () => boolean = () => false): Promise<void> {
    await this.drain()
    while (!done()) {
      const next = this.#queue[0]
      if (next === undefined || next.at > at) break
      this.#queue.shift()
      if (next.action === null) continue
      this.#now = Math.max(this.#now, next.at)
      this.steps++
      next.action()
      await this.drain()
    }
    if (!done()) this.#now = Math.max(this.#now, at)
  }

  async runFor(ms: number, done?: () => boolean): Promise<void> {
    await this.runUntil(this.#now + ms, done)
  }

  async drain(): Promise<void> {
    const started = realNow()
    for (let quiet = 0; quiet < QUIET_TURNS; ) {
      const before = this.#activity
      await new Promise((resolve) => realSetImmediate(resolve))
      quiet = this.#activity === before && this.#outside === 0 ? quiet + 1 : 0
      if (realNow() - started > DRAIN_MAX_MS) throw new Error('The simulated world never falls silent: something works on without any time passing.')
    }
  }

  /** Puts virtual timers and time in the place of the globals. Returns the way back. */
  install(): () => void {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis
    const dateNow = Date.now
    // The global types describe node's own Timeout; VirtualTimer has every method of it that anything here calls.
    Object.assign(globalThis, {
      setTimeout: (action: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => new VirtualTimer(this, ms, false, () => action(...args)),
      setInterval: (action: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => new VirtualTimer(this, ms, true, () => action(...args)),
      clearTimeout: stop,
      clearInterval: stop,
    })
    Date.now = () => Math.floor(this.#now)
    return () => {
      Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval })
      Date.now = dateNow
    }
  }
}

/** Real milliseconds for one step; far above what any takes, even on a busy machine. */
const DRAIN_MAX_MS = 20_000

class VirtualTimer {
  readonly #time: VirtualTime
  readonly #ms: number
  readonly #repeats: boolean
  readonly #action: () => void
  #cancel: () => void = () => {}

  constructor(time: VirtualTime, ms: number, repeats: boolean, action: () => void) {
    this.#time = time
    this.#ms = Math.max(1, ms)
    this.#repeats = repeats
    this.#action = action
    this.refresh()
  }

  refresh(): this {
    this.#cancel()
    this.#cancel = this.#time.after(this.#ms, () => {
      if (this.#repeats) this.refresh()
      this.#action()
    })
    return this
  }

  stop(): void {
    this.#cancel()
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  hasRef(): boolean {
    return true
  }
}

function stop(timer: unknown): void {
  if (timer instanceof VirtualTimer) timer.stop()
}

type Due = { at: number; order: number; action: (() => void) | null }

function insert(queue: Due[], due: Due): void {
  let low = 0
  let high = queue.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = queue[middle]
    if (other !== undefined && (other.at < due.at || (other.at === due.at && other.order < due.order))) low = middle + 1
    else high = middle
  }
  queue.splice(low, 0, due)
}
