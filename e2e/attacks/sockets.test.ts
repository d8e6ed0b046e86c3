// What a stranger, a member and a thief can do with the sync socket.

import { connect as connectTcp } from 'node:net'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { logDocumentName } from '../../shared/conversation/segment.ts'
import { EntryId } from '../../shared/ids.ts'
import { CLOSE } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { secretHash } from '../../server/auth/secretHash.ts'
import { entry } from '../../server/gateway/stage.ts'
import { authFrame, settle, town } from './town.ts'

const hello = (token: string) => JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, token })

describe('a stolen token', () => {
  it.each(['signs out', 'is signed out from another device', 'changes the password'] as const)('[S4] is worth nothing once its owner %s', async (how) => {
    const { server, people, deviceOf, group, connect, replica, socket, up } = await town(['alice'])
    const lunch = await group(people.alice)
    const phone = await deviceOf('alice')
    const [laptops, open, document] = [await connect(people.alice), await connect(phone), replica(phone, logDocumentName(lunch, 0))]
    await document.synced

    if (how === 'signs out') await phone.request('DELETE', '/api/sessions/current')
    if (how === 'is signed out from another device') await people.alice.request('DELETE', `/api/sessions/${phone.session}`)
    if (how === 'changes the password') await people.alice.request('POST', '/api/account/password', { current: 'a walk in the rain at four', next: 'a swim in the sea at nine' })

    // What was open is closed, and nothing opens again: HTTP with bearer or cookie, WebSocket at the upgrade or in the hello, documents.
    expect(await open.closed).toMatchObject({ code: CLOSE.signedOut })
    await document.closed
    expect((await phone.request('GET', '/api/account')).status).toBe(401)
    expect((await fetch(`http://127.0.0.1:${server.port}/api/inbox`, { headers: { authorization: `Bearer ${phone.token}` } })).status).toBe(401)
    expect(await socket({ headers: { authorization: `Bearer ${phone.token}` } }).closed).toMatchObject({ reason: expect.stringContaining('401') })
    const later = socket()
    later.send(hello(phone.token))
    expect(await later.closed).toMatchObject({ code: CLOSE.signedOut })
    expect(await replica(phone, logDocumentName(lunch, 0)).denied).toBe('Sign in again.')
    await laptops.roundTrip()
    expect(await up()).toBe(true)
  })

  it.each(['when somebody looks', 'when it is asked for again'] as const)('[S4] of a session that expired is worth nothing, and an open socket closes %s', async (when) => {
    let later = 0
    const { server, people, connect, replica, group } = await town(['alice'], { clock: () => Date.now() + later })
    const lunch = await group(people.alice)
    const [open, document] = [await connect(people.alice), replica(people.alice, logDocumentName(lunch, 0))]
    await document.synced
    await server.database.sessions.extend(secretHash(people.alice.token), Date.now() - 1)
    if (when === 'when somebody looks') await server.auth.sweep()
    else later = 2 * 3_600_000
    expect(await open.closed).toMatchObject({ code: CLOSE.signedOut })
    await document.closed
    expect((await people.alice.request('GET', '/api/account')).status).toBe(401)
  })
})

describe('one socket with two sessions', () => {
  it('[L8] [S8] is refused, so that a removed member keeps no document under another name', async () => {
    const { people, group, socket } = await town(['alice', 'mallory', 'puppet'])
    const lunch = await group(people.alice, people.mallory)
    const both = socket()
    both.send(authFrame(logDocumentName(lunch, 0), people.mallory.token))
    await both.until(() => both.binary.length > 0)
    both.send(hello(people.puppet.token))
    expect(await both.closed).toMatchObject({ code: CLOSE.signedOut })
  })

  it('[L8] [S8] also when both sign in at the same moment', async () => {
    const { people, group, socket, connect } = await town(['alice', 'mallory', 'puppet'])
    const lunch = await group(people.alice, people.mallory)
    const dinner = await group(people.alice, people.puppet)
    const both = socket()
    await both.opened
    both.send(authFrame(logDocumentName(lunch, 0), people.mallory.token))
    both.send(authFrame(logDocumentName(dinner, 0), people.puppet.token))
    await both.until(() => both.binary.length > 1)
    await people.alice.request('DELETE', `/api/conversations/${lunch}/members/${people.mallory.user}`)
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('a secret'))
    await settle(alice)
    expect(Buffer.concat(both.binary).includes('a secret')).toBe(false)
  })
})

describe('somebody who is no member', () => {
  it('[S7] cannot show up as typing, however quickly it follows an opening', async () => {
    const { people, group, connect } = await town(['alice', 'mallory'])
    const lunch = await group(people.alice)
    const alice = await connect(people.alice)
    await alice.open(lunch)
    const mallory = await connect(people.mallory)
    // In one piece, so that the server reads both before it has asked whether she is a member.
    const { _socket: raw } = mallory.ws as unknown as { _socket: { cork(): void; uncork(): void } } // what `ws` writes to
    raw.cork()
    const refused = mallory.open(lunch)
    mallory.say({ type: 'typing', conversation: lunch, on: true })
    raw.uncork()
    expect(await refused).toMatchObject({ type: 'refused', refusal: { code: 'not-member' } })
    await mallory.roundTrip()
    await alice.roundTrip()
    expect(alice.told.filter(({ type }) => type === 'typing')).toEqual([])
  })

  it('[A3] [A5] [A7] learns nothing by guessing ids, and spoils none', async () => {
    const { people, group, connect } = await town(['alice', 'mallory'])
    const [lunch, dinner] = [await group(people.alice), await group(people.mallory)]
    const [alice, mallory] = [await connect(people.alice), await connect(people.mallory)]
    const secret = entry('a secret')
    await alice.append(lunch, secret)
    // The same id in a conversation of her own is another entry; in Alice's it is not hers to write.
    expect(await mallory.append(dinner, { ...secret, body: { text: 'mine' } })).toMatchObject({ results: [{ id: secret.id, seq: 1 }] })
    expect(await mallory.append(lunch, secret)).toMatchObject({ type: 'refused', refusal: { code: 'not-member' } })
    // A reply across conversations is a reply to nothing, whether the id exists or not.
    const only = entry('only here')
    await alice.append(lunch, only)
    const replies = [only.id, EntryId.parse(uuidv7())].map((replyTo) => entry('really?', { body: { text: 'really?', replyTo } }))
    expect(await mallory.append(dinner, ...replies)).toMatchObject({ results: [{ refusal: { code: 'reply-unknown' } }, { refusal: { code: 'reply-unknown' } }] })
    expect(await alice.append(lunch, secret)).toMatchObject({ results: [{ id: secret.id, seq: 1 }] })
  })

  it('[A3] a member who takes the id of somebody else is refused, and the other is not', async () => {
    const { people, group, connect, server } = await town(['alice', 'mallory'])
    const lunch = await group(people.alice, people.mallory)
    const [alice, mallory] = [await connect(people.alice), await connect(people.mallory)]
    const first = entry('true')
    await alice.append(lunch, first)
    expect(await mallory.append(lunch, { ...first, body: { text: 'forged' } })).toMatchObject({ results: [{ refusal: { code: 'id-conflict' } }] })
    expect(await mallory.append(lunch, first)).toMatchObject({ results: [{ refusal: { code: 'id-conflict' } }] })
    expect(await server.database.log.read(lunch, 1 as never, 9 as never)).toMatchObject([{ id: first.id, author: people.alice.user, body: { text: 'true' } }]) // any range
  })

  it('[A6] an author, a device, a seq or a prototype in an entry makes it malformed', async () => {
    const { people, group, connect } = await town(['alice', 'mallory'])
    const lunch = await group(people.alice, people.mallory)
    const mallory = await connect(people.mallory)
    const good = entry('good')
    const forged = [{ author: people.alice.user }, { device: people.alice.device }, { seq: 1 }, { kind: 'redaction' }, { at: -1 }, { at: 1e300 }, { at: 0.5 }, { body: { text: 'x', author: people.alice.user } }]
    const texts = forged.map((more) => JSON.stringify({ ...entry('forged'), ...more }))
    texts.push(JSON.stringify(entry('forged')).replace('{', '{"__proto__":{"author":"x"},'), JSON.stringify(entry('forged')).replace('"text"', '"__proto__":{"style":"notice"},"text"'))
    mallory.send(`{"type":"append","ref":9000,"conversation":"${lunch}","entries":[${[...texts, JSON.stringify(good)].join(',')}]}`)
    const answer = await mallory.answer<'appended'>(9000)
    expect(answer).toMatchObject({ results: [...texts.map(() => ({ refusal: { code: 'malformed' } })), { id: good.id, seq: 1 }] })
    // Of a key that comes twice the last one counts, here as in every reader of JSON.
    mallory.send(`{"type":"append","ref":9001,"conversation":"${lunch}","entries":[{"id":"${uuidv7()}","id":"${good.id}","at":1,"kind":"message","body":{"text":"first","text":"good"}}]}`)
    expect(await mallory.answer<'appended'>(9001)).toMatchObject({ results: [{ id: good.id, seq: 1 }] })
  })
})

describe('a device that is somebody else\u2019s', () => {
  it('[A6] does not use up what the other may send', async () => {
    const { people, deviceOf, group, connect } = await town(['alice', 'mallory'])
    const [lunch, dinner] = [await group(people.alice), await group(people.mallory)]
    // Everyone sees in an entry from which device it came.
    const mallory = await connect(await deviceOf('mallory', people.alice.device))
    const alice = await connect(people.alice)
    for (let sent = 0; sent < 10_000; sent += 100) mallory.say({ type: 'append', ref: 1_000 + sent, conversation: dinner, entries: Array.from({ length: 100 }, () => ({ id: uuidv7() })) })
    mallory.say({ type: 'append', ref: 999, conversation: dinner, entries: [entry('one more')] })
    expect(await mallory.answer<'appended'>(999)).toMatchObject({ type: 'refused', refusal: { code: 'rate-limited' } })
    expect(await alice.append(lunch, entry('still mine'))).toMatchObject({ results: [{ seq: 1 }] })
  })

  it('[S4] is not signed out by who claims it', async () => {
    const { people, deviceOf, connect } = await town(['alice', 'mallory'])
    const alice = await connect(people.alice)
    await deviceOf('mallory', people.alice.device)
    await alice.roundTrip()
    expect((await people.alice.request('GET', '/api/account')).status).toBe(200)
  })
})

describe('floods', () => {
  const many = Array.from({ length: 500 }, () => uuidv7())
  it.each([
    ['openings of conversations that do not exist', { type: 'open', ref: 1, conversation: uuidv7() }, 600],
    ['typing', { type: 'typing', conversation: uuidv7(), on: true }, 1_000],
    ['watching hundreds of people', { type: 'watch', users: many }, 100],
    ['receipts of hundreds of conversations', { type: 'receipts', items: many.map((conversation) => ({ conversation, delivered: 1, read: 1 })) }, 200],
  ])('[P1] of %s end the connection and nobody else\u2019s', async (_what, message, times) => {
    const { server, people, connect, up } = await town(['alice', 'mallory'])
    const [alice, mallory] = [await connect(people.alice), await connect(people.mallory)]
    // What she is told does not interest her.
    mallory.ws.removeAllListeners('message')
    const json = JSON.stringify(message)
    for (let sent = 0; sent <= times; sent += 1) mallory.send(json)
    expect(await mallory.closed).toMatchObject({ code: CLOSE.rateLimited })
    await alice.roundTrip()
    expect(server.sync.connections()).toBe(1)
    expect(await up()).toBe(true)
  })

  it('[P1] of pings end the connection, also when their answers are read', async () => {
    const { people, connect, server } = await town(['alice', 'mallory'])
    const mallory = await connect(people.mallory)
    const closed = mallory.closed.then(() => 'closed')
    let last: unknown = 'pong'
    for (let sent = 0; sent < 300 && last === 'pong'; sent += 1) {
      const pong = new Promise((resolve) => mallory.ws.once('pong', () => resolve('pong')))
      mallory.ws.ping('x'.repeat(125))
      last = await Promise.race([pong, closed])
    }
    expect(last).toBe('closed')
    await expect.poll(() => server.sync.connections()).toBe(0)
    await (await connect(people.alice)).roundTrip()
  })

  it('[P1] of fragments that never end are cut off', async () => {
    const { socket, connect, people } = await town(['alice'])
    const stranger = socket()
    await stranger.opened
    // Empty ones never add up to a size.
    const end = stranger.closed
    stranger.ws.send('', { fin: false })
    for (let index = 0; index < 20_000 && stranger.ws.readyState === WebSocket.OPEN; index += 1) stranger.ws.send('', { fin: false })
    expect(await end).toMatchObject({ code: 1008 })
    await (await connect(people.alice)).roundTrip()
  })
})

describe('bytes that are no message', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  it.each([
    ['text that is no UTF-8', Buffer.from([0xff, 0xfe, 0xc3, 0x28]), 1007],
    ['a surrogate spelled in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 1007],
    ['JSON as deep as fits', Buffer.from(`{"type":"append","ref":1,"conversation":"${uuidv7()}","entries":[${deep}]}`), null],
    ['a number without end', Buffer.from(`{"type":"open","ref":${'9'.repeat(100_000)},"conversation":"${uuidv7()}"}`), CLOSE.malformed],
    ['a ref beyond the integers', Buffer.from(`{"type":"open","ref":9007199254740993,"conversation":"${uuidv7()}"}`), CLOSE.malformed],
    ['a prototype', Buffer.from('{"type":"ping","__proto__":{"polluted":1}}'), CLOSE.malformed],
    ['100,000 keys', Buffer.from(`{"type":"ping",${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',')}}`), CLOSE.malformed],
    ['a type that objects have', Buffer.from('{"type":"constructor"}'), CLOSE.malformed],
    ['nothing', Buffer.alloc(0), CLOSE.malformed],
  ])('[P1] %s hurts its sender at most', async (_what, bytes, code) => {
    const { people, connect, up } = await town(['alice', 'mallory'])
    const mallory = await connect(people.mallory)
    mallory.ws.send(bytes, { binary: false })
    const served = mallory.answer(1).then(() => null)
    expect(await Promise.race([served, mallory.closed.then((closed) => closed.code)])).toBe(code)
    expect({}).not.toHaveProperty('polluted')
    await (await connect(people.alice)).roundTrip()
    expect(await up()).toBe(true)
  })

  it('[P1] what follows them in the same breath is not served', async () => {
    const { people, group, socket, server } = await town(['alice'])
    const lunch = await group(people.alice)
    const alice = socket()
    await alice.opened
    // All of it waits for the answer to the hello.
    alice.send(hello(people.alice.token))
    alice.send('nonsense')
    alice.say({ type: 'append', ref: 1, conversation: lunch, entries: [entry('too late')] })
    expect(await alice.closed).toMatchObject({ code: CLOSE.malformed })
    await expect.poll(() => server.sync.connections()).toBe(0)
    expect(await server.database.log.head(lunch)).toBe(0)
  })
})

it('an upgrade that is refused holds no connection, also for who never ends it', async () => {
  const { server } = await town([])
  const stranger = connectTcp({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
  const closed = new Promise((resolve) => stranger.once('close', resolve))
  // A reset is what writing into a connection that is gone earns.
  stranger.on('error', () => undefined)
  stranger.write('GET /sync HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n')
  const answer = await new Promise<string>((resolve) => stranger.once('data', (bytes) => resolve(bytes.toString())))
  expect(answer).toMatch(/^HTTP\/1\.1 403 /)
  stranger.resume()
  const write = setInterval(() => stranger.write('x'), 20)
  await closed
  clearInterval(write)
})
