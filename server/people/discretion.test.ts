// What passes over the socket between people who keep something from one another.

import { describe, expect, it } from 'vitest'
import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import type { ClientMessage } from '../../shared/protocol/messages.ts'
import type { ChangeProfile } from '../../shared/protocol/api.ts'
import type { Person, TestSocket } from '../gateway/stage.ts'
import { entry, stage } from '../gateway/stage.ts'

const read = (conversation: ConversationId, seq: number): ClientMessage => ({
  type: 'receipts',
  items: [{ conversation, delivered: seq as Seq, read: seq as Seq }], // positions in these tests
})

const receiptsIn = (socket: TestSocket) => socket.told.flatMap((message) => (message.type === 'receipts' ? message.items.map(({ user }) => user) : []))

async function setup() {
  const town = await stage('alice', 'bob', 'carol')
  const { sync, database } = town
  return {
    ...town,
    block: async (by: Person, other: Person) => {
      await database.people.block(by.user, other.user, 1)
      await sync.discretionChanged(by.user, other.user)
    },
    choose: async ({ user }: Person, privacy: NonNullable<ChangeProfile['privacy']>) => {
      await database.people.change(user, { privacy }, 1)
      await sync.discretionChanged(user)
    },
  }
}

describe('profile', () => {
  it('[U2] is told at once to who has the person on screen and to their own devices, and to nobody else', async () => {
    const { people, connect, sync, database } = await setup()
    const [alice, bob, carol] = [await connect(people.alice), await connect(people.bob), await connect(people.carol)]
    bob.say({ type: 'watch', users: [people.alice.user] })
    await bob.roundTrip()
    await database.people.change(people.alice.user, { name: 'Alice A.' }, 1)
    await sync.personChanged(people.alice.user)
    expect((await bob.next('people')).people).toMatchObject([{ name: 'Alice A.' }])
    expect((await alice.next('own')).own.person.name).toBe('Alice A.')
    await carol.roundTrip()
    expect(carol.told.some(({ type }) => type === 'people' || type === 'own')).toBe(false)
    const again = await connect(people.alice)
    expect((await again.next('welcome')).own.person.name).toBe('Alice A.')
  })
})

describe('presence', () => {
  it('[U8] somebody is away when all their devices say so, and back when one does', async () => {
    const { people, group, connect, deviceOf } = await setup()
    await group()
    const [alice, laptop, phone] = [await connect(people.alice), await connect(people.bob), await connect(deviceOf(people.bob))]
    alice.say({ type: 'watch', users: [people.bob.user] })
    await alice.next('presence', ({ items }) => items[0]?.online === true)
    laptop.say({ type: 'away', on: true })
    await laptop.roundTrip()
    await alice.roundTrip()
    expect(alice.told.filter(({ type }) => type === 'presence')).toHaveLength(1)
    phone.say({ type: 'away', on: true })
    await alice.next('presence', ({ items }) => items[0]?.away === true)
    const tablet = await connect(deviceOf(people.bob))
    await alice.until(() => alice.told.filter(({ type }) => type === 'presence').length === 3)
    expect(alice.told.findLast(({ type }) => type === 'presence')).toEqual({ type: 'presence', items: [{ user: people.bob.user, online: true }] })
    tablet.ws.close()
    await alice.until(() => alice.told.filter(({ type }) => type === 'presence').length === 4)
    expect(alice.told.findLast(({ type }) => type === 'presence')).toMatchObject({ items: [{ online: true, away: true }] })
  })

  it('[U5] ends at once with a block, in both directions, and comes back with its end', async () => {
    const { people, group, connect, block, database, sync } = await setup()
    await group()
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    alice.say({ type: 'watch', users: [people.bob.user] })
    bob.say({ type: 'watch', users: [people.alice.user] })
    for (const socket of [alice, bob]) await socket.next('presence', ({ items }) => items[0]?.online === true)
    await block(people.alice, people.bob)
    for (const [socket, other] of [[alice, people.bob], [bob, people.alice]] as const) {
      await socket.roundTrip()
      expect(socket.told.findLast(({ type }) => type === 'presence')).toEqual({ type: 'presence', items: [{ user: other.user, online: false }] })
    }
    const told = bob.told.length
    alice.say({ type: 'away', on: true })
    await alice.roundTrip()
    await bob.roundTrip()
    expect(bob.told.slice(told).map(({ type }) => type)).toEqual(['pong'])
    await database.people.unblock(people.alice.user, people.bob.user)
    await sync.discretionChanged(people.alice.user, people.bob.user)
    await bob.next('presence', ({ items }) => items[0]?.away === true)
  })

  it('[U6] is kept from all but contacts, and they from whoever keeps it', async () => {
    const { people, group, connect, choose } = await setup()
    await group()
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    alice.say({ type: 'watch', users: [people.bob.user] })
    bob.say({ type: 'watch', users: [people.alice.user] })
    for (const socket of [alice, bob]) await socket.next('presence', ({ items }) => items[0]?.online === true)
    await choose(people.alice, { presence: 'contacts' })
    for (const socket of [alice, bob]) {
      await socket.roundTrip()
      expect(socket.told.findLast(({ type }) => type === 'presence')).toMatchObject({ items: [{ online: false }] })
    }
  })
})

describe('typing', () => {
  it('[U5] is not relayed between people who block one another, and is to everybody else', async () => {
    const { people, group, connect, block } = await setup()
    const lunch = await group()
    const [alice, bob, carol] = [await connect(people.alice), await connect(people.bob), await connect(people.carol)]
    for (const socket of [alice, bob, carol]) await socket.open(lunch)
    await block(people.alice, people.bob)
    alice.say({ type: 'typing', conversation: lunch, on: true })
    bob.say({ type: 'typing', conversation: lunch, on: true })
    await carol.until(() => carol.told.filter(({ type }) => type === 'typing').length === 2)
    for (const socket of [alice, bob]) {
      await socket.roundTrip()
      expect(socket.told.some(({ type }) => type === 'typing')).toBe(false)
    }
  })
})

describe('receipts', () => {
  it('[U7] of who keeps them private are told to nobody, nor others’ to them; the own badge goes everywhere', async () => {
    const { people, group, connect, deviceOf, choose } = await setup()
    const lunch = await group()
    const [alice, bob, carol, phone] = [await connect(people.alice), await connect(people.bob), await connect(people.carol), await connect(deviceOf(people.bob))]
    await choose(people.bob, { privateReceipts: true })
    for (const socket of [alice, bob, carol]) await socket.open(lunch)
    await alice.append(lunch, entry('one'))
    bob.say(read(lunch, 1))
    carol.say(read(lunch, 1))
    expect((await phone.next('inbox')).rows).toMatchObject([{ read: 1 }])
    await alice.next('receipts', ({ items }) => items.some(({ user }) => user === people.carol.user))
    await bob.next('receipts')
    expect(receiptsIn(alice)).toEqual([people.carol.user])
    expect(receiptsIn(bob)).toEqual([people.bob.user])
    expect(await (await connect(people.alice)).open(lunch)).toMatchObject({ paint: { receipts: [{ user: people.carol.user }] } })
    expect(await (await connect(people.bob)).open(lunch)).toMatchObject({ paint: { receipts: [{ user: people.bob.user, read: 1 }] } })

    // Nor is told later what was read in private: receiving the next one says no more than that.
    await choose(people.bob, { privateReceipts: false })
    await carol.append(lunch, entry('two'))
    bob.say({ type: 'receipts', items: [{ conversation: lunch, delivered: 2 as Seq, read: 1 as Seq }] })
    const ofBob = ({ items }: { items: readonly { user: UserId; delivered: number; read: number }[] }) => items.find(({ user }) => user === people.bob.user)
    expect(ofBob(await alice.next('receipts', (told) => ofBob(told) !== undefined))).toMatchObject({ delivered: 2, read: 0 })
    bob.say(read(lunch, 2))
    await alice.next('receipts', (told) => ofBob(told)?.read === 2)
  })

  it('[U5] do not pass between people who block one another in a group', async () => {
    const { people, group, connect, block } = await setup()
    const lunch = await group()
    const [alice, bob, carol] = [await connect(people.alice), await connect(people.bob), await connect(people.carol)]
    for (const socket of [alice, bob, carol]) await socket.open(lunch)
    await block(people.alice, people.bob)
    await carol.append(lunch, entry('one'))
    alice.say(read(lunch, 1))
    bob.say(read(lunch, 1))
    await carol.until(() => receiptsIn(carol).length === 2)
    for (const [socket, own] of [[alice, people.alice], [bob, people.bob]] as const) {
      await socket.next('receipts')
      expect(receiptsIn(socket)).toEqual([own.user])
    }
  })
})
