// Links into groups and channels: what ends them, and who asks.

import { describe, expect, test } from 'vitest'
import type { Place } from './cast.ts'
import { NOW, id, setupTeam, team } from './cast.ts'
import { change } from './changes.ts'

export function joinLinkContract(makePlace: () => Promise<Place>): void {
  linkContract((more) => withLink(makePlace, more))
  requestContract((more) => withLink(makePlace, { approval: true, ...more }))
}

type Given = { maxUses?: number; approval?: boolean }

async function withLink(makePlace: () => Promise<Place>, given: Given = {}) {
  const cast = await setupTeam(makePlace)
  const link = await cast.database.joinLinks.create({ id: id(1), conversation: team, codeHash: 'hash', by: cast.alice, now: NOW, expiresAt: NOW + 100, maxUses: 2, approval: false, ...given })
  return { ...cast, link, links: cast.database.joinLinks }
}

type SetUp = (given?: Given) => ReturnType<typeof withLink>

function linkContract(setup: SetUp): void {
  describe('links', () => {
    test('[C4] a link counts until it expires', async () => {
      const { links, link } = await setup()
      expect(await links.list(team)).toEqual([link])
      expect(await links.look('hash', NOW + 99)).toEqual({ conversation: team, approval: false })
      expect(await links.look('hash', NOW + 100)).toBeNull()
      expect(await links.spend('hash', NOW + 100)).toBeNull()
      expect(await links.look('other', NOW)).toBeNull()
    })

    test('[C4] a link counts as often as it says', async () => {
      const { links } = await setup()
      const spent = await Promise.all([links.spend('hash', NOW), links.spend('hash', NOW), links.spend('hash', NOW)])
      expect(spent.filter((target) => target !== null)).toHaveLength(2)
      expect(await links.list(team)).toMatchObject([{ uses: 2 }])
    })

    test('[C4] a revoked link counts no more; it is revoked by its conversation alone, and the first time stands', async () => {
      const { links } = await setup()
      expect(await links.revoke(id(0xff), id(1), NOW)).toBe(false)
      expect(await links.look('hash', NOW)).not.toBeNull()
      expect(await links.revoke(team, id(1), NOW + 1)).toBe(true)
      expect(await links.revoke(team, id(1), NOW + 2)).toBe(true)
      expect(await links.list(team)).toMatchObject([{ revokedAt: NOW + 1 }])
      expect(await links.look('hash', NOW + 3)).toBeNull()
    })
  })
}

function requestContract(setup: SetUp): void {
  describe('requests to join', () => {
    test('[C5] who asks is listed once, in order, and costs a use once; a decision settles it', async () => {
      const { links, dave, eve } = await setup()
      expect([await links.ask('hash', eve, NOW), await links.ask('hash', eve, NOW + 5), await links.ask('hash', dave, NOW + 9)]).toEqual(['asked', 'already', 'asked'])
      expect(await links.requests(team)).toEqual([{ user: eve, at: NOW }, { user: dave, at: NOW + 9 }])
      expect(await links.list(team)).toMatchObject([{ uses: 2 }])
      expect(await links.decline(team, eve, NOW)).toBe(true)
      expect(await links.decline(team, eve, NOW)).toBe(false)
      expect([await links.hasAsked(team, eve), await links.hasAsked(team, dave)]).toEqual([false, true])
      expect(await links.ask('hash', eve, NOW)).toBe('invalid')
    })

    test('[C5] who was declined, or banned while they asked, finds it until they have read it, ask again or are in', async () => {
      const { database, links, alice, eve, dave } = await setup({ maxUses: 9 })
      const name = (await database.conversations.byId(team))?.name
      const told = async () => [await links.declined(eve), await links.declined(dave)]
      const declined = [{ conversation: team, name }]
      for (const user of [eve, dave]) await links.ask('hash', user, NOW)
      expect(await told()).toEqual([[], []])
      await links.decline(team, eve, NOW)
      expect(await told()).toEqual([declined, []])
      await links.declinedRead(dave, team)
      expect(await told()).toEqual([declined, []])
      await links.declinedRead(eve, team)
      expect(await told()).toEqual([[], []])

      await links.ask('hash', eve, NOW)
      await links.decline(team, eve, NOW)
      await links.ask('hash', eve, NOW)
      expect(await told()).toEqual([[], []])
      await links.decline(team, eve, NOW)
      await change(database, team, alice, { type: 'added', users: [eve] })
      expect(await told()).toEqual([[], []])

      expect(await change(database, team, alice, { type: 'banned', user: dave })).toMatchObject({ declined: [dave] })
      expect(await told()).toEqual([[], declined])
    })

    test('[C5] who asks stands in the row of those who decide, and moves it; to be let in by any way settles it', async () => {
      const { database, alice, carol, dave, eve } = await setup({ maxUses: 5 })
      const { conversations } = database
      const since = (await conversations.inboxRow(alice, team))?.touched ?? Infinity
      await database.joinLinks.ask('hash', eve, NOW + 1)
      await database.joinLinks.ask('hash', dave, NOW + 2)
      expect(await conversations.inbox(alice, { since, before: null, limit: 9 })).toMatchObject([{ asking: { count: 2, lastAt: NOW + 2 } }])
      expect((await conversations.inboxRow(carol, team))?.asking).toBeUndefined()
      await database.joinLinks.decline(team, dave, NOW + 3)
      expect((await conversations.inboxRow(alice, team))?.asking).toEqual({ count: 1, lastAt: NOW + 1 })
      await change(database, team, alice, { type: 'added', users: [eve] })
      expect((await conversations.inboxRow(alice, team))?.asking).toBeUndefined()
    })
  })
}
