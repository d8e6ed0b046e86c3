import { expect, test } from 'vitest'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { personalDocumentName } from '../../shared/personal/document.ts'
import { decodeDocumentFrame } from './documentFrames.ts'
import { Documents } from './documents.ts'
import type { FactOf } from './facts.ts'
import { createMemoryStore } from './memoryStore.ts'
import { alice, lunch } from './people.testing.ts'
import { Personal } from './personal.ts'
import type { ReplicaStore } from './replicaStore.ts'
import { StoreWriter } from './storeWriter.ts'

let ids = 0

/** One device, and a server that keeps what it is sent in one document a generation. */
async function setup(store: ReplicaStore = createMemoryStore()) {
  const posted: FactOf<'personal'>[] = []
  const writer = new StoreWriter(store)
  const personal = new Personal({
    store,
    writer,
    random: () => ((ids += 1) * 0.000_37) % 1,
    newId: () => `id-${String(ids++).padStart(6, '0')}`,
    post: (fact) => fact.type === 'personal' && posted.push(fact),
    changed: () => undefined,
    report: (error) => {
      throw error
    },
  })
  await personal.load()
  return { personal, store, writer, posted }
}

/** A server for one device: acknowledges what it is sent when told to. */
function server() {
  const docs = new Map<string, Y.Doc>()
  const unacknowledged: string[] = []
  const docOf = (name: string) => docs.get(name) ?? docs.set(name, new Y.Doc()).get(name) ?? new Y.Doc()
  const documents: Documents = new Documents({
    isUp: () => true,
    sendFrame(bytes) {
      const sent = decodeDocumentFrame(bytes)
      const doc = docOf(sent.document)
      if (sent.type === 'step1') {
        say(sent.document, 0, 0, Y.encodeStateVector(doc))
        say(sent.document, 0, 1, Y.encodeStateAsUpdate(doc, sent.stateVector))
      }
      if (sent.type !== 'step2' && sent.type !== 'update') return
      Y.applyUpdate(doc, sent.update)
      unacknowledged.push(sent.document)
    },
  })
  function say(name: string, ...parts: (number | Uint8Array)[]): void {
    documents.receive(
      encoding.encode((encoder) => {
        encoding.writeVarString(encoder, name)
        for (const part of parts) {
          if (typeof part === 'number') encoding.writeVarUint(encoder, part)
          else encoding.writeVarUint8Array(encoder, part)
        }
      }),
    )
  }
  return {
    documents,
    docOf,
    value: (generation: number, root: string, key: string) => docOf(personalDocumentName(alice, generation)).getMap(root).get(key),
    acknowledge: () => unacknowledged.splice(0).forEach((name) => say(name, 8, 1)),
    /** The next generation: the same values, written anew. */
    advance: (from: number) => {
      const before = docOf(personalDocumentName(alice, from))
      const after = docOf(personalDocumentName(alice, from + 1))
      for (const root of ['settings', 'pins']) for (const [key, value] of before.getMap(root)) after.getMap(root).set(key, value)
    },
  }
}

test('what is written offline is there after a restart, and reaches the server with the next connection', async () => {
  const { personal, store, writer } = await setup()
  await personal.set('settings', lunch, 'half a thought')
  await writer.close()
  const again = await setup(store)
  expect(again.personal.get('settings', lunch)).toBe('half a thought')
  const { documents, value } = server()
  again.personal.attach(documents, alice, 0)
  expect(value(0, 'settings', lunch)).toBe('half a thought')
})

test('a new generation takes over what the server has, and what it has not is written into it', async () => {
  const { personal } = await setup()
  const { documents, value, acknowledge, advance } = server()
  personal.attach(documents, alice, 0)
  await personal.set('settings', lunch, 'known to the server')
  await personal.set('pins', lunch, 1)
  acknowledge()
  personal.detach()
  advance(0)
  await personal.set('settings', lunch, 'written meanwhile')
  personal.attach(documents, alice, 1)
  await expect.poll(() => value(1, 'settings', lunch)).toBe('written meanwhile')
  expect(personal.get('settings', lunch)).toBe('written meanwhile')
  expect(personal.get('pins', lunch)).toBe(1)
  expect(value(1, 'pins', lunch)).toBe(1)
})

test('what another device removed before the new generation does not come back', async () => {
  const { personal } = await setup()
  const { documents, value, acknowledge } = server()
  personal.attach(documents, alice, 0)
  await personal.set('pins', lunch, 1)
  acknowledge()
  personal.detach()
  personal.attach(documents, alice, 1)
  await expect.poll(() => personal.get('pins', lunch)).toBeUndefined()
  expect(value(1, 'pins', lunch)).toBeUndefined()
})

test('another tab shows the same, and the leader sends what it wrote', async () => {
  const store = createMemoryStore()
  const leader = await setup(store)
  const other = await setup(store)
  const { documents, value } = server()
  leader.personal.attach(documents, alice, 0)
  await other.personal.set('settings', lunch, 'from the other tab')
  for (const fact of other.posted) await leader.personal.apply(fact)
  expect(leader.personal.get('settings', lunch)).toBe('from the other tab')
  expect(value(0, 'settings', lunch)).toBe('from the other tab')
})

test('many small changes are one record after the next start', async () => {
  const { personal, store, writer } = await setup()
  for (let index = 0; index < 100; index++) await personal.set('settings', lunch, `draft ${index}`)
  await writer.close()
  const again = await setup(store)
  expect(again.personal.get('settings', lunch)).toBe('draft 99')
  expect(await store.range('personal', '', '~')).toHaveLength(1)
})

test('what two devices write into one draft merges, also when both were offline', async () => {
  const host = server()
  const [phone, laptop] = [await setup(), await setup()]
  await phone.personal.setDraft(lunch, 'see you at seven', '')
  phone.personal.attach(host.documents, alice, 0)
  // The laptop holds what the phone wrote, and both go on by themselves.
  for (const { update } of phone.posted) await laptop.personal.apply({ type: 'personal', generation: 0, update, local: [] })
  expect(laptop.personal.draft(lunch)).toBe('see you at seven')
  const said = phone.posted.length
  await phone.personal.setDraft(lunch, 'I will see you at seven', 'see you at seven')
  await laptop.personal.setDraft(lunch, 'see you at half past seven', 'see you at seven')
  for (const { update } of phone.posted.slice(said)) await laptop.personal.apply({ type: 'personal', generation: 0, update, local: [] })
  expect(laptop.personal.draft(lunch)).toBe('I will see you at half past seven')
})

test('a draft that was written meanwhile moves on into the new generation', async () => {
  const { personal } = await setup()
  await personal.setDraft(lunch, 'half a thought', '')
  const host = server()
  personal.attach(host.documents, alice, 1)
  await expect.poll(() => host.docOf(personalDocumentName(alice, 1)).getText(`draft/${lunch}`).toJSON()).toBe('half a thought')
  expect(personal.draft(lunch)).toBe('half a thought')
})
