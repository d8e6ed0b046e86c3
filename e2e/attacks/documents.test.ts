// Yjs documents in the hands of somebody who writes updates by hand.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../shared/conversation/entry.ts'
import * as Y from 'yjs'
import { LOG_ROOT, logDocumentName } from '../../shared/conversation/segment.ts'
import { PERSONAL_DOCUMENT_MAX_BYTES, PERSONAL_MAX_CLIENT_IDS, PERSONAL_UPDATE_MAX_BYTES, SEND_BUFFER_MAX_BYTES } from '../../shared/limits.ts'
import { personalDocumentName } from '../../shared/personal/document.ts'
import { entry } from '../../server/gateway/stage.ts'
import { authFrame, syncFrame, town } from './town.ts'

const EMPTY = Uint8Array.of(0)

describe('a log document', () => {
  it.each([
    ['deletes everything', (log: Y.Array<unknown>) => log.delete(0, log.length)],
    ['writes as the server, right behind the last entry', (log: Y.Array<unknown>) => log.push([{ forged: true }])],
    ['writes as the server, far ahead', (log: Y.Array<unknown>) => log.push(Array.from({ length: 400 }, () => 'forged'))],
    ['puts something before the first entry', (log: Y.Array<unknown>) => log.insert(0, ['forged'])],
  ])('[L2] [L3] of a client that %s stays as it was for everyone, and in the rows', async (_how, doctor) => {
    const { server, people, group, connect, replica } = await town(['alice', 'mallory'])
    const lunch = await group(people.alice, people.mallory)
    const name = logDocumentName(lunch, 0)
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('one'), entry('two'))
    const alices = replica(people.alice, name)
    await alices.synced

    // As a stock provider whose document was tampered with before it connects, so that it answers with it.
    const doctored = new Y.Doc()
    Y.applyUpdate(doctored, Y.encodeStateAsUpdate(alices.doc))
    doctored.clientID = 1
    doctor(doctored.getArray(LOG_ROOT))
    const mallory = await connect(people.mallory)
    mallory.send(authFrame(name, ''))
    for (const step of [1, 2] as const) mallory.send(syncFrame(name, step, Y.encodeStateAsUpdate(doctored)))
    await mallory.roundTrip()

    await alice.append(lunch, entry('three'))
    await alices.holds(3)
    expect(alices.texts()).toEqual(['one', 'two', 'three'])
    const later = replica(people.mallory, name)
    await later.synced
    expect(later.texts()).toEqual(['one', 'two', 'three'])
    expect((await server.database.log.read(lunch, 1 as never, 9 as never)).map(textOf)).toEqual(['one', 'two', 'three']) // any range
    // The clock of an entry is its place, and the server is the only client.
    expect([...Y.decodeStateVector(Y.encodeStateVector(later.doc))]).toEqual([[1, 3]])
  })

  it('[A11] takes an entry in a stateless message by the same rules as every entrance', async () => {
    const { people, group, replica, connect } = await town(['alice', 'mallory'])
    const [lunch, dinner] = [await group(people.alice, people.mallory), await group(people.alice)]
    const mallorys = replica(people.mallory, logDocumentName(lunch, 0))
    await mallorys.synced
    const say = (message: unknown) => mallorys.stateless(typeof message === 'string' ? message : JSON.stringify(message))
    expect(await say({ type: 'append', ref: 1, conversation: dinner, entries: [entry('foreign')] })).toMatchObject({ type: 'refused', ref: 1, refusal: { code: 'not-member' } })
    expect(await say({ type: 'append', ref: 2, conversation: lunch, entries: [{ ...entry('forged'), author: people.alice.user }] })).toMatchObject({ results: [{ refusal: { code: 'malformed' } }] })
    for (const nonsense of ['', 'null', '[]', '{"type":"open"}', '['.repeat(50_000), '{"type":"append","ref":-1}']) expect(await say(nonsense)).toMatchObject({ type: 'refused', refusal: { code: 'malformed' } })
    await (await connect(people.alice)).roundTrip()
  })

  it('[L7] that is asked for again and again by who does not read costs one connection, not the memory', async () => {
    const { server, people, group, connect } = await town(['alice', 'mallory'])
    const lunch = await group(people.alice, people.mallory)
    await server.sync.append(people.alice, lunch, Array.from({ length: 100 }, () => entry('x'.repeat(1_500))))
    const name = logDocumentName(lunch, 0)
    const mallory = await connect(people.mallory)
    mallory.send(authFrame(name, ''))
    await mallory.until(() => mallory.binary.length > 0)
    mallory.ws.pause()
    const before = heldBytes()
    for (let asked = 0; asked < 400; asked += 1) mallory.send(syncFrame(name, 0, EMPTY))
    await expect.poll(() => server.sync.connections()).toBe(0)
    // 400 answers would be 60 MB. The collector finds what was let go in its own time.
    await expect.poll(() => heldBytes() - before).toBeLessThan(2 * SEND_BUFFER_MAX_BYTES)
    await (await connect(people.alice)).roundTrip()
  })
})

describe('a personal document', () => {
  it('is nobody else\u2019s, in any generation', async () => {
    const { people, replica } = await town(['alice', 'mallory'])
    for (const generation of [0, 1, 999_999_999]) {
      expect(await replica(people.mallory, personalDocumentName(people.alice.user, generation)).denied).toBe('There is no such document.')
    }
    for (const name of [`personal/${people.alice.user}`, `personal/${people.alice.user}/-1`, `personal/${people.alice.user}/00`, `personal/${people.alice.user.toUpperCase()}/0`, `personal//0`, '../0']) {
      expect(await replica(people.alice, name).denied).toBe('There is no such document.')
    }
  })

  it.each([
    ['values a thousand deep', nested(1_000)],
    ['values as deep as can be read', nested(10_000)],
    ['a type within a type', edited((doc) => doc.getMap('settings').set('x', new Y.Map()))],
    ['a document within the document', edited((doc) => doc.getMap('settings').set('x', new Y.Doc()))],
    ['text where values belong', edited((doc) => doc.getText('pins').insert(0, '<script>alert(1)</script>'))],
    ['markup', edited((doc) => doc.getXmlFragment('pins').insert(0, [new Y.XmlElement('script')]))],
    ['more than an update may', edited((doc) => doc.getMap('settings').set('x', 'x'.repeat(PERSONAL_UPDATE_MAX_BYTES)))],
    ['bytes that are none', Uint8Array.from({ length: 300 }, (_, index) => (index * 7919) % 256)],
  ])('[R8] refuses %s in words, stores nothing of it and opens as before', async (_what, update) => {
    const { server, people, connect, replica } = await town(['alice'])
    const name = personalDocumentName(people.alice.user, 0)
    const phone = await connect(people.alice)
    phone.send(authFrame(name, ''))
    phone.send(syncFrame(name, 2, edited((doc) => doc.getMap('pins').set('lunch', 'soup'))))
    await expect.poll(async () => (await server.database.personal.load(people.alice.user, 0)).updates.length).toBe(1)
    phone.send(syncFrame(name, 2, update))
    expect((await phone.next('refused')).refusal.words).toMatch(/\w/)
    const later = replica(people.alice, name)
    await later.synced
    expect(later.doc.getMap('pins').toJSON()).toEqual({ lunch: 'soup' })
    expect(later.doc.store.clients.size).toBe(1)
  })

  it('[R8] survives clocks from the future: what hangs on them waits, and everything else goes on', async () => {
    const { server, people, connect, replica } = await town(['alice'])
    const name = personalDocumentName(people.alice.user, 0)
    const phone = await connect(people.alice)
    phone.send(authFrame(name, ''))
    for (const clock of [5, 2 ** 31, 2 ** 52]) phone.send(syncFrame(name, 2, single(900 + (clock % 7), clock, 'ahead')))
    phone.send(syncFrame(name, 2, edited((doc) => doc.getMap('pins').set('lunch', 'soup'))))
    await phone.roundTrip()
    const laptop = replica(people.alice, name)
    await laptop.synced
    expect(laptop.doc.getMap('pins').toJSON()).toEqual({ lunch: 'soup' })
    laptop.doc.getMap('pins').set('lunch', 1)
    await expect.poll(async () => (await server.database.personal.load(people.alice.user, 0)).updates.length).toBeGreaterThan(1)
    await phone.roundTrip()
  })

  it('[R8] does not outgrow its size, however it is filled', async () => {
    const { server, people, connect } = await town(['alice'])
    const name = personalDocumentName(people.alice.user, 0)
    const phone = await connect(people.alice)
    phone.send(authFrame(name, ''))
    for (let part = 0; part < 8; part += 1) phone.send(syncFrame(name, 1, edited((doc) => doc.getMap('settings').set(`${part}`, 'x'.repeat(200_000)))))
    expect((await phone.next('refused')).refusal).toMatchObject({ code: 'too-large' })
    await phone.roundTrip()
    const { snapshot, updates } = await server.database.personal.load(people.alice.user, 0)
    expect((snapshot?.byteLength ?? 0) + updates.reduce((sum, { update }) => sum + update.byteLength, 0)).toBeLessThanOrEqual(PERSONAL_DOCUMENT_MAX_BYTES)
  })

  it('[R8] with the client ids of a thousand devices in one update moves on, and is small again', async () => {
    const { server, people, connect, replica } = await town(['alice'])
    const many = new Y.Doc()
    for (let id = 0; id < 2 * PERSONAL_MAX_CLIENT_IDS; id += 1) {
      many.clientID = id + 1
      many.getMap('pins').set(`${id % 5}`, 'x')
    }
    const name = personalDocumentName(people.alice.user, 0)
    const phone = await connect(people.alice)
    phone.send(authFrame(name, ''))
    // As large as frames are: what a device wrote while it was offline comes as one.
    phone.send(syncFrame(name, 1, Y.encodeStateAsUpdate(many)))
    await phone.roundTrip()
    phone.ws.close()
    await expect.poll(() => server.database.personal.generation(people.alice.user)).toBe(1)
    const later = replica(people.alice, personalDocumentName(people.alice.user, 1))
    await later.synced
    expect(later.doc.getMap('pins').toJSON()).toEqual(many.getMap('pins').toJSON())
    expect(later.doc.store.clients.size).toBeLessThan(5)
    expect(await replica(people.alice, name).denied).toBe('This document has moved on to a new generation.')
  })
})

describe('receipts', () => {
  it.each(['-1', '0.5', '1e15', '9007199254740993', '"1"', 'null', '1e999', 'true'])('[R2] of %s move nobody past the end of the log', async (value) => {
    const { server, people, group, connect } = await town(['alice', 'mallory'])
    const lunch = await group(people.alice, people.mallory)
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('one'))
    const mallory = await connect(people.mallory)
    mallory.send(`{"type":"receipts","items":[{"conversation":"${lunch}","delivered":${value},"read":${value}}]}`)
    await Promise.race([mallory.closed, mallory.roundTrip()])
    const mallorys = async () => (await server.database.receipts.snapshot(lunch)).find(({ user }) => user === people.mallory.user)
    await server.sync.drain()
    expect((await mallorys())?.read ?? 0).toBeLessThanOrEqual(1)
    expect((await mallorys())?.delivered ?? 0).toBeLessThanOrEqual(1)
  })

  it('[R2] [R4] of somebody else, or where one is no member, are nothing to anybody', async () => {
    const { server, people, group, connect } = await town(['alice', 'bob', 'mallory'])
    const lunch = await group(people.alice, people.bob)
    const alice = await connect(people.alice)
    await alice.open(lunch)
    await alice.append(lunch, entry('one'))
    const before = await server.database.receipts.snapshot(lunch)
    const mallory = await connect(people.mallory)
    mallory.say({ type: 'receipts', items: [{ conversation: lunch, delivered: 1 as never, read: 1 as never }] }) // a position in the log
    mallory.send(`{"type":"receipts","items":[{"conversation":"${lunch}","user":"${people.bob.user}","delivered":1,"read":1}]}`)
    await mallory.closed
    await server.sync.drain()
    expect(await server.database.receipts.snapshot(lunch)).toEqual(before)
    expect(alice.told.filter(({ type }) => type === 'receipts')).toEqual([])
  })
})

/** Bytes that somebody still holds. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().arrayBuffers
}

function edited(edit: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc()
  edit(doc)
  return Y.encodeStateAsUpdate(doc)
}

/** One value of the map `drafts`, written at any clock. */
function single(client: number, clock: number, value: string): Uint8Array {
  return item(client, clock, (to) => encoding.writeAny(to, value))
}

/** Arrays within arrays; lib0 would overflow the stack writing them. */
function nested(levels: number): Uint8Array {
  const ARRAY = 117
  return item(77, 0, (to) => {
    for (let level = 0; level < levels; level += 1) {
      encoding.writeUint8(to, ARRAY)
      encoding.writeVarUint(to, 1)
    }
    encoding.writeUint8(to, ARRAY)
    encoding.writeVarUint(to, 0)
  })
}

/** An update of one struct: key `x` of root `drafts` set to one value. */
function item(client: number, clock: number, value: (to: encoding.Encoder) => void): Uint8Array {
  const [CONTENT_ANY, HAS_PARENT_SUB] = [8, 32]
  const to = encoding.createEncoder()
  for (const header of [1, 1, client, clock]) encoding.writeVarUint(to, header)
  encoding.writeUint8(to, CONTENT_ANY | HAS_PARENT_SUB)
  encoding.writeVarUint(to, 1)
  encoding.writeVarString(to, 'pins')
  encoding.writeVarString(to, 'x')
  encoding.writeVarUint(to, 1)
  value(to)
  encoding.writeVarUint(to, 0)
  return encoding.toUint8Array(to)
}
