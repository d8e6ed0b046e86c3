// Links into groups and channels: what ends them, and who asks.

import { describe, expect, test } from 'vitest'
import type { Place } from './cast.ts'
import { NOW, id, setupTeam, team } from './cast.ts'
import { change } from './changes.ts'

export function joinLinkContract(makePlace: () => Promise<Place>): void {
  async function withLink(more: { maxUses?: number; approval?: boolean } = {}) {
    const cast = await setupTeam(makePlace)
    const link = await cast.database.joinLinks.create({ id: id(1), conversation: team, codeHash: 'hash', by: cast.alice, now: NOW, expiresAt: NOW + 100, maxUses: 2, approval: false, ...more })
    return { ...cast, link, links: cast.database.joinLinks }
  }

  describe('links', () => {
    test('[C4] a link counts until it expires', async () => {
      const { links, link } = await withLink()
      expect(await links.list(team)).toEqual([link])
      expect(await links.look('hash', NOW + 99)).toEqual({ conversation: team, approval: false })
      expect(await links.look('hash', NOW + 100)).toBeNull()
      expect(await links.spend('hash', NOW + 100)).toBeNull()
      expect(await links.look('other', NOW)).toBeNull()
    })

    test('[C4] a link counts as often as it says', async () => {
      const { links } = await withLink()
      const spent = await Promise.all([links.spend('hash', NOW), links.spend('hash', NOW), links.spend('hash', NOW)])
      expect(spent.filter((target) => target !== null)).toHaveLength(2)
      expect(await links.list(team)).toMatchObject([{ uses: 2 }])
    })

    test('[C4] a revoked link counts no more; it is revoked by its conversation alone, and the first time stands', async () => {
      const { links } = await withLink()
      expect(await links.revoke(id(0xff), id(1), NOW)).toBe(false)
      expect(await links.look('hash', NOW)).not.toBeNull()
      expect(await links.revoke(team, id(1), NOW + 1)).toBe(true)
      expect(await links.revoke(team, id(1), NOW + 2)).toBe(true)
      expect(await links.list(team)).toMatchObject([{ revokedAt: NOW + 1 }])
      expect(await links.look('hash', NOW + 3)).toBeNull()
    })

    test('[C5] who asks is listed once, in order, and costs a use once; a decision settles it', async () => {
      const { links, dave, eve } = await withLink({ approval: true })
      expect([await links.ask('hash', eve, NOW), await links.ask('hash', eve, NOW + 5), await links.ask('hash', dave, NOW + 9)]).toEqual(['asked', 'already', 'asked'])
      expect(await links.requests(team)).toEqual([{ user: eve, at: NOW }, { user: dave, at: NOW + 9 }])
      expect(await links.list(team)).toMatchObject([{ uses: 2 }])
      expect(await links.settle(team, eve, NOW)).toBe(true)
      expect(await links.settle(team, eve, NOW)).toBe(false)
      expect([await links.hasAsked(team, eve), await links.hasAsked(team, dave)]).toEqual([false, true])
      expect(await links.ask('hash', eve, NOW)).toBe('invalid')
    })

    test('[C5] who asks stands in the row of those who decide, and moves it; to be let in by any way settles it', async () => {
      const { database, alice, carol, dave, eve } = await setupTeam(makePlace)
      const { conversations } = database
      const since = (await conversations.inboxRow(alice, team))?.touched ?? Infinity
      await database.joinLinks.create({ id: id(1), conversation: team, codeHash: 'hash', by: alice, now: NOW, expiresAt: NOW + 100, maxUses: 5, approval: true })
      await database.joinLinks.ask('hash', eve, NOW + 1)
      await database.joinLinks.ask('hash', dave, NOW + 2)
      expect(await conversations.inbox(alice, { since, before: null, limit: 9 })).toMatchObject([{ asking: { count: 2, lastAt: NOW + 2 } }])
      expect((await conversations.inboxRow(carol, team))?.asking).toBeUndefined()
      await database.joinLinks.settle(team, dave, NOW + 3)
      expect((await conversations.inboxRow(alice, team))?.asking).toEqual({ count: 1, lastAt: NOW + 1 })
      await change(database, team, alice, { type: 'added', users: [eve] })
      expect((await conversations.inboxRow(alice, team))?.asking).toBeUndefined()
    })
  })
}
