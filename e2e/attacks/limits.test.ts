// Each limit at its edge: what is just within is served, what is just beyond is refused.

import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { logDocumentName } from '../../shared/conversation/segment.ts'
import type { ConversationId } from '../../shared/ids.ts'
import {
  APPEND_MAX_ENTRIES,
  FRAME_MAX_BYTES,
  HANDLE_MAX_CHARS,
  INBOX_PAGE_ROWS,
  MEMBERS_MAX,
  NAME_MAX_CHARS,
  PASSWORD_MAX_CHARS,
  PASSWORD_MIN_CHARS,
  PRESENCE_WATCH_MAX,
  UNAUTHENTICATED_MAX_BYTES,
  UNREAD_MAX,
} from '../../shared/limits.ts'
import { InboxPage } from '../../shared/protocol/api.ts'
import { CLOSE } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { entry } from '../../server/gateway/stage.ts'
import { anonymous, newDeviceId } from '../../server/testing/signUp.ts'
import { authFrame, frame, syncFrame, town } from './town.ts'

const ids = (count: number) => Array.from({ length: count }, () => uuidv7())
const padded = (message: object, bytes: number) => JSON.stringify(message).padEnd(bytes)

describe('a frame', () => {
  it('is at most 256 KiB', async () => {
    const { people, connect } = await town(['alice'])
    const alice = await connect(people.alice)
    alice.send(padded({ type: 'ping' }, FRAME_MAX_BYTES))
    await alice.next('pong')
    alice.send(padded({ type: 'ping' }, FRAME_MAX_BYTES + 1))
    expect(await alice.closed).toMatchObject({ code: 1009 })
  })

  it('and all frames together are at most 16 KiB before sign-in', async () => {
    const { people, socket } = await town(['alice'])
    const hello = { type: 'hello', version: PROTOCOL_VERSION, token: people.alice.token }
    const [alice, stranger] = [socket(), socket()]
    alice.send(padded(hello, UNAUTHENTICATED_MAX_BYTES))
    await alice.next('welcome')
    stranger.send(padded(hello, UNAUTHENTICATED_MAX_BYTES + 1))
    expect(await stranger.closed).toMatchObject({ code: CLOSE.signedOut })
  })

  it('holds at most so many entries, people or receipts', async () => {
    const { people, group, connect } = await town(['alice'])
    const lunch = await group(people.alice)
    const alice = await connect(people.alice)
    const full = Array.from({ length: APPEND_MAX_ENTRIES }, (_, index) => entry(`${index}`))
    expect(await alice.append(lunch, ...full)).toMatchObject({ type: 'appended', results: full.map(({ id }, index) => ({ id, seq: index + 1 })) })
    expect((await people.alice.request('POST', `/api/conversations/${lunch}/entries`, { entries: [...full, entry('more')] })).status).toBe(400)
    alice.send(JSON.stringify({ type: 'watch', users: ids(PRESENCE_WATCH_MAX) }))
    expect((await alice.next('presence')).items).toHaveLength(PRESENCE_WATCH_MAX)

    for (const beyond of [
      { type: 'append', ref: 1, conversation: lunch, entries: [...full, entry('more')] },
      { type: 'watch', users: ids(PRESENCE_WATCH_MAX + 1) },
      { type: 'receipts', items: ids(501).map((conversation) => ({ conversation, delivered: 1, read: 1 })) },
    ]) {
      const other = await connect(people.alice)
      other.send(JSON.stringify(beyond))
      expect(await other.closed).toMatchObject({ code: CLOSE.malformed })
    }
  })
})

describe('names and passwords', () => {
  it('have their lengths', async () => {
    const { server } = await town([])
    const signUp = async (more: object) => {
      const body = { handle: 'somebody', name: 'Somebody', password: 'a walk in the rain', device: { id: newDeviceId(), label: 'x' }, ...more }
      return (await anonymous(server)('POST', '/api/accounts', body)).status
    }
    expect(await signUp({ handle: 'h'.repeat(HANDLE_MAX_CHARS), name: 'n'.repeat(NAME_MAX_CHARS), password: 'p7'.repeat(PASSWORD_MAX_CHARS / 2) })).toBe(201)
    expect(await signUp({ handle: 'shortest', password: 'q'.repeat(PASSWORD_MIN_CHARS - 2) + 'z7' })).toBe(201)
    for (const beyond of [
      { handle: 'h'.repeat(HANDLE_MAX_CHARS + 1) },
      { name: 'n'.repeat(NAME_MAX_CHARS + 1) },
      { password: 'p'.repeat(PASSWORD_MAX_CHARS + 1) },
      { password: 'q'.repeat(PASSWORD_MIN_CHARS - 1) },
      { device: { id: newDeviceId(), label: 'l'.repeat(NAME_MAX_CHARS + 1) } },
    ]) expect([beyond, await signUp(beyond)]).toEqual([beyond, 400])
  })
})

describe('a group', () => {
  it('has at most so many members, however they come', async () => {
    const { server, people, group } = await town(['alice', 'bob', 'carol'])
    const lunch = await group(people.alice)
    const crowd = ids(MEMBERS_MAX - 2) as (typeof people.alice.user)[] // fresh
    await server.database.bulk.arrive(
      { people: crowd.map((id) => ({ id, handles: [id.slice(-32)], name: 'Crowd' })), conversations: [], members: crowd.map((user) => ({ conversation: lunch, user, role: 'member' })) },
      Date.now(),
    )
    const add = async (...users: { user: string }[]) => (await people.alice.request('POST', `/api/conversations/${lunch}/members`, { users: users.map(({ user }) => user) })).status
    expect(await add(people.bob, people.carol)).toBe(413)
    expect(await add(people.bob)).toBe(200)
    expect(await add(people.carol)).toBe(413)
    expect((await people.alice.request('POST', '/api/conversations', { kind: 'group', id: uuidv7(), name: 'x', members: crowd.concat(people.bob.user, people.carol.user) })).status).toBe(400)
  })
})

describe('the inbox', () => {
  it('comes in pages, and own entries are not unread, however many nobody read', async () => {
    const { server, people, group } = await town(['alice'])
    const last = await groups(INBOX_PAGE_ROWS + 1)
    for (let sent = 0; sent < UNREAD_MAX + 50; sent += 50) await server.sync.append(people.alice, last, Array.from({ length: 50 }, () => entry('x')))
    const page = InboxPage.parse(await (await people.alice.request('GET', '/api/inbox')).json())
    expect(page.rows).toHaveLength(INBOX_PAGE_ROWS)
    expect(page.rows[0]).toMatchObject({ conversation: last, head: UNREAD_MAX + 50, quiet: UNREAD_MAX + 50 })
    const rest = InboxPage.parse(await (await people.alice.request('GET', `/api/inbox?cursor=${page.cursor ?? ''}`)).json())
    expect(rest.rows).toHaveLength(1)

    async function groups(count: number): Promise<ConversationId> {
      for (let made = 1; made < count; made += 1) await group(people.alice)
      return group(people.alice)
    }
  })
})

describe('documents that nobody reads any more', () => {
  it('are kept ready, but only so many: the others are read from the rows again', async () => {
    let later = 0
    const { server, people, connect } = await town(['alice'], { clock: () => Date.now() + later })
    const rooms = ids(300) as ConversationId[] // fresh
    await server.database.bulk.arrive({ people: [], conversations: rooms.map((id) => ({ kind: 'group', id, name: 'Room', owner: people.alice.user })), members: [] }, Date.now())
    const loaded: ConversationId[] = []
    const { ...fromLog } = server.database.log
    server.database.log.read = (conversation, ...range) => {
      loaded.push(conversation)
      return fromLog.read(conversation, ...range)
    }
    // Not all on one connection: that would be more than one may have loaded.
    for (const third of [rooms.slice(0, 100), rooms.slice(100, 200), rooms.slice(200)]) await visitAll(third)
    expect(loaded).toEqual(rooms)
    // Longer than an opening takes, shorter than a document stays ready.
    later = 10_000
    const oldest = rooms.slice(0, 150)
    // A visit makes it one of the newest, so each time another.
    await expect.poll(async () => {
      await visitAll(oldest.splice(0, 1))
      return loaded.length
    }, { interval: 250 }).toBe(rooms.length + 1)
    await visitAll(rooms.slice(-1))
    expect(loaded).toHaveLength(rooms.length + 1)

    /** Each opened, read and closed, one after the other. */
    async function visitAll(some: readonly ConversationId[]): Promise<void> {
      const alice = await connect(people.alice)
      for (const room of some) {
        const name = logDocumentName(room, 0)
        alice.send(authFrame(name, ''))
        alice.send(syncFrame(name, 0, Uint8Array.of(0)))
        await alice.until(() => alice.binary.filter((bytes) => Buffer.from(bytes).includes(name)).length > 1)
        alice.send(frame(name, 7))
      }
      await alice.roundTrip()
      alice.ws.close()
      await alice.closed
    }
  })
})
