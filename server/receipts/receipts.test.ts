import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import type { Seq } from '../../shared/ids.ts'
import { UserId } from '../../shared/ids.ts'
import { RECEIPTS_MAX_MEMBERS } from '../../shared/limits.ts'
import { entry, stage } from '../gateway/stage.ts'

const at = (delivered: number, read: number) => ({ delivered: delivered as Seq, read: read as Seq }) // positions in these tests

describe('receipts', () => {
  it('[R4] are relayed to whoever has the conversation on screen, many as one', async () => {
    const { people, group, connect } = await stage('alice', 'bob', 'carol')
    const lunch = await group()
    const [alice, bob, carol] = [await connect(people.alice), await connect(people.bob), await connect(people.carol)]
    await alice.open(lunch)
    await alice.append(lunch, entry('one'), entry('two'))
    bob.say({ type: 'receipts', items: [{ conversation: lunch, ...at(1, 0) }] })
    bob.say({ type: 'receipts', items: [{ conversation: lunch, ...at(2, 1) }] })
    carol.say({ type: 'receipts', items: [{ conversation: lunch, ...at(2, 2) }] })
    await alice.next('receipts', ({ items }) => items.length === 2)
    const { items } = await alice.next('receipts')
    expect(items.toSorted((a, b) => a.read - b.read)).toEqual([
      { user: people.bob.user, ...at(2, 1) },
      { user: people.carol.user, ...at(2, 2) },
    ])
    expect(bob.told.some(({ type }) => type === 'receipts')).toBe(false)
  })

  it('stand in the first paint of who comes later, and never go back', async () => {
    const { people, group, connect } = await stage('alice', 'bob')
    const lunch = await group()
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    await alice.append(lunch, entry('one'), entry('two'))
    await bob.open(lunch)
    for (const register of [at(2, 2), at(1, 1), at(0, 0)]) bob.say({ type: 'receipts', items: [{ conversation: lunch, ...register }] })
    await bob.next('receipts')
    expect(await alice.open(lunch)).toMatchObject({ paint: { receipts: [{ user: people.bob.user, ...at(2, 2) }] } })
  })

  it('never run ahead of the log', async () => {
    const { people, group, connect } = await stage('alice', 'bob')
    const lunch = await group()
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    await alice.open(lunch)
    await alice.append(lunch, entry('one'))
    bob.say({ type: 'receipts', items: [{ conversation: lunch, ...at(1_000, 1_000) }] })
    expect((await alice.next('receipts')).items).toEqual([{ user: people.bob.user, ...at(1, 1) }])
  })

  it('take the badge off the other devices of the same person', async () => {
    const { people, group, connect, deviceOf } = await stage('alice', 'bob')
    const lunch = await group()
    const [alice, laptop, phone] = [await connect(people.alice), await connect(people.bob), await connect(deviceOf(people.bob))]
    await alice.append(lunch, entry('one'))
    laptop.say({ type: 'receipts', items: [{ conversation: lunch, ...at(1, 1) }] })
    expect((await phone.next('inbox')).rows).toMatchObject([{ conversation: lunch, read: 1 }])
    await laptop.roundTrip()
    expect(laptop.told.some(({ type }) => type === 'inbox')).toBe(false)
  })

  it('[R4] are not named in a large room', async () => {
    const { people, connect, database } = await stage('alice', 'bob')
    const crowd = Array.from({ length: RECEIPTS_MAX_MEMBERS }, () => UserId.parse(uuidv7()))
    for (const [index, id] of crowd.entries()) await database.accounts.create({ id, handle: `crowd-${index}`, name: 'Crowd', passwordHash: null, createdAt: 1 })
    const { id } = await database.conversations.direct([people.alice.user, people.bob.user], uuidv7() as never, 1) // fresh
    const stadium = uuidv7() as typeof id // fresh
    await database.conversations.createGroup({ id: stadium, name: 'Stadium', owner: people.alice.user, members: [people.bob.user, ...crowd], now: 1 })
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    await alice.open(stadium)
    await alice.open(id)
    await alice.append(stadium, entry('one'))
    await alice.append(id, entry('one'))
    bob.say({ type: 'receipts', items: [{ conversation: stadium, ...at(1, 1) }, { conversation: id, ...at(1, 1) }] })
    await alice.next('receipts', ({ conversation }) => conversation === id)
    expect(alice.told.some((message) => message.type === 'receipts' && message.conversation === stadium)).toBe(false)
  })

  it('raised a moment before a restart are kept', async () => {
    const { people, group, connect, sync, database } = await stage('alice', 'bob')
    const lunch = await group()
    await sync.append(people.alice.by, lunch, [entry('one')])
    const bob = await connect(people.bob)
    bob.say({ type: 'receipts', items: [{ conversation: lunch, ...at(1, 1) }] })
    await bob.roundTrip()
    await sync.drain()
    expect(await database.receipts.snapshot(lunch)).toEqual([{ user: people.bob.user, ...at(1, 1) }])
  })
})
