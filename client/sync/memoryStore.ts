// A replica store that lasts as long as its process: for simulations, tests and programs that keep nothing.

import type { ReplicaStore, StoredValue, Table } from './replicaStore.ts'
import { TABLES } from './replicaStore.ts'

export function createMemoryStore(): ReplicaStore {
  const tables = new Map<Table, Map<string, unknown>>(TABLES.map((table) => [table, new Map<string, unknown>()]))
  // Sorted only when a range is asked after keys came or went: bulk writing stays linear.
  const sorted = new Map<Table, string[]>()

  return {
    get(table, key) {
      return Promise.resolve(structuredClone(rows(table).get(key)))
    },
    range(table, from, to, limit = Infinity) {
      const found: StoredValue[] = []
      const keys = keysOf(table)
      for (let at = lowerBound(keys, from); at < keys.length && found.length < limit; at++) {
        // `at` is inside the array.
        const key = keys[at] as string
        if (key >= to) break
        found.push({ key, value: structuredClone(rows(table).get(key)) })
      }
      return Promise.resolve(found)
    },
    // Async, so that a value that cannot be cloned rejects rather than throws.
    // oxlint-disable-next-line typescript/require-await
    async write(batch) {
      // Cloned first: a value that cannot be cloned leaves everything as it was.
      const copies = batch.map((write) => (write.type === 'put' ? { ...write, value: structuredClone(write.value) } : write))
      for (const write of copies) {
        const table = rows(write.table)
        if (write.type === 'put') {
          if (!table.has(write.key)) sorted.delete(write.table)
          table.set(write.key, write.value)
        } else if (write.type === 'delete') {
          if (table.delete(write.key)) sorted.delete(write.table)
        } else {
          for (const key of keysOf(write.table)) if (key >= write.from && key < write.to) table.delete(key)
          sorted.delete(write.table)
        }
      }
    },
    close: () => Promise.resolve(),
  }

  function rows(table: Table): Map<string, unknown> {
    // Every table was made above.
    return tables.get(table) as Map<string, unknown>
  }

  function keysOf(table: Table): string[] {
    const known = sorted.get(table)
    if (known !== undefined) return known
    const keys = [...rows(table).keys()].toSorted((a, b) => (a < b ? -1 : 1))
    sorted.set(table, keys)
    return keys
  }
}

function lowerBound(keys: readonly string[], from: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    // `middle` lies in [low, high).
    if ((keys[middle] as string) < from) low = middle + 1
    else high = middle
  }
  return low
}
