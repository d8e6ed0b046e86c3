import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { logDocumentName } from '../../shared/conversation/segment.ts'
import { DeviceId, SessionId, UserId } from '../../shared/ids.ts'
import { TYPING_TOLD_MAX } from '../../shared/limits.ts'
import { Client } from '../gateway/client.ts'
import { Hub } from '../gateway/hub.ts'
import { entry, stage } from '../gateway/stage.ts'
import { createLogger } from '../logger.ts'
import { Presence } from './presence.ts'
import { add, leave } from '../../storage/contract/changes.ts'

describe('presence', () => {
  it('is answered, and told to those who watch, and to nobody else', async () => {
    const { people, group, connect } = await stage('alice', 'bob', 'carol')
    await group()
    const [alice, carol] = [await connect(people.alice), await connect(people.carol)]
    alice.say({ type: 'watch', users: [people.bob.user] })
    expect(await alice.next('presence')).toEqual({ type: 'presence', items: [{ user: people.bob.user, online: false }] })

    const bob = await connect(people.bob)
    await alice.next('presence', ({ items }) => items[0]?.online === true)
    bob.ws.close()
    await alice.next('presence', ({ items }) => items[0]?.online === false && items[0].lastSeen !== undefined)
    await carol.roundTrip()
    expect(carol.told.filter(({ type }) => type === 'presence')).toEqual([])
  })

  it('[S14] of somebody one shares no conversation with is as if they were never here', async () => {
    const { people, group, connect, sync, database } = await stage('alice', 'bob', 'mallory')
    await group(people.alice, people.bob)
    await database.accounts.setLastSeen([{ user: people.alice.user, at: 1 }])
    const mallory = await connect(people.mallory)
    mallory.say({ type: 'watch', users: [people.alice.user, people.bob.user, people.mallory.user] })
    const answer = (await mallory.next('presence')).items
    expect(answer).toContainEqual({ user: people.alice.user, online: false })
    expect(answer).toContainEqual({ user: people.bob.user, online: false })
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    bob.say({ type: 'watch', users: [people.alice.user] })
    await bob.next('presence', ({ items }) => items[0]?.online === true)
    alice.ws.close()
    await bob.next('presence', ({ items }) => items[0]?.online === false)
    await mallory.roundTrip()
    expect(mallory.told.filter(({ type }) => type === 'presence')).toHaveLength(1)
    expect(sync.connections()).toBe(2)
  })

  it('[S14] begins with the first conversation that two share and ends with the last', async () => {
    const { people, group, connect, sync, database } = await stage('alice', 'bob', 'carol')
    const lunch = await group(people.alice, people.carol)
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    for (const [watcher, watched] of [[alice, people.bob], [bob, people.alice]] as const) watcher.say({ type: 'watch', users: [watched.user] })
    await bob.next('presence', ({ items }) => items[0]?.online === false)

    const added = await add(database, lunch, [people.bob.user])
    await sync.membershipChanged({ conversation: lunch, added, removed: [] })
    await bob.next('presence', ({ items }) => items[0]?.user === people.alice.user && items[0].online)

    await leave(database, lunch, people.bob.user)
    await sync.membershipChanged({ conversation: lunch, added: [], removed: [people.bob.user] })
    await bob.roundTrip()
    const last = bob.told.findLast((message) => message.type === 'presence')
    expect(last).toEqual({ type: 'presence', items: [{ user: people.alice.user, online: false }] })
    const told = bob.told.length
    alice.ws.close()
    await alice.closed
    await bob.roundTrip()
    expect(bob.told.slice(told).map(({ type }) => type)).toEqual(['pong'])
  })

  it('lasts as long as one of several devices', async () => {
    const { people, connect, sync, deviceOf } = await stage('bob')
    const [laptop, phone] = [await connect(people.bob), await connect(deviceOf(people.bob))]
    laptop.ws.close()
    await laptop.closed
    await phone.roundTrip()
    expect(await sync.presence([people.bob.user])).toEqual([{ user: people.bob.user, online: true }])
  })

  it('[U10] reaches a device as one message for all who come and go within a moment, each as they are last', async () => {
    const { people, group, connect } = await stage('alice', 'bob', 'carol', 'dave')
    await group()
    const alice = await connect(people.alice)
    const [bob, carol, dave] = [people.bob, people.carol, people.dave]
    alice.say({ type: 'watch', users: [bob.user, carol.user, dave.user] })
    await alice.next('presence')
    // The first at once. What follows waits for the end of the window.
    await connect(bob)
    await alice.next('presence', ({ items }) => items.length === 1 && items[0]?.user === bob.user)
    const restless = await connect(carol)
    restless.ws.close()
    await restless.closed
    await Promise.all([connect(carol), connect(dave)])
    await alice.until(() => alice.told.filter(({ type }) => type === 'presence').length === 3)
    const last = alice.told.findLast((message) => message.type === 'presence')
    expect(last?.items.toSorted((a, b) => (a.user < b.user ? -1 : 1))).toEqual([carol, dave].map(({ user }) => ({ user, online: true })).toSorted((a, b) => (a.user < b.user ? -1 : 1)))
  })

  it('[U10] when they were last seen is written once a minute, for all at once', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const written: { user: UserId; at: number }[][] = []
    const hub = new Hub()
    const stores = { accounts: { byId: () => Promise.resolve(null), setLastSeen: async (seen: readonly { user: UserId; at: number }[]) => void written.push([...seen]) }, people: { present: () => Promise.resolve([]) } }
    const presence = new Presence(stores, hub, Date.now, createLogger('silent'))
    const users = Array.from({ length: 100 }, () => UserId.parse(uuidv7()))
    const clients = users.map((user) => somebodyOnline(hub, user))
    for (let second = 0; second < 180; second += 1) {
      for (const client of clients.slice(0, 50)) {
        hub.disconnect(client)
        hub.connect(client)
      }
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(written.map((seen) => seen.length)).toEqual([users.length, users.length, users.length])
    expect(written.map((seen) => new Set(seen.map(({ user }) => user)).size)).toEqual([users.length, users.length, users.length])
    await presence.stop()
  })

  it('is kept across restarts as when somebody was last seen', async () => {
    const { people, connect, sync, database } = await stage('bob')
    await connect(people.bob)
    const before = Date.now()
    await sync.drain()
    expect((await database.accounts.byId(people.bob.user))?.lastSeenAt).toBeGreaterThanOrEqual(before)
  })
})

describe('typing', () => {
  it('reaches those who have the conversation on screen, and ends with the device', async () => {
    const { people, group, connect } = await stage('alice', 'bob', 'carol')
    const lunch = await group()
    const [alice, bob, carol] = [await connect(people.alice), await connect(people.bob), await connect(people.carol)]
    await Promise.all([alice.open(lunch), bob.open(lunch)])
    alice.say({ type: 'typing', conversation: lunch, on: true })
    expect(await bob.next('typing')).toEqual({ type: 'typing', conversation: lunch, user: people.alice.user, on: true })
    alice.ws.close()
    await bob.next('typing', ({ on }) => !on)
    await carol.roundTrip()
    expect(carol.told.some(({ type }) => type === 'typing')).toBe(false)
    expect(alice.told.some(({ type }) => type === 'typing')).toBe(false)
  })

  it('[U10] of many who type in one conversation the first few are told; who comes next takes the place of who ended', async () => {
    const names = Array.from({ length: TYPING_TOLD_MAX + 5 }, (_, index) => `typist${index}`)
    const { people, group, connect } = await stage<string>('alice', ...names)
    const lunch = await group()
    const alice = await connect(people['alice']!) // this and all below: made with these names
    await alice.open(lunch)
    const typists = []
    for (const name of names) {
      const typist = await connect(people[name]!)
      await typist.open(lunch)
      typist.say({ type: 'typing', conversation: lunch, on: true })
      await typist.roundTrip()
      typists.push(typist)
    }
    const shown = () => {
      const typing = new Set<UserId>()
      for (const message of alice.told) if (message.type === 'typing') typing[message.on ? 'add' : 'delete'](message.user)
      return [...typing]
    }
    const usersOf = (from: number, to: number) => names.slice(from, to).map((name) => people[name]!.user)
    await alice.until(() => shown().length === TYPING_TOLD_MAX)
    expect(shown()).toEqual(usersOf(0, TYPING_TOLD_MAX))

    typists[0]?.say({ type: 'typing', conversation: lunch, on: false })
    typists[1]?.ws.close()
    await alice.until(() => shown().includes(people[names[TYPING_TOLD_MAX + 1]!]!.user))
    expect(shown()).toEqual(usersOf(2, TYPING_TOLD_MAX + 2))
    const told = alice.told.length
    for (const typist of typists.slice(2)) typist.say({ type: 'typing', conversation: lunch, on: true })
    for (const typist of typists.slice(2)) await typist.roundTrip()
    await alice.roundTrip()
    // To go on is not told anew before screens would forget.
    expect(alice.told.slice(told).map(({ type }) => type)).toEqual(['pong'])
  })

  it('in a conversation of others reaches nobody', async () => {
    const { people, group, connect } = await stage('alice', 'mallory')
    const lunch = await group(people.alice)
    const [alice, mallory] = [await connect(people.alice), await connect(people.mallory)]
    await alice.open(lunch)
    mallory.say({ type: 'typing', conversation: lunch, on: true })
    await mallory.roundTrip()
    await alice.roundTrip()
    expect(alice.told.some(({ type }) => type === 'typing')).toBe(false)
  })
})

describe('activity', () => {
  it('tells members who do not have the conversation on screen, a burst as one notice', async () => {
    const { people, group, connect } = await stage('alice', 'bob', 'mallory')
    const lunch = await group(people.alice, people.bob)
    const [alice, bob, mallory] = [await connect(people.alice), await connect(people.bob), await connect(people.mallory)]
    await alice.open(lunch)
    for (const text of ['one', 'two', 'three']) await alice.append(lunch, entry(text))
    const { items } = await bob.next('activity')
    expect(items).toMatchObject([{ conversation: lunch, head: 3, last: { author: people.alice.user, preview: 'three' }, quiet: 0 }])
    await Promise.all([alice.roundTrip(), mallory.roundTrip()])
    expect([...alice.told, ...mallory.told].some(({ type }) => type === 'activity')).toBe(false)
  })

  it('counts own entries from other devices', async () => {
    const { people, group, connect, sync } = await stage('alice', 'bob')
    const lunch = await group()
    const phone = await connect(people.alice)
    await Promise.all([sync.append(people.alice.by, lunch, [entry('one'), entry('two')]), sync.append(people.bob.by, lunch, [entry('three')])])
    expect((await phone.next('activity')).items).toMatchObject([{ head: 3, quiet: 2 }])
  })

  it('is not for somebody who was removed while it waited', async () => {
    const { people, group, connect, sync, database } = await stage('alice', 'bob', 'mallory')
    const lunch = await group()
    const [bob, mallory] = [await connect(people.bob), await connect(people.mallory)]
    await sync.append(people.alice.by, lunch, [entry('hello')])
    await leave(database, lunch, people.mallory.user)
    await sync.membershipChanged({ conversation: lunch, added: [], removed: [people.mallory.user] })
    await bob.next('activity')
    await mallory.roundTrip()
    expect(mallory.told.map(({ type }) => type)).toEqual(['welcome', 'removed', 'pong'])
  })

  it('is nothing that a stock provider has to understand', async () => {
    const { people, group, replica, connect, sync } = await stage('alice', 'bob')
    const [lunch, dinner] = [await group(), await group()]
    const stock = replica(people.bob, logDocumentName(lunch, 0))
    await stock.synced
    const texts: unknown[] = []
    stock.provider.configuration.websocketProvider.on('message', ({ data }: MessageEvent) => texts.push(typeof data))
    const bob = await connect(people.bob)
    await sync.append(people.alice.by, dinner, [entry('hello')])
    await bob.next('activity')
    expect(texts).not.toContain('string')
  })
})

describe('a change of membership', () => {
  it('brings new members their inbox row, and those who look the new list', async () => {
    const { people, group, connect, sync, database } = await stage('alice', 'bob')
    const lunch = await group(people.alice)
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    await alice.open(lunch)
    const added = await add(database, lunch, [people.bob.user])
    await sync.membershipChanged({ conversation: lunch, added, removed: [] })
    expect((await bob.next('inbox')).rows).toMatchObject([{ conversation: lunch, name: 'Lunch', role: 'member', members: 2 }])
    const { conversation } = await alice.next('conversation')
    expect(conversation).toMatchObject({ id: lunch, role: 'owner', memberCount: 2 })
    expect(conversation.members.map(({ user }) => user).toSorted()).toEqual([people.alice.user, people.bob.user].toSorted())
  })

  it('opens the conversation to the new member at once', async () => {
    const { people, group, sync, database, replica, connect } = await stage('alice', 'bob')
    const lunch = await group(people.alice)
    const alice = await connect(people.alice)
    await alice.append(lunch, entry('before bob'))
    const added = await add(database, lunch, [people.bob.user])
    await sync.membershipChanged({ conversation: lunch, added, removed: [] })
    const bobs = replica(people.bob, logDocumentName(lunch, 0))
    await bobs.synced
    expect(bobs.texts()).toEqual(['before bob', ''])
  })
})

/** On a pipe that leads nowhere. */
function somebodyOnline(hub: Hub, user: UserId): Client {
  const socket = { isOpen: true, bufferedAmount: 0, send: () => undefined, close: () => undefined, onMessage: () => undefined, onClose: () => undefined }
  const session = { id: SessionId.parse(uuidv7()), user, device: DeviceId.parse(uuidv7()), expiresAt: Date.now() + 86_400_000 }
  const client = new Client(socket, session, Date.now(), user, () => undefined)
  hub.connect(client)
  return client
}
