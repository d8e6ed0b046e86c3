// What a device keeps through a crash. Each life of the device gets a handle; with the crash the handle goes dead: what
// was asked of it and not answered never is, as for a process that is gone. The store itself stays for the next life.
//
// A power cut is harder: the end of what was written `relaxed` after the last `strict` write may be missing.

import { createMemoryStore } from '../../client/sync/memoryStore.ts'
import type { ReplicaStore, StoreWrite } from '../../client/sync/replicaStore.ts'
import { TABLES } from '../../client/sync/replicaStore.ts'
import type { Random } from '../random.ts'

export class DeviceStore {
  #live = createMemoryStore()
  /** Every batch since the store was new, in order; `safe` of them survive a power cut. */
  #batches: (readonly StoreWrite[])[] = []
  #safe = 0

  /** A handle for one life of the device. */
  open(): { store: ReplicaStore; crash: () => void } {
    let alive = true
    const answer = <T>(work: () => Promise<T>): Promise<T> => (alive ? work().then((value) => (alive ? value : never<T>())) : never<T>())
    const store: ReplicaStore = {
      get: (table, key) => answer(() => this.#live.get(table, key)),
      range: (table, from, to, limit) => answer(() => this.#live.range(table, from, to, limit)),
      write: (batch, durability) => answer(() => this.#write(batch, durability === 'strict')),
      close: () => answer(() => Promise.resolve()),
    }
    return { store, crash: () => (alive = false) }
  }

  /** All values, as text; what is binary as the characters of its bytes. */
  async dump(): Promise<string> {
    const tables = await Promise.all(TABLES.map((table) => this.#live.range(table, '', '\uffff')))
    return JSON.stringify(tables, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))
  }

  async losePower(random: Random): Promise<void> {
    this.#batches.length = random.int(this.#safe, this.#batches.length)
    this.#live = createMemoryStore()
    for (const batch of this.#batches) await this.#live.write(batch, 'relaxed')
  }

  /** Evicted by the browser, or a new phone. */
  lose(): void {
    this.#live = createMemoryStore()
    this.#batches = []
    this.#safe = 0
  }

  async #write(batch: readonly StoreWrite[], strict: boolean): Promise<void> {
    await this.#live.write(batch, 'relaxed')
    this.#batches.push(structuredClone(batch))
    if (strict) this.#safe = this.#batches.length
  }
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => {})
}
