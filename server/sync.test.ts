import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { logDocumentName } from '../shared/conversation/segment.ts'
import { CLOSE, ServerMessage } from '../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../shared/protocol/version.ts'
import { StorageFullError } from '../storage/database.ts'
import { openSqlite } from '../storage/sqlite/open.ts'
import type { ServerSocket } from './gateway/socket.ts'
import { entry, stage, stageOn } from './gateway/stage.ts'
import { tempDir } from './testing/tempDir.ts'

describe('one message from hand to hand', () => {
  it('is stored, acknowledged with its number, and stands in the log document of everyone', async () => {
    const { people, group, connect, replica } = await stage('alice', 'bob')
    const lunch = await group()
    const bobs = replica(people.bob, logDocumentName(lunch, 0))
    await bobs.synced

    const alice = await connect(people.alice)
    const hello = entry('hello')
    expect(await alice.append(lunch, hello)).toMatchObject({ type: 'appended', results: [{ id: hello.id, seq: 1 }] })
    await bobs.holds(1)
    expect(bobs.entries()).toEqual([{ ...hello, seq: 1, author: people.alice.user, device: people.alice.device }])
  })

  it('gets the same number when it is sent again', async () => {
    const { people, group, connect } = await stage('alice')
    const lunch = await group()
    const alice = await connect(people.alice)
    const hello = entry('hello')
    await alice.append(lunch, hello)
    expect(await alice.append(lunch, hello)).toMatchObject({ results: [{ id: hello.id, seq: 1 }] })
  })

  it('is refused by itself when it is bad, and the others of its request go on', async () => {
    const { people, group, connect } = await stage('alice')
    const lunch = await group()
    const alice = await connect(people.alice)
    const good = entry('good')
    const answer = await alice.append(lunch, entry('x'.repeat(8_001)), good, entry('no', { body: { text: 'no', style: 'notice' } }))
    expect(answer).toMatchObject({
      type: 'appended',
      results: [{ refusal: { code: 'too-large', retry: false } }, { id: good.id, seq: 1 }, { refusal: { code: 'malformed' } }],
    })
  })

  it('is refused whole for a conversation of others, in the same words as for one that does not exist', async () => {
    const { people, group, connect } = await stage('alice', 'mallory')
    const lunch = await group(people.alice)
    const mallory = await connect(people.mallory)
    const foreign = await mallory.append(lunch, entry('hello'))
    const unknown = await mallory.append(people.alice.user as never, entry('hello')) // an id that is no conversation's
    expect(foreign).toMatchObject({ type: 'refused', refusal: { code: 'not-member' } })
    expect({ ...unknown, ref: 0 }).toEqual({ ...foreign, ref: 0 })
  })

  it('paints the end of the conversation when it is opened', async () => {
    const { people, group, connect } = await stage('alice', 'bob')
    const lunch = await group()
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('one'), entry('two'))
    const bob = await connect(people.bob)
    expect(await bob.open(lunch)).toMatchObject({
      type: 'opened',
      paint: {
        conversation: { id: lunch, name: 'Lunch', role: 'member', memberCount: 2, head: 2 },
        tail: [{ seq: 1, body: { text: 'one' } }, { seq: 2, body: { text: 'two' } }],
        people: [{ handle: 'alice' }],
      },
    })
  })
})

describe('a stock Hocuspocus provider', () => {
  it('appends through a stateless message on an open log document', async () => {
    const { people, group, replica } = await stage('alice')
    const lunch = await group()
    const alices = replica(people.alice, logDocumentName(lunch, 0))
    await alices.synced
    const hello = entry('hello')
    const answer = await alices.stateless(JSON.stringify({ type: 'append', ref: 7, conversation: lunch, entries: [hello] }))
    expect(answer).toEqual({ type: 'appended', ref: 7, results: [{ id: hello.id, seq: 1 }] })
    await alices.holds(1)
  })

  it('changes nothing for others by what it writes into a log document', async () => {
    const { people, group, connect, replica, sync } = await stage('alice', 'mallory')
    const lunch = await group()
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('true'))
    const [alices, mallorys] = [replica(people.alice, logDocumentName(lunch, 0)), replica(people.mallory, logDocumentName(lunch, 0))]
    await Promise.all([alices.synced, mallorys.synced])

    mallorys.doc.getArray('log').insert(0, ['forged'])
    mallorys.doc.getArray('log').delete(1, 1)
    await alice.append(lunch, entry('also true'))
    await Promise.all([alices.holds(2), mallorys.holds(2)])
    expect(alices.texts()).toEqual(['true', 'also true'])
    expect(alices.doc.getArray('log').length).toBe(2)
    expect(sync.connections()).toBe(3)
    // A replica that begins now sees the same.
    const later = replica(people.alice, logDocumentName(lunch, 0))
    await later.synced
    expect(later.texts()).toEqual(['true', 'also true'])
  })
})

describe('when the disk is full', () => {
  it('entries are refused with words, and the same ones are stored when there is room', async () => {
    const { people, group, connect, database } = await stage('alice')
    const lunch = await group()
    const alice = await connect(people.alice)
    const hello = entry('hello')
    const log = { ...database.log }
    database.log.commit = () => Promise.reject(new StorageFullError())
    expect(await alice.append(lunch, hello)).toMatchObject({ type: 'refused', refusal: { code: 'storage-full', retry: true } })
    database.log.commit = (requests) => log.commit(requests)
    expect(await alice.append(lunch, hello)).toMatchObject({ type: 'appended', results: [{ seq: 1 }] })
  })
})

describe('when the process goes down', () => {
  it('what was taken is answered, what comes later is refused, and every socket is told', async () => {
    const { people, group, connect, sync, database } = await stage('alice')
    const lunch = await group()
    const alice = await connect(people.alice)
    const taken = sync.append(people.alice.by, lunch, [entry('in time')])
    await Promise.resolve()
    const drained = sync.drain()
    await expect(sync.append(people.alice.by, lunch, [entry('too late')])).rejects.toMatchObject({ refusal: { code: 'draining', retry: true } })
    expect(await taken).toMatchObject([{ seq: 1 }])
    await drained
    expect(await alice.closed).toMatchObject({ code: CLOSE.draining })
    expect(await database.log.head(lunch)).toBe(1)
    expect(sync.connections()).toBe(0)
  })
})

describe('sign-in', () => {
  it('must come in time', async () => {
    let late = 0
    const { socket, people, connect } = await stageOn(await openSqlite({ file: join(tempDir(), 'parley.db') }), ['alice'], () => Date.now() + late)
    const stranger = socket()
    await stranger.opened
    const alice = await connect(people.alice)
    late = 11_000
    expect(await stranger.closed).toMatchObject({ code: CLOSE.signedOut })
    await alice.roundTrip()
  })

  it('is asked for again while a socket stays open', async () => {
    let later = 0
    const { people, connect, sessions } = await stageOn(await openSqlite({ file: join(tempDir(), 'parley.db') }), ['alice', 'bob'], () => Date.now() + later)
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    // Ended where nobody heard of it.
    sessions.forget(people.alice)
    later = 3_700_000
    expect(await alice.closed).toMatchObject({ code: CLOSE.signedOut })
    await bob.roundTrip()
  })
})

it('without a network, a pipe in memory does the same', async () => {
  const { people, group, sync } = await stage('alice')
  const lunch = await group()
  const { socket, say, heard } = pipe()
  sync.accept(socket, people.alice)
  say(JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION }))
  say(JSON.stringify({ type: 'append', ref: 1, conversation: lunch, entries: [entry('hello')] }))
  expect(await heard(2)).toMatchObject([{ type: 'welcome', user: people.alice.user }, { type: 'appended', ref: 1, results: [{ seq: 1 }] }])
})

function pipe() {
  const told: ServerMessage[] = []
  let wake: () => void = ignore
  let listener: (data: string | Uint8Array) => void = ignore
  const socket: ServerSocket = {
    isOpen: true,
    bufferedAmount: 0,
    send: (data) => {
      told.push(ServerMessage.parse(JSON.parse(String(data))))
      wake()
    },
    close: ignore,
    onMessage: (next) => (listener = next),
    onClose: ignore,
  }
  const heard = async (count: number) => {
    while (told.length < count) await new Promise<void>((resolve) => (wake = resolve))
    return told
  }
  return { socket, say: (data: string) => listener(data), heard }
}

function ignore(): void {
  // Nobody listens yet.
}
