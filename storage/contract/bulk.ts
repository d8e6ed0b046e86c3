// What an import brings at once, and what an export reads.

import { describe, expect, test } from 'vitest'
import { MEMBERS_MAX } from '../../shared/limits.ts'
import type { Place } from './cast.ts'
import { NOW, brief, id, message, say, setup, setupTeam, team } from './cast.ts'
import { setRole } from './changes.ts'

export function bulkContract(makePlace: () => Promise<Place>): void {
  describe('bulk', () => {
    arriving(makePlace)
    readingAll(makePlace)
  })
}

function arriving(makePlace: () => Promise<Place>): void {
  test('people, conversations and members arrive together, and a second time change nothing', async () => {
    const { database, alice } = await setup(makePlace)
    const arrivals = {
      people: [{ id: id(1), handles: ['alice', 'alice-2'], name: 'Alice of old' }, { id: id(2), handles: ['zed'], name: 'Zed' }],
      conversations: [
        { kind: 'group', id: team, name: 'Old team', owner: alice },
        { kind: 'direct', id: id(0xc1), pair: [id(1), id(2)] },
        { kind: 'direct', id: id(0xc2), pair: [id(2), id(2)] },
      ],
      members: [{ conversation: team, user: id(2), role: 'member' }],
    } as const
    expect(await database.bulk.arrive(arrivals, NOW)).toMatchObject({ people: 2, leftOut: 0 })
    expect(await database.accounts.byId(id(1))).toMatchObject({ handle: 'alice-2', placeholder: true })
    expect((await database.accounts.search('of old', 5)).map((person) => person.id)).toEqual([id(1)])
    await setRole(database, team, id(2), 'admin')
    expect(await database.bulk.arrive(arrivals, NOW)).toMatchObject({ people: 0, leftOut: 0 })
    expect(await database.conversations.members(team, null, 9)).toEqual([{ user: id(2), role: 'admin' }, { user: alice, role: 'owner' }])
    expect(await database.conversations.byId(team)).toMatchObject({ memberCount: 2 })
    expect(await database.conversations.direct([id(2), id(1)], id(0xc9), NOW)).toEqual({ id: id(0xc1), created: false })
    expect(await database.conversations.byId(id(0xc2))).toMatchObject({ memberCount: 1 })
  })

  test('a pair that has its conversation keeps it', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.conversations.direct([bob, alice], id(0xc1), NOW)
    const arrived = await database.bulk.arrive({ people: [], conversations: [{ kind: 'direct', id: id(0xc2), pair: [alice, bob] }], members: [] }, NOW)
    expect(arrived.conversations).toEqual([{ id: id(0xc1), created: false }])
  })

  test('who finds no room is left out and can still be an author', async () => {
    const { database, alice } = await setupTeam(makePlace)
    const crowd = Array.from({ length: MEMBERS_MAX - 2 }, (_, index) => id(0x1000 + index))
    const people = crowd.map((user, index) => ({ id: user, handles: [`crowd-${index}`], name: 'C' }))
    const members = crowd.map((user) => ({ conversation: team, user, role: 'member' as const }))
    expect(await database.bulk.arrive({ people, conversations: [], members }, NOW)).toMatchObject({ leftOut: 1 })
    expect(await database.conversations.byId(team)).toMatchObject({ memberCount: MEMBERS_MAX })
    expect(brief(await say(database, crowd.at(-1) ?? alice, [message(1)], { trusted: true }))).toEqual([1])
  })
}

function readingAll(makePlace: () => Promise<Place>): void {
  test('everyone and every conversation, a page at a time in order of id', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await database.conversations.direct([alice, bob], id(0xc5), NOW)
    const handlesAfter = async (after: typeof alice | null) => (await database.bulk.people(after, 2)).map((person) => person.handle)
    expect(await handlesAfter(null)).toEqual(['alice', 'bob'])
    expect(await handlesAfter(id(0xa4))).toEqual(['eve'])
    expect((await database.bulk.conversations(null, 1)).map((record) => record.id)).toEqual([team])
    expect((await database.bulk.conversations(team, 9)).map((record) => record.id)).toEqual([id(0xc5)])
  })

  test('tells what of an import is stored already', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2), message(3)])
    const asked = [message(3), message(1), message(2, 'other words'), message(4)].map((entry) => ({ author: alice, entry }))
    expect(await database.bulk.stored(team, asked)).toEqual([3, 1, 'different', null])
    expect(await database.bulk.stored(team, [{ author: bob, entry: message(1) }])).toEqual(['different'])
  })
}
