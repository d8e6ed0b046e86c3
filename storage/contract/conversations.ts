// Who is in a conversation, and as what.

import { describe, expect, test } from 'vitest'
import { DEFAULT_PERMISSIONS } from '../../shared/conversation/membership.ts'
import type { Departure } from '../../shared/conversation/inbox.ts'
import type { Place } from './cast.ts'
import { NOW, id, message, say, setup, setupTeam, team, wholeLog } from './cast.ts'
import { add, change, leave, setRole } from './changes.ts'

export function conversationContract(makePlace: () => Promise<Place>): void {
  describe('conversations', () => {
    direct(makePlace)
    groups(makePlace)
    members(makePlace)
    apart(makePlace)
    roles(makePlace)
  })
}

function direct(makePlace: () => Promise<Place>): void {
  test('a pair has one direct conversation, whoever asks, also when both ask at once', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const answers = await Promise.all([
      database.conversations.direct([alice, bob], id(0xc1), NOW),
      database.conversations.direct([bob, alice], id(0xc2), NOW),
      database.conversations.direct([alice, bob], id(0xc3), NOW),
    ])
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    expect(answers.filter((answer) => answer.created)).toHaveLength(1)
    expect(await database.conversations.direct([bob, alice], id(0xc4), NOW)).toEqual({ id: answers[0]?.id, created: false })
    expect(await database.conversations.memberIds(answers[0]?.id ?? team)).toEqual([alice, bob])
  })

  test('other pairs have others, and a person may keep one with themselves', async () => {
    const { database, alice, bob, carol } = await setup(makePlace)
    const pairs = [[alice, bob], [alice, carol], [bob, carol], [alice, alice]] as const
    const ids = await Promise.all(pairs.map((pair, index) => database.conversations.direct(pair, id(0xc1 + index), NOW)))
    expect(new Set(ids.map((answer) => answer.id)).size).toBe(4)
    expect(await database.conversations.inboxRow(alice, id(0xc4))).toMatchObject({ peer: alice, members: 1 })
    expect(await database.conversations.inboxRow(bob, id(0xc1))).toMatchObject({ peer: alice, kind: 'direct', name: '', role: 'member' })
    expect(await database.conversations.inboxRow(alice, id(0xc1))).toMatchObject({ peer: bob })
  })

  test('needs two accounts, and leaves nothing when one is missing', async () => {
    const { database, alice } = await setup(makePlace)
    await expect(database.conversations.direct([alice, id(0xee)], id(0xc1), NOW)).rejects.toThrow('accounts')
    expect(await database.conversations.byId(id(0xc1))).toBeNull()
  })
}

function groups(makePlace: () => Promise<Place>): void {
  test('a group begins with the topic and the permissions it is given', async () => {
    const { database, alice } = await setup(makePlace)
    const permissions = { write: 'admin', invite: 'member', pin: 'admin', describe: 'member' } as const
    await database.conversations.createGroup({ id: id(0xc8), name: 'Choir', topic: 'Tuesdays', permissions, owner: alice, members: [], now: NOW })
    expect(await database.conversations.byId(id(0xc8))).toMatchObject({ topic: 'Tuesdays', permissions })
  })

  test('a retry does not make a second group, and nobody else can use its id', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const group = { id: team, name: 'Team', owner: alice, members: [bob], now: NOW }
    const answers = await Promise.all([database.conversations.createGroup(group), database.conversations.createGroup(group)])
    expect(answers.toSorted()).toEqual(['already', 'created'])
    expect(await database.conversations.createGroup({ ...group, owner: bob })).toBe('exists')
    await database.conversations.direct([alice, bob], id(0xc1), NOW)
    expect(await database.conversations.createGroup({ ...group, id: id(0xc1) })).toBe('exists')
    expect(await database.conversations.byId(team)).toEqual({
      id: team, kind: 'group', name: 'Team', topic: '', picture: null, bannedCount: 0, permissions: DEFAULT_PERMISSIONS, createdAt: NOW, memberCount: 2, head: 0,
    })
  })

  test('who is named twice is in once, and who has no account is not in', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.conversations.createGroup({ id: team, name: 'Team', owner: alice, members: [bob, alice, bob, id(0xee)], now: NOW })
    expect(await database.conversations.members(team, null, 10)).toEqual([{ user: alice, role: 'owner' }, { user: bob, role: 'member' }])
    expect(await database.conversations.byId(team)).toMatchObject({ memberCount: 2 })
  })

  test('a group can be renamed', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await change(database, team, alice, { type: 'renamed', name: 'Crew' })
    expect(await database.conversations.inboxRow(bob, team)).toMatchObject({ name: 'Crew' })
  })
}

function members(makePlace: () => Promise<Place>): void {
  test('adding tells who is new', async () => {
    const { database, bob, dave, eve } = await setupTeam(makePlace)
    expect(await add(database, team, [bob, dave, dave, eve, id(0xee)])).toEqual([dave, eve])
    expect(await add(database, id(0xff), [dave])).toEqual([])
    expect(await database.conversations.byId(team)).toMatchObject({ memberCount: 5 })
  })

  test('a removed member keeps nothing: no row, no role, no right to write', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    expect(await leave(database, team, bob)).toBe(true)
    expect(await leave(database, team, bob)).toBe(false)
    expect(await database.conversations.role(team, bob)).toBeNull()
    expect(await database.conversations.inboxRow(bob, team)).toBeNull()
    expect(await database.conversations.inbox(bob, { since: null, before: null, limit: 10 })).toEqual([])
    expect(await database.conversations.memberIds(team)).not.toContain(bob)
    expect(await database.conversations.byId(team)).toMatchObject({ memberCount: 2 })
    expect((await wholeLog(database)).map(({ kind }) => kind)).toEqual(['message', 'event'])
  })

  test('a device that was away learns what its person was taken out of, unless they are back', async () => {
    const { database, bob } = await setupTeam(makePlace)
    const departed = async (since: number) => (await database.conversations.departures(bob, { since, after: null, limit: 9 })).map(({ conversation }) => conversation)
    const before = (await database.conversations.inboxRow(bob, team))?.touched ?? 0
    await leave(database, team, bob)
    expect(await departed(before)).toEqual([team])
    await add(database, team, [bob])
    expect(await departed(before)).toEqual([])
    await leave(database, team, bob)
    expect(await departed(before)).toEqual([team])
  })

  test('what was written before somebody came is read by them', async () => {
    const { database, alice, dave } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2)])
    await add(database, team, [dave])
    expect(await database.conversations.inboxRow(dave, team)).toMatchObject({ head: 3, read: 3, quiet: 0 })
    // And the others are told so.
    expect(await database.receipts.shownTo(alice, team)).toContainEqual({ user: dave, delivered: 3, read: 3 })
  })

  test('members come a page at a time in order of their ids', async () => {
    const { database, alice, bob, carol, dave } = await setupTeam(makePlace)
    await add(database, team, [dave])
    const page = async (after: typeof alice | null) => (await database.conversations.members(team, after, 2)).map((member) => member.user)
    expect(await page(null)).toEqual([alice, bob])
    expect(await page(bob)).toEqual([carol, dave])
    expect(await page(dave)).toEqual([])
  })
}

function apart(makePlace: () => Promise<Place>): void {
  test('pages of any size give every departure since then once, oldest first', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const left = Array.from({ length: 5 }, (_, index) => id(0xc1 + index))
    for (const group of left) await database.conversations.createGroup({ id: group, name: 'Team', owner: alice, members: [bob], now: NOW })
    const leaving = [...left.slice(2), ...left.slice(0, 2)]
    for (const group of leaving) await leave(database, group, bob)
    const [first, ...later] = await database.conversations.departures(bob, { since: 0, after: null, limit: 9 })
    expect([first, ...later].map((departure) => departure?.conversation)).toEqual(leaving)
    for (const limit of [1, 2, 5]) {
      const all: Departure[] = []
      for (;;) {
        const page = await database.conversations.departures(bob, { since: first?.touched ?? 0, after: all.at(-1) ?? null, limit })
        all.push(...page)
        if (page.length < limit) break
      }
      expect(all).toEqual(later)
    }
  })

  test('who shares a conversation with somebody, a pair or a group, until they leave it', async () => {
    const { database, alice, bob, carol, dave, eve } = await setupTeam(makePlace)
    await database.conversations.direct([alice, dave], id(0xc1), NOW)
    const nobody = id(0xee)
    const everybody = [eve, dave, carol, nobody, bob, alice]
    expect(await database.conversations.sharing(alice, everybody)).toEqual([dave, carol, bob, alice])
    expect(await database.conversations.sharing(dave, everybody)).toEqual([dave, alice])
    expect(await database.conversations.sharing(eve, everybody)).toEqual([eve])
    expect(await database.conversations.sharing(nobody, everybody)).toEqual([])
    expect(await database.conversations.sharing(alice, [])).toEqual([])
    await leave(database, team, bob)
    expect(await database.conversations.sharing(alice, everybody)).toEqual([dave, carol, alice])
    expect(await database.conversations.sharing(bob, everybody)).toEqual([bob])
  })
}

function roles(makePlace: () => Promise<Place>): void {
  test('who makes another the owner becomes an admin', async () => {
    const { database, alice, bob, dave } = await setupTeam(makePlace)
    await setRole(database, team, bob, 'owner')
    expect([await database.conversations.role(team, alice), await database.conversations.role(team, bob)]).toEqual(['admin', 'owner'])
    await setRole(database, team, dave, 'owner')
    expect([await database.conversations.role(team, bob), await database.conversations.role(team, dave)]).toEqual(['owner', null])
  })

  test('an owner who leaves is followed by the longest-standing admin, else member', async () => {
    const { database, alice, bob, carol, dave } = await setupTeam(makePlace)
    await add(database, team, [dave])
    await setRole(database, team, dave, 'admin')
    await leave(database, team, alice)
    expect(await database.conversations.role(team, dave)).toBe('owner')
    await leave(database, team, dave)
    expect([await database.conversations.role(team, bob), await database.conversations.role(team, carol)]).toEqual(['owner', 'member'])
  })

  test('the leaving of anyone else changes no role', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    await leave(database, team, bob)
    expect([await database.conversations.role(team, alice), await database.conversations.role(team, carol)]).toEqual(['owner', 'member'])
  })
}
