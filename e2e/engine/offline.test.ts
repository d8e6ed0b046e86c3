import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSqliteStore } from '../../client/node/sqliteStore.ts'
import { createMemoryStore } from '../../client/sync/memoryStore.ts'
import { eventually } from './eventually.ts'
import { Network } from './network.ts'
import { marks, online, shown, startTown } from './town.ts'

function storeFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'device-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'replica.db')
}

function withoutNetwork(): Network {
  const network = new Network()
  network.cut()
  return network
}

test('a device that is closed and opened again without a network shows all it held, and what it wrote there', async () => {
  const town = await startTown()
  const file = storeFile()
  const bob = await town.device('bob')
  const first = await town.device('alice', { store: createSqliteStore(file) })
  const lunch = await town.group(first, bob)
  const before = first.engine.open(lunch)
  await before.send({ text: 'one' })
  await bob.engine.open(lunch).send({ text: 'two' })
  await eventually(() => shown(first, lunch).length === 2 && marks(first, lunch)[0] !== 'pending')
  await before.markRead(before.timeline.get().head)
  await before.setDraft('half a thought')
  const held = shown(first, lunch)
  await first.engine.close()

  const again = await town.device('alice', { store: createSqliteStore(file), network: withoutNetwork() })
  expect(again.engine.account.get()).toMatchObject({ state: 'signed-in', person: { handle: 'alice' } })
  const conversation = again.engine.open(lunch)
  await eventually(() => conversation.state.get().state === 'ready' && shown(again, lunch).join() === held.join())
  expect(conversation.draft.get()).toBe('half a thought')
  expect(again.engine.inbox.get().rows).toMatchObject([{ conversation: lunch, title: 'Lunch', unread: 0, draft: 'half a thought' }])
  await conversation.send({ text: 'three' })
  await again.engine.close()

  const third = await town.device('alice', { store: createSqliteStore(file), network: withoutNetwork() })
  third.engine.open(lunch)
  await eventually(() => shown(third, lunch).join() === [...held, 'three'].join())
  third.network.restore()
  await eventually(() => shown(bob, lunch).join() === [...held, 'three'].join())
})

test('a connection that dies while a message is on its way loses and doubles nothing', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const bob = await town.device('bob')
  const lunch = await town.group(alice, bob)
  const alices = alice.engine.open(lunch)
  bob.engine.open(lunch)
  await eventually(() => alices.state.get().state === 'ready')
  let appends = 0
  const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`)
  // Every third append is cut off: some before the server saw it, some after.
  alice.network.cutBefore = (frame) => frame.includes('"append"') && ++appends % 3 === 1
  for (const [index, text] of texts.entries()) {
    await alices.send({ text })
    if (index % 5 === 4) await town.restart()
  }
  await eventually(() => alice.engine.outbox.get().pending === 0)
  for (const device of [alice, bob]) {
    await eventually(() => shown(device, lunch).length === texts.length && !shown(device, lunch).includes('…'))
    expect(shown(device, lunch)).toEqual(texts)
  }
})

test('an entry acknowledged but not replicated keeps its place, and is shown once', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const lunch = await town.group(alice)
  await online(alice)
  const alices = alice.engine.open(lunch)
  await eventually(() => alices.state.get().state === 'ready')
  const seen = new Set<string>()
  const stop = alices.timeline.subscribe(() => seen.add(shown(alice, lunch).join()))
  for (let index = 0; index < 50; index++) await alices.send({ text: String(index) })
  await eventually(() => alice.engine.outbox.get().pending === 0)
  stop()
  const full = Array.from({ length: 50 }, (_, index) => String(index)).join()
  for (const list of seen) expect(full.startsWith(list), `"${list}" is no beginning of the whole`).toBe(true)
})

test('a lost store is rebuilt from the server', async () => {
  const town = await startTown()
  const bob = await town.device('bob')
  const alice = await town.device('alice')
  const lunch = await town.group(alice, bob)
  const alices = alice.engine.open(lunch)
  for (let index = 0; index < 600; index++) await alices.send({ text: String(index) })
  await eventually(() => alice.engine.outbox.get().pending === 0)
  await alice.engine.close()

  const anew = await town.device('alice', { store: createMemoryStore() })
  await eventually(() => anew.engine.inbox.get().rows.length === 1)
  const conversation = anew.engine.open(lunch)
  await eventually(() => conversation.timeline.get().length === 600)
  await conversation.timeline.load(0, 600)
  expect(shown(anew, lunch)).toEqual(Array.from({ length: 600 }, (_, index) => String(index)))
})

test('[E6] a reconnect downloads what is new and nothing again', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const bob = await town.device('bob')
  const lunch = await town.group(alice, bob)
  const bobs = bob.engine.open(lunch)
  alice.engine.open(lunch)
  const long = 'x'.repeat(1_000)
  for (let index = 0; index < 200; index++) await bobs.send({ text: `${index} ${long}` })
  await eventually(() => shown(alice, lunch).length === 200 && !shown(alice, lunch).includes('…'))

  alice.network.cut()
  await eventually(() => alice.engine.connection.get().state === 'offline')
  await bobs.send({ text: 'new' })
  await eventually(() => bob.engine.outbox.get().pending === 0)
  alice.network.count()
  alice.network.restore()
  await eventually(() => shown(alice, lunch).at(-1) === 'new')
  // The first paint, at most 32 KB, is the price of showing the end at once; the 200 KB of the log are not paid again.
  expect(alice.network.count()).toBeLessThan(40_000)
})
