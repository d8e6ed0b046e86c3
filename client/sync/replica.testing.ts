import { createApi } from './api.ts'
import type { Environment } from './environment.ts'
import { createMemoryStore } from './memoryStore.ts'
import { alice } from './people.testing.ts'
import { Replica } from './replica.ts'
import type { ReplicaStore } from './replicaStore.ts'
import { StoreWriter } from './storeWriter.ts'
import { soloTab } from './tabs.ts'
import { createHandTimers } from './timers.testing.ts'

/** Alice's replica on a disk that writes when it is told to, or breaks. */
export function aliceReplica() {
  const memory = createMemoryStore()
  const disk = Promise.withResolvers<void>()
  const store: ReplicaStore = {
    get: (table, key) => memory.get(table, key),
    range: (table, from, to, limit) => memory.range(table, from, to, limit),
    async write(batch, durability) {
      await disk.promise
      await memory.write(batch, durability)
    },
    close: () => memory.close(),
  }
  const environment: Environment = {
    server: new URL('http://localhost'),
    store,
    tabs: soloTab(),
    fetch: () => Promise.reject(new TypeError('There is no network here.')),
    WebSocket,
    clock: () => 0,
    random: () => 0.5,
    newId: () => 'unused',
    timers: createHandTimers(),
    credentials: 'cookie',
    deviceLabel: 'test',
    report: () => undefined,
  }
  const api = createApi({ ...environment, token: () => null, session: () => 0 })
  const replica = new Replica({ environment, api, writer: new StoreWriter(store), post: nothing, me: () => alice, rowMissing: nothing, departed: async () => undefined, registersChanged: nothing, changesChanged: nothing })
  return { replica, disk }
}

function nothing(): void {}
