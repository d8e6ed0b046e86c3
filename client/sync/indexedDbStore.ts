// The replica store of a browser. One database an origin, shared by its tabs.

import type { IDBPDatabase } from 'idb'
import { openDB } from 'idb'
import type { ReplicaStore, StoreWrite } from './replicaStore.ts'
import { TABLES } from './replicaStore.ts'

/** Raised only when tables come or go; what is inside them has its own version in the profile. */
const TABLES_VERSION = 3

export async function createIndexedDbStore(name: string): Promise<ReplicaStore> {
  const database = await openDB(name, TABLES_VERSION, {
    upgrade(upgrading) {
      for (const table of TABLES) if (!upgrading.objectStoreNames.contains(table)) upgrading.createObjectStore(table)
    },
    // Another tab brings a newer version of the program: let it have the database.
    blocking: () => database.close(),
  })

  return {
    get: (table, key) => database.get(table, key),

    async range(table, from, to, limit) {
      const bounds = IDBKeyRange.bound(from, to, false, true)
      const transaction = database.transaction(table, 'readonly')
      const [keys, values] = await Promise.all([transaction.store.getAllKeys(bounds, limit), transaction.store.getAll(bounds, limit)])
      // `write` takes nothing but strings for keys.
      return keys.map((key, at) => ({ key: key as string, value: values[at] as unknown }))
    },

    write: (batch, durability) => (batch.length === 0 ? Promise.resolve() : writeAll(database, batch, durability)),

    close() {
      database.close()
      return Promise.resolve()
    },
  }
}

async function writeAll(database: IDBPDatabase, batch: readonly StoreWrite[], durability: 'strict' | 'relaxed'): Promise<void> {
  const tables: string[] = [...new Set(batch.map((write) => write.table))]
  const transaction = database.transaction(tables, 'readwrite', { durability })
  const requests: Promise<unknown>[] = [transaction.done]
  try {
    // Requests of one transaction run in order; awaiting each would cost a turn of the event loop apiece.
    for (const write of batch) {
      const store = transaction.objectStore(write.table)
      if (write.type === 'put') requests.push(store.put(write.value, write.key))
      else if (write.type === 'delete') requests.push(store.delete(write.key))
      else requests.push(store.delete(IDBKeyRange.bound(write.from, write.to, false, true)))
    }
    // Not left to the end of the turn: a page that is being left has none.
    transaction.commit()
  } catch (error) {
    // A value that cannot be cloned throws before there is a request, and would leave the rest to be committed.
    transaction.abort()
    await Promise.allSettled(requests)
    throw error
  }
  await Promise.all(requests)
}
