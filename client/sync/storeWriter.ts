// All writes of one engine go through here, in order. While one batch is being written the next one fills, so a burst of
// entries costs a few transactions rather than one each.

import type { Durability, ReplicaStore, StoreWrite } from './replicaStore.ts'

export class StoreWriter {
  readonly #store: ReplicaStore
  #next: Batch | null = null
  #running: Promise<void> | null = null
  #closed = false

  constructor(store: ReplicaStore) {
    this.#store = store
  }

  /** Resolves when the writes are durable. */
  write(writes: readonly StoreWrite[], durability: Durability = 'relaxed'): Promise<void> {
    if (this.#closed) return Promise.reject(new StoreClosedError())
    if (writes.length === 0) return this.#running ?? Promise.resolve()
    this.#next ??= { writes: [], durability: 'relaxed', waiting: [] }
    const batch = this.#next
    batch.writes.push(...writes)
    if (durability === 'strict') batch.durability = 'strict'
    const written = new Promise<void>((resolve, reject) => batch.waiting.push({ resolve, reject }))
    this.#running ??= this.#run()
    return written
  }

  /** Resolves when everything written so far has ended, well or not. Nothing is taken after that. */
  async close(): Promise<void> {
    while (this.#running !== null) await this.#running
    this.#closed = true
  }

  async #run(): Promise<void> {
    // A turn later, so that what belongs to one event is written together.
    await Promise.resolve()
    while (this.#next !== null) {
      const { writes, durability, waiting } = this.#next
      this.#next = null
      try {
        await this.#store.write(writes, durability)
        for (const { resolve } of waiting) resolve()
      } catch (error) {
        // To whoever asked for one of these writes: each knows what to do without it.
        for (const { reject } of waiting) reject(error)
      }
    }
    this.#running = null
  }
}

/** The engine is closed. What came from the server comes again; who wanted to keep something new is told. */
export class StoreClosedError extends Error {
  constructor() {
    super('This engine is closed.')
    this.name = 'StoreClosedError'
  }
}

type Batch = {
  writes: StoreWrite[]
  durability: Durability
  waiting: { resolve: () => void; reject: (error: unknown) => void }[]
}
