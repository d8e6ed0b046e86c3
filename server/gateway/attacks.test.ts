// What somebody who means harm can send. Each test ends with the process up and serving somebody else.

import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import * as encoding from 'lib0/encoding'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { controlDocumentName, logDocumentName } from '../../shared/conversation/segment.ts'
import { ConversationId } from '../../shared/ids.ts'
import { APPEND_RATE_ENTRIES, DOCUMENTS_PER_CONNECTION, FRAME_RATE_FRAMES, SEND_BUFFER_MAX_BYTES } from '../../shared/limits.ts'
import { personalDocumentName } from '../../shared/personal/document.ts'
import { CLOSE } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { Person } from './stage.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { tempDir } from '../testing/tempDir.ts'
import { PING_FRAME } from './frames.ts'
import { OWN_ORIGIN, entry, stage, stageOn } from './stage.ts'
import { leave } from '../../storage/contract/changes.ts'

describe('before sign-in', () => {
  it.each([
    ['text that is no message', 'hello', CLOSE.malformed],
    ['JSON that is no message', '{"type":"append"}', CLOSE.malformed],
    ['a message before the hello', '{"type":"ping"}', CLOSE.malformed],
    ['deep JSON', '['.repeat(15_000), CLOSE.malformed],
    ['bytes', randomBytes(500), CLOSE.malformed],
    ['no bytes', new Uint8Array(), CLOSE.malformed],
    ['more than a hello needs', 'x'.repeat(17_000), CLOSE.signedOut],
    ['a wrong token', JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, token: 'guessed' }), CLOSE.signedOut],
    ['a hello without a token', JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION }), CLOSE.signedOut],
    ['another version', JSON.stringify({ type: 'hello', version: 0 }), CLOSE.version],
  ])('%s closes the socket', async (_, data, code) => {
    const { socket, people, connect } = await stage('alice')
    const stranger = socket()
    stranger.send(data)
    expect(await stranger.closed).toMatchObject({ code })
    await (await connect(people.alice)).roundTrip()
  })

  it('documents with wrong tokens are denied one by one', async () => {
    const { replica, people, group } = await stage('alice')
    const lunch = await group()
    expect(await replica({ token: 'guessed' }, logDocumentName(lunch, 0)).denied).toBe('Sign in again.')
    await replica(people.alice, logDocumentName(lunch, 0)).synced
  })
})

describe('an upgrade', () => {
  it('from another site is forbidden, with or without a cookie', async () => {
    const { socket, people } = await stage('alice')
    for (const headers of [{ cookie: `parley_session=${people.alice.token}` }, {}]) {
      expect(await socket({ origin: 'http://evil.test', headers }).closed).toMatchObject({ reason: expect.stringContaining('403') })
    }
  })

  it('that is refused is answered in words that no browser takes for anything else', async () => {
    const { url } = await stage('alice')
    const asking = new WebSocket(url, { origin: 'http://evil.test' })
    const [, answer] = (await once(asking, 'unexpected-response')) as [unknown, IncomingMessage] // What this event carries.
    expect([answer.statusCode, answer.headers['x-content-type-options']]).toEqual([403, 'nosniff'])
    answer.destroy()
  })

  it('from our own page is known by its cookie', async () => {
    const { socket, people } = await stage('alice')
    const alice = socket({ origin: OWN_ORIGIN, headers: { cookie: `theme=dark; parley_session=${people.alice.token}` } })
    alice.say({ type: 'hello', version: PROTOCOL_VERSION })
    expect(await alice.next('welcome')).toMatchObject({ user: people.alice.user })
  })

  it('that does not say where it comes from cannot use a cookie', async () => {
    const { socket, people } = await stage('alice')
    const stranger = socket({ headers: { cookie: `parley_session=${people.alice.token}` } })
    stranger.say({ type: 'hello', version: PROTOCOL_VERSION })
    expect(await stranger.closed).toMatchObject({ code: CLOSE.signedOut })
  })

  it('with a bearer token is known by it, and refused when it is wrong', async () => {
    const { socket, people } = await stage('alice')
    const bot = socket({ headers: { authorization: `Bearer ${people.alice.token}` } })
    bot.say({ type: 'hello', version: PROTOCOL_VERSION })
    await bot.next('welcome')
    expect(await socket({ headers: { authorization: 'Bearer guessed' } }).closed).toMatchObject({ reason: expect.stringContaining('401') })
  })
})

describe('a signed-in connection', () => {
  it.each([
    ['bytes', randomBytes(5_000)],
    ['an update that is none, for a log', (name: string) => sync(name, 2, randomBytes(300))],
    ['a state vector that is none', (name: string) => sync(name, 0, Uint8Array.of(255, 255, 255, 255, 255))],
    ['a message that only servers send', (name: string) => frame(name, 6, (to) => encoding.writeVarString(to, 'to all'))],
    ['a document called __proto__', () => frame('__proto__', 2, (to) => token(to, 'x'))],
    ['a document without a name', () => frame('', 2, (to) => token(to, 'x'))],
    ['an auth frame that ends early', (name: string) => frame(name, 2, () => undefined)],
    ['a frame of no type', (name: string) => frame(name, 77, () => undefined)],
  ])('that sends %s hurts itself at most', async (_, bytes) => {
    const { people, group, connect, replica } = await stage('alice', 'mallory')
    const lunch = await group()
    const name = logDocumentName(lunch, 0)
    const alices = replica(people.alice, name)
    await alices.synced
    const mallory = await connect(people.mallory)
    mallory.send(frame(name, 2, (to) => token(to, '')))
    mallory.send(typeof bytes === 'function' ? bytes(name) : bytes)
    await Promise.race([mallory.closed, mallory.roundTrip()])
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('still here'))
    await alices.holds(1)
    expect(alices.texts()).toEqual(['still here'])
  })

  it('never has awareness of others', async () => {
    const { people, group, connect, replica } = await stage('alice', 'mallory')
    const lunch = await group()
    const alices = replica(people.alice, logDocumentName(lunch, 0))
    const mallorys = replica(people.mallory, logDocumentName(lunch, 0))
    await Promise.all([alices.synced, mallorys.synced])
    mallorys.provider.setAwarenessField('user', 'I am Bob')
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('after it'))
    await Promise.all([alices.holds(1), mallorys.holds(1)])
    expect([...alices.provider.awareness!.getStates().values()].filter((state) => state['user'] !== undefined)).toEqual([])
  })

  it('is cut off at a frame of 100 MB, from its header', async () => {
    const { people, connect, url } = await stage('alice')
    const mallory = connectTcp(Number(new URL(url).port), '127.0.0.1')
    const key = randomBytes(16).toString('base64')
    const closed = new Promise((resolve) => mallory.once('close', resolve))
    mallory.write(`GET /sync HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`)
    const answer = await new Promise<Buffer>((resolve) => mallory.once('data', resolve))
    expect(answer.toString()).toContain(createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64'))
    const header = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x06, 0x40, 0, 0, 1, 2, 3, 4])
    mallory.write(header)
    mallory.resume()
    await closed
    await (await connect(people.alice)).roundTrip()
  })

  it('holds no more than its number of documents', async () => {
    const { people, group, connect } = await stage('mallory', 'alice')
    const lunch = await group()
    const mallory = await connect(people.mallory)
    for (let i = 0; i <= DOCUMENTS_PER_CONNECTION; i += 1) mallory.send(frame(`${logDocumentName(lunch, 0)}\0${i}`, 2, (to) => token(to, '')))
    expect(await mallory.closed).toMatchObject({ code: CLOSE.rateLimited })
    await (await connect(people.alice)).roundTrip()
  })

  it('may open and close thousands of documents one after the other', async () => {
    const { people, group, connect } = await stage('alice')
    const lunch = await group()
    const alice = await connect(people.alice)
    for (let i = 0; i < 2_000; i += 1) {
      const key = `${logDocumentName(lunch, i % 2)}\0${i}`
      alice.send(frame(key, 2, (to) => token(to, '')))
      if (i % 100 === 99) await alice.until(() => alice.binary.some((bytes) => Buffer.from(bytes).includes(`\0${i}`)))
      alice.send(frame(key, 7, () => undefined))
    }
    expect(await alice.append(lunch, entry('still here'))).toMatchObject({ type: 'appended' })
  })

  it('that floods is cut off', async () => {
    const { people, connect } = await stage('mallory', 'alice')
    const mallory = await connect(people.mallory)
    for (let i = 0; i <= FRAME_RATE_FRAMES; i += 1) mallory.say({ type: 'ping' })
    expect(await mallory.closed).toMatchObject({ code: CLOSE.rateLimited })
    await (await connect(people.alice)).roundTrip()
  })

  it('that writes more than people can is told to wait', async () => {
    const { people, group, sync: core } = await stage('alice')
    const lunch = await group()
    const appends = Array.from({ length: APPEND_RATE_ENTRIES / 100 + 1 }, () => core.append(people.alice.by, lunch, Array.from({ length: 100 }, () => entry('x'))))
    const settled = await Promise.allSettled(appends)
    expect(settled.at(-1)).toMatchObject({ status: 'rejected', reason: { refusal: { code: 'rate-limited', retry: true, retryAfter: expect.any(Number) } } })
    expect(settled.slice(0, -1).every(({ status }) => status === 'fulfilled')).toBe(true)
  })

  it('that does not read is cut off while the others go on', async () => {
    const { people, group, connect, sync: core } = await stage('alice', 'mallory')
    const lunch = await group()
    const mallory = await connect(people.mallory)
    mallory.send(frame(logDocumentName(lunch, 0), 2, (to) => token(to, '')))
    await mallory.until(() => mallory.binary.length > 0)
    mallory.ws.pause()
    const alice = await connect(people.alice)
    const before = core.connections()
    const large = 'x'.repeat(8_000)
    // What the kernel takes for her comes on top of what waits here. The ninth segment is not attached, so send to the first.
    for (let sent = 0; core.connections() === before && sent < SEND_BUFFER_MAX_BYTES * 4; sent += 8_000) {
      mallory.send(sync(logDocumentName(lunch, 0), 0, Uint8Array.of(0)))
      await alice.append(lunch, entry(large))
    }
    expect(core.connections()).toBe(before - 1)
    await alice.roundTrip()
  })
})

describe('permission', () => {
  it('a document of others is denied, and so is one that does not exist', async () => {
    const { people, group, replica } = await stage('alice', 'mallory')
    const lunch = await group(people.alice)
    const reason = 'You are not a member of this conversation.'
    expect(await replica(people.mallory, logDocumentName(lunch, 0)).denied).toBe(reason)
    expect(await replica(people.mallory, logDocumentName(ConversationId.parse(uuidv7()), 0)).denied).toBe(reason)
    expect(await replica(people.mallory, personalDocumentName(people.alice.user, 0)).denied).toBe('There is no such document.')
    expect(await replica(people.mallory, controlDocumentName(lunch)).denied).toBe(reason)
    expect(await replica(people.mallory, `control/${lunch}/1`).denied).toBe('There is no such document.')
  })

  it('the next segment may be attached early, later ones not', async () => {
    const { people, group, replica } = await stage('alice')
    const lunch = await group()
    await replica(people.alice, logDocumentName(lunch, 1)).synced
    expect(await replica(people.alice, logDocumentName(lunch, 2)).denied).toBe('This part of the conversation is not written yet.')
  })

  it('nobody raises the receipts of somebody else, or in conversations of others', async () => {
    const { people, group, connect, database } = await stage('alice', 'mallory')
    const lunch = await group(people.alice)
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('hello'))
    const mallory = await connect(people.mallory)
    mallory.send(JSON.stringify({ type: 'receipts', items: [{ conversation: lunch, delivered: 1, read: 1 }] }))
    const dinner = await group(people.mallory)
    await mallory.append(dinner, entry('mine'))
    mallory.send(JSON.stringify({ type: 'receipts', items: [{ conversation: dinner, delivered: 1, read: 1 }] }))
    await mallory.open(dinner)
    await mallory.next('receipts')
    expect(await database.receipts.snapshot(lunch)).toEqual([])
  })

  it('an ended session loses its sockets at once, also those of stock providers', async () => {
    const { people, group, connect, replica, sessions, deviceOf } = await stage('alice')
    const lunch = await group()
    const phone = deviceOf(people.alice)
    const [laptops, phones] = [await connect(people.alice), await connect(phone)]
    const stock = replica(phone, logDocumentName(lunch, 0))
    await stock.synced
    sessions.end(phone)
    expect(await phones.closed).toMatchObject({ code: CLOSE.signedOut })
    await stock.closed
    await laptops.roundTrip()
  })
})

describe('a removed member', () => {
  it('gets nothing from then on, and is told so', async () => {
    const { people, group, connect, replica, sync: core, database } = await stage('alice', 'mallory')
    const lunch = await group()
    const mallorys = replica(people.mallory, logDocumentName(lunch, 0))
    await mallorys.synced
    const mallory = await connect(people.mallory)
    await mallory.open(lunch)

    await remove(people.mallory)
    expect(await mallory.next('removed')).toMatchObject({ conversation: lunch })
    expect(await mallorys.closed).toBe('You are no longer a member of this conversation.')

    const alice = await connect(people.alice)
    await alice.append(lunch, entry('a secret'))
    expect(await mallory.append(lunch, entry('me again'))).toMatchObject({ type: 'refused', refusal: { code: 'not-member' } })
    expect(await mallory.open(lunch)).toMatchObject({ type: 'refused', refusal: { code: 'not-member' } })
    expect(mallorys.texts()).toEqual([])
    expect(JSON.stringify(mallory.told)).not.toContain('a secret')

    async function remove(person: Person) {
      await leave(database, lunch, person.user)
      await core.membershipChanged({ conversation: lunch, added: [], removed: [person.user] })
    }
  })

  it('does not slip in while a document is being opened', async () => {
    const { people, group, replica, connect, sync: core, database } = await stage('alice', 'mallory')
    const lunch = await group()
    // The answer to "is she a member?" is on its way when she is removed.
    const conversations = { ...database.conversations }
    const asked = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<void>()
    database.conversations.role = async (...question) => {
      const is = await conversations.role(...question)
      if (question[1] === people.mallory.user) {
        asked.resolve()
        await answer.promise
      }
      return is
    }
    const mallorys = replica(people.mallory, logDocumentName(lunch, 0))
    await asked.promise
    await leave(database, lunch, people.mallory.user)
    await core.membershipChanged({ conversation: lunch, added: [], removed: [people.mallory.user] })
    answer.resolve()
    expect(await mallorys.denied).toBe('You are no longer a member of this conversation.')
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('a secret'))
    expect(mallorys.texts()).toEqual([])
  })
})

it('a stock provider hears something in a quiet conversation, or it would drop the connection', async () => {
  let later = 0
  const { people, group, socket } = await stageOn(await openSqlite({ file: join(tempDir(), 'parley.db') }), ['alice'], () => Date.now() + later)
  const lunch = await group()
  const quiet = socket()
  quiet.send(frame(logDocumentName(lunch, 0), 2, (to) => token(to, people.alice.token)))
  await quiet.until(() => quiet.binary.length > 0)
  later = 21_000
  await quiet.until(() => quiet.binary.some((bytes) => Buffer.from(bytes).equals(Buffer.from(PING_FRAME))))
  expect(quiet.told).toEqual([])
})

it('a log document loses nobody to a writer with a clock from the future', async () => {
  const { people, group, replica, connect } = await stage('alice', 'mallory')
  const lunch = await group()
  const [alices, mallorys] = [replica(people.alice, logDocumentName(lunch, 0)), replica(people.mallory, logDocumentName(lunch, 0))]
  await Promise.all([alices.synced, mallorys.synced])
  const forger = new Y.Doc()
  forger.clientID = 1
  for (let i = 0; i < 50; i += 1) forger.getArray('log').push([{ forged: i }])
  // As the log's own writer, 40 entries ahead.
  const ahead = Y.diffUpdate(Y.encodeStateAsUpdate(forger), Y.encodeStateVector(new Y.Doc()))
  Y.applyUpdate(mallorys.doc, ahead, 'not the provider')
  const alice = await connect(people.alice)
  await alice.append(lunch, entry('true'))
  await alices.holds(1)
  expect(alices.texts()).toEqual(['true'])
})

function frame(key: string, type: number, rest: (to: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, key)
  encoding.writeVarUint(encoder, type)
  rest(encoder)
  return encoding.toUint8Array(encoder)
}

function token(to: encoding.Encoder, value: string): void {
  encoding.writeVarUint(to, 0)
  encoding.writeVarString(to, value)
}

function sync(key: string, step: number, payload: Uint8Array): Uint8Array {
  return frame(key, 0, (to) => {
    encoding.writeVarUint(to, step)
    encoding.writeVarUint8Array(to, payload)
  })
}
