import { describe, expect, it } from 'vitest'
import { logDocumentName } from '../../shared/conversation/segment.ts'
import { entry, stage } from '../gateway/stage.ts'
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
    const alice = await connect(people.alice)
    alice.ws.close()
    await alice.closed
    await mallory.roundTrip()
    expect(mallory.told.filter(({ type }) => type === 'presence')).toHaveLength(1)
    expect(sync.connections()).toBe(1)
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
