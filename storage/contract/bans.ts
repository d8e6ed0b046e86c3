// Who may not join: a change like any other, which no way into a conversation goes around.

import { describe, expect, test } from 'vitest'
import type { Place } from './cast.ts'
import { NOW, id, laptop, seq, setupTeam, team } from './cast.ts'
import { change } from './changes.ts'

export function banContract(makePlace: () => Promise<Place>): void {
  async function withBan() {
    const cast = await setupTeam(makePlace)
    const banned = await change(cast.database, team, cast.alice, { type: 'banned', user: cast.bob }, NOW)
    return { ...cast, banned, conversations: cast.database.conversations }
  }

  describe('bans', () => {
    test('[M5] a ban removes a member and is one event; once more it changes nothing', async () => {
      const { banned, conversations, database, alice, bob } = await withBan()
      expect(banned).toMatchObject({ removed: [bob], added: [], entry: { seq: 1, author: alice, body: { type: 'banned', user: bob } } })
      expect(await conversations.role(team, bob)).toBeNull()
      expect(await conversations.departures(bob, { since: 0, after: null, limit: 9 })).toMatchObject([{ conversation: team }])
      expect(await database.log.control(team, seq(0))).toHaveLength(1)
      expect(await change(database, team, alice, { type: 'banned', user: bob })).toBeNull()
      expect(await conversations.bans(team, 9)).toEqual([{ user: bob, by: alice, at: NOW }])
      expect(await conversations.byId(team)).toMatchObject({ memberCount: 2, bannedCount: 1, head: 1 })
    })

    test('[M5] who is banned neither joins nor is added, until it is lifted, which brings nobody back', async () => {
      const { conversations, database, alice, bob, dave } = await withBan()
      expect(await change(database, team, bob, { type: 'joined', via: 'link' })).toBeNull()
      expect(await change(database, team, alice, { type: 'added', users: [bob] })).toBeNull()
      expect(await change(database, team, alice, { type: 'added', users: [bob, dave] })).toMatchObject({ added: [dave], entry: { body: { users: [dave] } } })
      expect(await conversations.bannedOf(team, [dave, bob])).toEqual([bob])

      expect(await change(database, team, alice, { type: 'unbanned', user: bob })).toMatchObject({ added: [], removed: [], entry: { body: { type: 'unbanned', user: bob } } })
      expect(await change(database, team, alice, { type: 'unbanned', user: bob })).toBeNull()
      expect(await conversations.role(team, bob)).toBeNull()
      expect(await change(database, team, bob, { type: 'joined' })).toMatchObject({ added: [bob] })
      expect(await conversations.departures(bob, { since: 0, after: null, limit: 9 })).toEqual([])
    })

    test('[M5] somebody who is no member is banned too, what they asked for is gone, and they cannot ask again', async () => {
      const { conversations, database, alice, eve } = await withBan()
      await database.joinLinks.create({ id: id(1), conversation: team, codeHash: 'hash', by: alice, now: NOW, expiresAt: NOW + 100, maxUses: 5, approval: true })
      await database.joinLinks.ask('hash', eve, NOW)
      expect(await change(database, team, alice, { type: 'banned', user: eve })).toMatchObject({ removed: [], entry: { body: { type: 'banned', user: eve } } })
      expect(await database.joinLinks.requests(team)).toEqual([])
      expect(await database.joinLinks.ask('hash', eve, NOW)).toBe('banned')
      expect(await database.joinLinks.list(team)).toMatchObject([{ uses: 1 }])
      expect(await conversations.role(team, eve)).toBeNull()
      // Nobody who has no account.
      expect(await change(database, team, alice, { type: 'banned', user: id(0xff) })).toBeNull()
    })

    test('[M5] the directory does not offer a channel to whoever is banned from it', async () => {
      const { conversations, database, alice, bob, eve } = await withBan()
      await conversations.createGroup({ id: id(0xc7), kind: 'channel', name: 'Harbour', owner: alice, members: [bob], now: NOW })
      await change(database, id(0xc7), alice, { type: 'banned', user: bob })
      const found = async (user: typeof bob) => (await conversations.channels(user, { start: '', before: null, limit: 9 })).map(({ name }) => name)
      expect(await found(eve)).toEqual(['Harbour'])
      expect(await found(bob)).toEqual([])
    })

    test('a restored conversation keeps out whom it kept out', async () => {
      const { database, conversations, alice, dave } = await withBan()
      await database.bulk.arrive({ people: [], conversations: [{ kind: 'group', id: id(0xc9), name: 'Old', owner: alice, banned: [dave] }], members: [] }, NOW)
      expect(await conversations.bannedOf(id(0xc9), [dave])).toEqual([dave])
      await conversations.change({ conversation: id(0xc9), author: dave, device: laptop, id: id(0x77), body: { type: 'joined' }, now: NOW })
      expect(await conversations.role(id(0xc9), dave)).toBeNull()
    })
  })
}
