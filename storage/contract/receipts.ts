// Receipts only grow, whatever the order in which they arrive.

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RECEIPTS_MAX_MEMBERS } from '../../shared/limits.ts'
import type { Place } from './cast.ts'
import { NOW, id, message, say, seq, setupTeam, team } from './cast.ts'
import { add, leave } from './changes.ts'

export function receiptContract(makePlace: () => Promise<Place>): void {
  describe('receipts', () => {
    joining(makePlace)
    limits(makePlace)
    convergence(makePlace)
  })
}

function joining(makePlace: () => Promise<Place>): void {
  test('a register never goes back, and what is read was delivered', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [1, 2, 3, 4].map((number) => message(number)))
    const join = (delivered: number, read: number) => database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(delivered), read: seq(read) } }], NOW)
    expect(await join(1, 3)).toEqual([{ conversation: team, receipt: { user: bob, delivered: 3, read: 3 }, told: { delivered: 3, read: 3 } }])
    expect(await join(2, 1)).toEqual([])
    expect(await join(4, 1)).toEqual([{ conversation: team, receipt: { user: bob, delivered: 4, read: 3 }, told: { delivered: 4, read: 3 } }])
    expect(await database.receipts.snapshot(team)).toEqual([{ user: bob, delivered: 4, read: 3 }])
  })

  test('tells only what changed, joined', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2)])
    const receipt = { delivered: seq(1), read: seq(1) }
    await database.receipts.join([{ conversation: team, user: carol, receipt }], NOW)
    const changes = [{ user: bob, receipt }, { user: carol, receipt }, { user: bob, receipt: { delivered: seq(2), read: seq(0) } }]
    const changed = await database.receipts.join(changes.map((change) => ({ conversation: team, ...change })), NOW)
    expect(changed).toEqual([{ conversation: team, receipt: { user: bob, delivered: 2, read: 1 }, told: { delivered: 2, read: 1 } }])
  })
}

function limits(makePlace: () => Promise<Place>): void {
  test('nobody has read what is not there yet', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(9_000_000), read: seq(9_000_000) } }], NOW)
    await say(database, alice, [message(2)])
    expect(await database.receipts.snapshot(team)).toEqual([{ user: bob, delivered: 1, read: 1 }])
  })

  test('ignores who is no member, and forgets who leaves', async () => {
    const { database, alice, bob, dave } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    const receipt = { delivered: seq(1), read: seq(1) }
    const changes = [bob, dave].map((user) => ({ conversation: team, user, receipt }))
    const elsewhere = { conversation: id(0xff), user: alice, receipt }
    expect(await database.receipts.join([...changes, elsewhere], NOW)).toEqual([{ conversation: team, receipt: { user: bob, ...receipt }, told: receipt }])
    await leave(database, team, bob)
    expect(await database.receipts.snapshot(team)).toEqual([])
  })

  test('a large room has registers but no snapshot', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(1), read: seq(1) } }], NOW)
    const crowd = Array.from({ length: RECEIPTS_MAX_MEMBERS - 3 }, (_, index) => id(0x1000 + index))
    for (const user of crowd) await database.accounts.create({ id: user, handle: `p-${user}`, name: 'P', passwordHash: null, createdAt: NOW })
    await add(database, team, crowd)
    expect(await database.receipts.snapshot(team)).toHaveLength(1 + crowd.length)
    const last = id(0x9000)
    await database.accounts.create({ id: last, handle: 'last', name: 'L', passwordHash: null, createdAt: NOW })
    await add(database, team, [last])
    expect(await database.receipts.snapshot(team)).toEqual([])
    expect(await database.conversations.inboxRow(bob, team)).toMatchObject({ read: 1 })
  })

  test('[R4] the author of a message is told how many have it, besides those who keep to themselves; nobody else is', async () => {
    const { database, alice, bob, carol, eve } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2)])
    const others = (await database.conversations.members(team, null, 10)).filter(({ user }) => user !== alice)
    expect(await database.receipts.reach(alice, team, id(2))).toEqual({ read: 0, delivered: 0, waiting: others.length })
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(2), read: seq(1) } }, { conversation: team, user: carol, receipt: { delivered: seq(2), read: seq(2) } }], NOW)
    expect(await database.receipts.reach(alice, team, id(1))).toEqual({ read: 2, delivered: 0, waiting: others.length - 2 })
    expect(await database.receipts.reach(alice, team, id(2))).toEqual({ read: 1, delivered: 1, waiting: others.length - 2 })
    // Neither of others' messages, nor where one is not.
    expect(await database.receipts.reach(bob, team, id(1))).toBeNull()
    expect(await database.receipts.reach(eve, team, id(1))).toBeNull()
    await database.people.block(carol, alice, NOW)
    await database.people.change(bob, { privacy: { privateReceipts: true } }, NOW)
    expect(await database.receipts.reach(alice, team, id(1))).toEqual({ read: 0, delivered: 0, waiting: others.length })
    await database.people.unblock(carol, alice)
    await database.people.change(alice, { privacy: { privateReceipts: true } }, NOW)
    expect(await database.receipts.reach(alice, team, id(1))).toEqual({ read: 0, delivered: 0, waiting: others.length })
  })
}

function convergence(makePlace: () => Promise<Place>): void {
  test('any order, repetition and grouping of the same receipts ends alike', async () => {
    const HEAD = 6
    const register = fc.integer({ min: 0, max: HEAD + 2 }).map(seq)
    const change = fc.record({ conversation: fc.constant(team), user: fc.constantFrom(id(0xa1), id(0xa2), id(0xa4)), receipt: fc.record({ delivered: register, read: register }) })
    const twoOrders = fc.array(change, { minLength: 1, maxLength: 8 }).chain((changes) => {
      const some = fc.array(fc.constantFrom(...changes), { maxLength: 4 })
      const all = some.chain((again) => fc.shuffledSubarray([...changes, ...again], { minLength: changes.length + again.length }))
      return fc.record({ one: all, other: all, cut: fc.nat(8) })
    })
    await fc.assert(
      fc.asyncProperty(twoOrders, async ({ one, other, cut }) => {
        const [here, there] = [await setupTeam(makePlace), await setupTeam(makePlace)]
        for (const { database, alice } of [here, there]) await say(database, alice, Array.from({ length: HEAD }, (_, index) => message(index + 1)))
        await here.database.receipts.join(one, NOW)
        await there.database.receipts.join(other.slice(0, cut), NOW)
        await there.database.receipts.join(other.slice(cut), NOW)
        expect(await there.database.receipts.snapshot(team)).toEqual(await here.database.receipts.snapshot(team))
      }),
      { numRuns: 25 },
    )
  })
}
