// Profiles, privacy and blocks.

import { describe, expect, test } from 'vitest'
import type { UserId } from '../../shared/ids.ts'
import { BLOCKS_MAX, CHANGES_KNOWN } from '../../shared/limits.ts'
import type { Place } from './cast.ts'
import { NOW, brief, id, laptop, message, phone, say, seq, setup, setupTeam, team } from './cast.ts'

export function peopleContract(makePlace: () => Promise<Place>): void {
  describe('people', () => {
    profiles(makePlace)
    madeOnce(makePlace)
    blocks(makePlace)
    privacy(makePlace)
  })
}

function profiles(makePlace: () => Promise<Place>): void {
  test('[U1] what is changed is kept, what is absent stays, null takes away', async () => {
    const { database, reopen, alice } = await setup(makePlace)
    await database.people.change(alice, { name: 'Alice A.', status: { text: 'at sea', emoji: '⛵', until: NOW + 5 }, dnd: {} }, NOW)
    await database.people.change(alice, { dnd: null }, NOW)
    const again = await reopen()
    const person = { id: alice, handle: 'alice', name: 'Alice A.', placeholder: false, status: { text: 'at sea', emoji: '⛵', until: NOW + 5 } }
    expect(await again.accounts.byIds([alice])).toEqual([person])
    expect(await again.people.own(alice)).toEqual({ person, privacy: { presence: 'everyone', privateReceipts: false }, blocked: [] })
    await again.people.change(alice, { status: null }, NOW)
    expect((await again.people.own(alice))?.person).not.toHaveProperty('status')
    expect(await again.people.own(id(0xee))).toBeNull()
  })

  test('[U1] a person is found by the new name and no longer by the old one', async () => {
    const { database, alice } = await setup(makePlace)
    await database.people.change(alice, { name: 'Zoe Young' }, NOW)
    expect((await database.accounts.search('young', 5)).map((found) => found.id)).toEqual([alice])
    expect((await database.accounts.search('alice', 5)).map((found) => found.handle)).toEqual(['alice'])
    await database.people.change(alice, { name: 'Quite another' }, NOW)
    expect(await database.accounts.search('zoe', 5)).toEqual([])
  })

  test('[U2] whoever shares a conversation is told what changed since, and nobody else', async () => {
    const { database, alice, bob, dave } = await setupTeam(makePlace)
    const before = (await database.conversations.inboxRow(bob, team))?.touched ?? 0
    expect(await database.people.changedSince(bob, before, 9)).toEqual([])
    await database.people.change(alice, { name: 'Alice A.' }, NOW)
    expect((await database.people.changedSince(bob, before, 9)).map(({ name }) => name)).toEqual(['Alice A.'])
    expect(await database.people.changedSince(dave, before, 9)).toEqual([])
    const row = await database.conversations.inboxRow(bob, team)
    await say(database, bob, [message(1)])
    const later = (await database.conversations.inboxRow(bob, team))?.touched ?? 0
    expect(later).toBeGreaterThan(row?.touched ?? Infinity)
    // The same again is no change.
    await database.people.change(alice, { name: 'Alice A.' }, NOW)
    expect(await database.people.changedSince(bob, later, 9)).toEqual([])
  })
}

function madeOnce(makePlace: () => Promise<Place>): void {
  test('[E10] a change that a device made is not made again, also after opening again; the same id on another device, or of another person, is another', async () => {
    const { database, reopen, alice, bob } = await setup(makePlace)
    const once = { user: alice, device: laptop, change: id(1) }
    expect(await database.people.change(alice, { name: 'Alice A.' }, NOW, once)).toBe(true)
    await database.people.change(alice, { name: 'Alice B.' }, NOW)
    const again = await reopen()
    expect(await again.people.change(alice, { name: 'Alice A.' }, NOW, once)).toBe(false)
    expect((await again.people.own(alice))?.person.name).toBe('Alice B.')
    expect(await again.people.change(alice, { name: 'Alice C.' }, NOW, { ...once, device: phone })).toBe(true)
    expect(await again.people.change(bob, { name: 'Bob B.' }, NOW, { ...once, user: bob })).toBe(true)
  })

  test('[E10] of a change that was refused nothing is known', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const once = { user: alice, device: laptop, change: id(1) }
    expect(await database.people.block(alice, id(0xee), NOW, once)).toBe('unknown')
    expect(await database.people.block(alice, bob, NOW, once)).toBe('done')
    await database.people.unblock(alice, bob)
    expect(await database.people.block(alice, bob, NOW, once)).toBe('done')
    expect((await database.people.own(alice))?.blocked).toEqual([])
  })

  test('[E10] of each device the last thousand are known, however much others change', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const once = (device: typeof laptop, change: number) => ({ user: alice, device, change: id(change) })
    await database.people.block(alice, bob, NOW, once(laptop, 1))
    await database.people.block(alice, bob, NOW, once(phone, 1))
    for (let change = 2; change <= CHANGES_KNOWN + 1; change += 1) await database.people.change(alice, { dnd: change % 2 === 0 ? {} : null }, NOW, once(laptop, change))
    await database.people.unblock(alice, bob)
    await database.people.block(alice, bob, NOW, once(phone, 1))
    expect((await database.people.own(alice))?.blocked).toEqual([])
    expect(await database.people.change(alice, { name: 'Known' }, NOW, once(laptop, 2))).toBe(false)
    expect(await database.people.change(alice, { name: 'Forgotten' }, NOW, once(laptop, 1))).toBe(true)
  })
}

function blocks(makePlace: () => Promise<Place>): void {
  const direct = id(0xc1)
  async function pair() {
    const cast = await setupTeam(makePlace)
    await cast.database.conversations.direct([cast.alice, cast.bob], direct, NOW)
    await say(cast.database, cast.bob, [message(1)], { to: direct })
    await cast.database.people.block(cast.alice, cast.bob, NOW)
    return cast
  }

  test('[U4] of somebody blocked nothing new is numbered in the direct conversation, and what was there is answered as before', async () => {
    const { database, alice, bob } = await pair()
    expect(await say(database, bob, [message(2)], { to: direct })).toEqual({ type: 'blocked' })
    expect(brief(await say(database, bob, [message(1), message(2)], { to: direct }))).toEqual(['duplicate of 1', 'blocked'])
    expect(await database.log.head(direct)).toBe(1)
    expect(brief(await say(database, alice, [message(3)], { to: direct }))).toEqual([2])
    await database.people.unblock(alice, bob)
    expect(brief(await say(database, bob, [message(2)], { to: direct }))).toEqual([3])
  })

  test('[U4] in common groups their messages arrive, and other direct conversations are as they were', async () => {
    const { database, bob, carol } = await pair()
    expect(brief(await say(database, bob, [message(2)]))).toEqual([1])
    await database.conversations.direct([bob, carol], id(0xc2), NOW)
    expect(brief(await say(database, bob, [message(3)], { to: id(0xc2) }))).toEqual([1])
  })

  test('[U4] blocks are listed, asked for, and bounded', async () => {
    const { database, alice, bob, carol } = await pair()
    expect((await database.people.own(alice))?.blocked).toEqual([bob])
    expect((await database.people.own(bob))?.blocked).toEqual([])
    expect(await database.people.blocking(bob, [carol, alice])).toEqual([alice])
    expect(await database.people.blocking(alice, [bob])).toEqual([])
    expect(await database.people.block(alice, id(0xee), NOW)).toBe('unknown')
    for (let index = 1; index < BLOCKS_MAX; index += 1) {
      await database.accounts.create({ id: id(0x1000 + index), handle: `p-${index}`, name: 'P', passwordHash: null, createdAt: NOW })
      await database.people.block(alice, id(0x1000 + index), NOW)
    }
    expect(await database.people.block(alice, carol, NOW)).toBe('too-many')
    expect(await database.people.block(alice, bob, NOW)).toBe('done')
  })

  test('[U5] a block hides presence and receipts both ways, from these two alone', async () => {
    const { database, alice, bob, carol } = await pair()
    const everybody = [alice, bob, carol]
    expect(await database.people.present(alice, everybody)).toEqual([alice, carol])
    expect(await database.people.present(bob, everybody)).toEqual([bob, carol])
    expect(await database.people.present(carol, everybody)).toEqual([alice, bob, carol])
    expect(await database.people.discretion(bob)).toEqual({ privateReceipts: false, apart: [alice] })
    expect(await database.people.discretion(alice)).toEqual({ privateReceipts: false, apart: [bob] })
    await say(database, carol, [message(2)])
    const receipt = { delivered: seq(1), read: seq(1) }
    await database.receipts.join(everybody.map((user) => ({ conversation: team, user, receipt })), NOW)
    const told = async (viewer: UserId) => (await database.receipts.shownTo(viewer, team)).map(({ user }) => user)
    expect([await told(alice), await told(bob), await told(carol)]).toEqual([[alice, carol], [bob, carol], [alice, bob, carol]])
  })
}

function privacy(makePlace: () => Promise<Place>): void {
  test('[U6] presence is told as each of the two chose', async () => {
    const { database, alice, bob, carol, dave } = await setupTeam(makePlace)
    await database.conversations.direct([alice, bob], id(0xc1), NOW)
    const choose = (presence: 'everyone' | 'contacts' | 'nobody') => database.people.change(alice, { privacy: { presence } }, NOW)
    const seen = async () => [await database.people.present(bob, [alice]), await database.people.present(carol, [alice]), await database.people.present(alice, [bob, carol, dave])]
    expect(await seen()).toEqual([[alice], [alice], [bob, carol]])
    await choose('contacts')
    expect(await seen()).toEqual([[alice], [], [bob]])
    await choose('nobody')
    expect(await seen()).toEqual([[], [], []])
    expect(await database.people.present(alice, [alice])).toEqual([alice])
    // Without a profile of that kind nobody is there for strangers either.
    expect(await database.people.present(dave, [bob])).toEqual([])
  })

  test('[U7] who keeps receipts private is told only their own, and others are not told theirs', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    const receipt = { delivered: seq(1), read: seq(1) }
    await database.receipts.join([alice, bob, carol].map((user) => ({ conversation: team, user, receipt })), NOW)
    await database.people.change(bob, { privacy: { privateReceipts: true } }, NOW)
    const told = async (viewer: UserId) => (await database.receipts.shownTo(viewer, team)).map(({ user }) => user)
    expect([await told(alice), await told(bob), await told(carol)]).toEqual([[alice, carol], [bob], [alice, carol]])
    expect(await database.conversations.inboxRow(bob, team)).toMatchObject({ read: 1 })
    // Nor later what was read in private, until something newer is read.
    await say(database, alice, [message(2)])
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(2), read: seq(2) } }], NOW)
    await database.people.change(bob, { privacy: { privateReceipts: false } }, NOW)
    const ofBob = async (viewer: UserId) => (await database.receipts.shownTo(viewer, team)).find(({ user }) => user === bob)
    expect(await ofBob(alice)).toMatchObject({ delivered: 1, read: 1 })
    expect(await ofBob(bob)).toMatchObject({ delivered: 2, read: 2 })
    expect(await database.receipts.reach(alice, team, id(2))).toEqual({ read: 0, delivered: 0, waiting: 2 })
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(2), read: seq(2) } }], NOW)
    expect(await ofBob(alice)).toMatchObject({ read: 1 })
    await say(database, alice, [message(3)])
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(3), read: seq(2) } }], NOW)
    expect(await ofBob(alice)).toMatchObject({ delivered: 3, read: 1 })
    expect(await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(3), read: seq(3) } }], NOW)).toMatchObject([{ told: { delivered: 3, read: 3 } }])
    expect(await ofBob(alice)).toMatchObject({ delivered: 3, read: 3 })
    await database.people.change(bob, { privacy: { privateReceipts: true } }, NOW)
    // The one setting leaves the other.
    await database.people.change(bob, { privacy: { presence: 'nobody' } }, NOW)
    expect((await database.people.own(bob))?.privacy).toEqual({ presence: 'nobody', privateReceipts: true })
  })
}
