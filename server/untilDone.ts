// Work that has to be done in the end, whatever the disk says meanwhile: what fails is tried again, after longer and longer.

import { backoff } from '../shared/backoff.ts'
import type { Logger } from './logger.ts'

export class UntilDone {
  readonly #logger: Logger
  readonly #failed: string
  readonly #waiting = new Map<string, NodeJS.Timeout>()
  #stopped = false

  /** `failed`: how the log says it. */
  constructor(logger: Logger, failed: string) {
    this.#logger = logger
    this.#failed = failed
  }

  /** One of a key waits at a time: it has to be such that one doing does for all that were asked for before. */
  run(key: string, work: () => Promise<void>, attempt = 0): void {
    clearTimeout(this.#waiting.get(key))
    this.#waiting.delete(key)
    work().catch((error: unknown) => {
      this.#logger.error({ err: error, attempt }, this.#failed)
      // Asked for once more meanwhile, and that one waits.
      if (this.#stopped || this.#waiting.has(key)) return
      this.#waiting.set(key, setTimeout(() => this.run(key, work, attempt + 1), backoff(attempt, Math.random())).unref())
    })
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#waiting.values()) clearTimeout(timer)
    this.#waiting.clear()
  }
}
