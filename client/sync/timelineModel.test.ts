// The timeline against a server of a few lines, in any order of what can happen: written, acknowledged, replicated in
// pieces, connection lost in between, the device closed and opened again.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../shared/conversation/entry.ts'
import { Seq } from '../../shared/ids.ts'
import { createApi } from './api.ts'
import type { Environment } from './environment.ts'
import { createMemoryStore } from './memoryStore.ts'
import { nextBatch, settle } from './outboxRules.ts'
import { alice, bob, entryId, lunch, newEntry, stored } from './people.testing.ts'
import { Replica } from './replica.ts'
import type { ReplicaStore } from './replicaStore.ts'
import { StoreWriter } from './storeWriter.ts'
import { soloTab } from './tabs.ts'
import { timelineModel } from './timelineModel.ts'

type Step = 'alice writes' | 'bob writes' | 'server takes' | 'answer arrives' | 'answer is lost' | 'one entry replicates' | 'all replicate' | 'device restarts'

const steps = fc.array(
  fc.constantFrom<Step>('alice writes', 'alice writes', 'bob writes', 'server takes', 'answer arrives', 'answer is lost', 'one entry replicates', 'all replicate', 'device restarts'),
  { minLength: 1, maxLength: 60 },
)

test('no entry twice, none missing, the log in order of seq and then what waits in order of writing', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const world = await aWorld()
      for (const step of script) {
        await world.run(step)
        world.check()
      }
      await world.settle()
      world.check()
      expect(world.shown()).toEqual(world.log.map((entry) => entry.id))
    }),
    { numRuns: 200 },
  )
})

async function aWorld() {
  const store = createMemoryStore()
  const log: Entry[] = []
  const written: string[] = []
  let device = await openDevice(store)
  let answer: { id: Entry['id']; seq: Seq }[] | null = null
  let replicated = 0
  let count = 0

  const actions: Record<Step, () => Promise<void> | void> = {
    'alice writes': async () => {
      const entry = newEntry(count++)
      written.push(entry.id)
      await device.replica.outbox.add(lunch, alice, entry)
    },
    'bob writes': () => void log.push(stored(newEntry(count++), log.length + 1, bob)),
    'server takes': () => {
      const { send } = nextBatch(device.replica.outbox.of(lunch))
      // Idempotent by id, as the real one is: an entry sent again keeps its seq.
      answer = send.map(({ entry }) => {
        const known = log.find(({ id }) => id === entry.id)
        if (known === undefined && entry.kind === 'message') log.push(stored(entry, log.length + 1, alice))
        return { id: entry.id, seq: known?.seq ?? Seq.parse(log.length) }
      })
    },
    'answer arrives': async () => {
      if (answer === null) return
      await device.replica.outbox.update(settle(device.replica.outbox.of(lunch), answer).changed)
      answer = null
    },
    'answer is lost': () => {
      answer = null
    },
    'one entry replicates': () => replicate(1),
    'all replicate': () => replicate(log.length),
    'device restarts': async () => {
      answer = null
      await device.writer.close()
      device = await openDevice(store)
    },
  }

  async function replicate(howMany: number): Promise<void> {
    const next = log.slice(replicated, replicated + howMany)
    replicated += next.length
    await device.replica.ingest(lunch, next)
  }

  const model = () => timelineModel(device.held.log, device.replica.outbox.of(lunch))
  const positions = () => Array.from({ length: model().length }, (_, index) => model().at(index))

  return {
    log,
    run: async (step: Step) => actions[step](),
    shown: () => positions().map((position) => (position?.from === 'log' ? position.entry.id : position?.record.entry.id)),
    check() {
      const ids = this.shown().filter((id) => id !== undefined)
      expect(new Set(ids).size, 'shown twice').toBe(ids.length)
      expect(ids, 'missing').toEqual(expect.arrayContaining(written))
      const { head } = model()
      // Holes are allowed in the log, wrong entries are not.
      const inLog = this.shown().slice(0, head)
      expect(inLog, 'order of seq').toEqual(inLog.map((id, index) => id && log[index]?.id))
      const waiting = ids.slice(ids.length - (model().length - head))
      expect(waiting, 'order of writing').toEqual(written.filter((id) => waiting.includes(entryId(Number(id.slice(-12))))))
    },
    async settle() {
      await actions['server takes']()
      await actions['answer arrives']()
      await replicate(log.length)
    },
  }
}

async function openDevice(store: ReplicaStore) {
  const writer = new StoreWriter(store)
  const environment: Environment = {
    server: new URL('http://localhost/'),
    store,
    tabs: soloTab(),
    fetch: () => Promise.reject(new TypeError('offline')),
    WebSocket,
    clock: () => 0,
    random: () => 0.5,
    newId: () => entryId(0),
    timers: { after: () => () => undefined },
    credentials: 'bearer',
    deviceLabel: 'test',
    report: (error) => {
      throw error
    },
  }
  const replica = new Replica({
    environment,
    writer,
    api: createApi({ ...environment, token: () => null, session: () => 0 }),
    post: () => undefined,
    me: () => alice,
    rowMissing: () => undefined,
    departed: () => Promise.resolve(),
    registersChanged: () => undefined,
    changesChanged: () => undefined,
  })
  await replica.load()
  const held = replica.hold(lunch)
  await held.loaded
  // What the inbox row would say: everything this device holds.
  const rows = await store.range('entries', '', '~')
  held.log.raiseHead(Seq.parse(rows.length))
  await held.log.loadStored(1, rows.length)
  return { replica, writer, held }
}
