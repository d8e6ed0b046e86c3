import { expect, test } from 'vitest'
import { createApi } from './api.ts'
import type { Environment } from './environment.ts'
import { createMemoryStore } from './memoryStore.ts'
import { alice, bob, lunch, newEntry, stored } from './people.testing.ts'
import { Replica } from './replica.ts'
import type { ReplicaStore } from './replicaStore.ts'
import { StoreWriter } from './storeWriter.ts'
import { soloTab } from './tabs.ts'
import { createHandTimers } from './timers.testing.ts'

/** Alice's replica on a disk that writes when it is told to, or breaks. */
function setup() {
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
  const replica = new Replica({ environment, api, writer: new StoreWriter(store), post: nothing, me: () => alice, rowMissing: nothing, registersChanged: nothing })
  return { replica, disk }
}

test('[E1] an entry is pending when the outbox holds it durably, not before', async () => {
  const { replica, disk } = setup()
  const added = replica.outbox.add(lunch, alice, newEntry(1))
  await turns()
  expect(replica.outbox.of(lunch)).toEqual([])
  expect(replica.outbox.state.get()).toEqual({ pending: 0, refused: 0 })
  disk.resolve()
  await added
  expect(replica.outbox.of(lunch)).toMatchObject([{ entry: newEntry(1), state: { state: 'pending' } }])
  expect(replica.outbox.state.get()).toEqual({ pending: 1, refused: 0 })
})

test('[E1] what the device could not keep is never shown, and whoever wrote it is told', async () => {
  const { replica, disk } = setup()
  const added = replica.outbox.add(lunch, alice, newEntry(1))
  disk.reject(new Error('The disk is full.'))
  await expect(added).rejects.toThrow('The disk is full.')
  expect(replica.outbox.of(lunch)).toEqual([])
})

test('[R3] delivered is raised when the entry is durable on the device, not before; own entries raise nothing', async () => {
  const { replica, disk } = setup()
  const ingested = replica.ingest(lunch, [stored(newEntry(1), 1, bob), stored(newEntry(2), 2, alice)])
  await turns()
  expect(replica.registers.of(lunch).delivered).toBe(0)
  disk.resolve()
  await ingested
  expect(replica.registers.of(lunch)).toEqual({ delivered: 1, read: 0 })
})

test('[R3] an entry that the device could not keep is not delivered', async () => {
  const { replica, disk } = setup()
  const ingested = replica.ingest(lunch, [stored(newEntry(1), 1, bob)])
  disk.reject(new Error('The disk is full.'))
  await expect(ingested).rejects.toThrow('The disk is full.')
  expect(replica.registers.of(lunch).delivered).toBe(0)
})

function nothing(): void {}

/** Everything that waits for nothing but promises has happened. */
function turns(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5))
}
