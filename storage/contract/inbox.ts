// The inbox: what a row says, and that `touched` serves as a cursor that skips nothing.

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewEntry } from '../../shared/conversation/entry.ts'
import type { InboxRow } from '../../shared/conversation/inbox.ts'
import { unreadCount } from '../../shared/conversation/inbox.ts'
import type { UserId } from '../../shared/ids.ts'
import { PREVIEW_MAX_CHARS, UNREAD_MAX } from '../../shared/limits.ts'
import type { Database, InboxCursor } from '../database.ts'
import type { Place } from './cast.ts'
import { NOW, edit, erase, id, message, reaction, say, seq, setup, setupTeam, team } from './cast.ts'
import { add, change } from './changes.ts'

export function inboxContract(makePlace: () => Promise<Place>): void {
  describe('inbox', () => {
    rows(makePlace)
    previews(makePlace)
    mentions(makePlace)
    touching(makePlace)
    cursors(makePlace)
  })
}

function rows(makePlace: () => Promise<Place>): void {
  test('a row says all a list shows', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2)])
    await say(database, bob, [message(3, 'at last', { at: NOW - 7 })])
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(2), read: seq(1) } }], NOW)
    const last = { id: id(3), author: bob, at: NOW - 7, preview: 'at last' }
    const row = { conversation: team, kind: 'group', name: 'Team', role: 'member', members: 3, head: 3, read: 1, mentions: 0, quiet: 1, threads: [], last }
    expect(await database.conversations.inboxRow(bob, team)).toEqual({ ...row, touched: expect.any(Number) })
    expect(await database.conversations.inbox(bob, { since: null, before: null, limit: 9 })).toEqual([{ ...row, touched: expect.any(Number) }])
    expect(await database.conversations.last(team)).toEqual(last)
  })

  test('an empty conversation has a row without a last entry; who is no member has none', async () => {
    const { database, alice, bob, dave } = await setupTeam(makePlace)
    expect(await database.conversations.inboxRow(bob, team)).not.toHaveProperty('last')
    expect(await database.conversations.inboxRow(dave, team)).toBeNull()
    // The same for several at once, without those who are no members.
    const several = await database.conversations.inboxRows(team, [bob, dave, alice])
    expect(several).toEqual([
      { user: bob, row: await database.conversations.inboxRow(bob, team) },
      { user: alice, row: await database.conversations.inboxRow(alice, team) },
    ])
    const roles = await database.conversations.roles(team, [bob, dave, alice])
    expect([...roles]).toEqual(several.map(({ user, row }) => [user, row.role]))
    for (const role of ['owner', 'member'] as const) expect(await database.conversations.memberIds(team, [role])).toEqual(expect.arrayContaining(several.filter(({ row }) => row.role === role).map(({ user }) => user)))
    expect(await database.conversations.memberIds(team, [])).toEqual([])
    expect(await database.conversations.last(team)).toBeNull()
    expect(await database.conversations.inbox(id(0xee), { since: null, before: null, limit: 9 })).toEqual([])
  })

  test('own entries after the read mark are never unread, however many they are', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    const unread = async () => (await database.conversations.inbox(alice, { since: null, before: null, limit: 1 })).map((row) => unreadCount(row))
    const own = Array.from({ length: 3 * UNREAD_MAX }, (_, index) => message(index + 1))
    for (let at = 0; at < own.length; at += 50) await say(database, alice, own.slice(at, at + 50))
    expect(await database.conversations.inboxRow(alice, team)).toMatchObject({ quiet: own.length })
    expect(await unread()).toEqual([0])
    await say(database, bob, [message(1_000)])
    expect(await unread()).toEqual([1])
    await database.receipts.join([{ conversation: team, user: alice, receipt: { delivered: seq(0), read: seq(own.length - 3) } }], NOW)
    expect(await database.conversations.inboxRow(alice, team)).toMatchObject({ quiet: 3 })
    expect(await unread()).toEqual([1])
  })

  test('what is unread by the hundred is not counted to the end', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    const many = Array.from({ length: UNREAD_MAX + 50 }, (_, index) => message(index + 1))
    await say(database, bob, many.slice(0, UNREAD_MAX - 1))
    await say(database, alice, [message(1_000)])
    expect(await database.conversations.inboxRow(alice, team)).toMatchObject({ head: UNREAD_MAX, quiet: 1 })
    await say(database, bob, many.slice(UNREAD_MAX - 1))
    expect(await database.conversations.inboxRow(alice, team)).toMatchObject({ head: UNREAD_MAX + 51, quiet: 0 })
  })
}

function previews(makePlace: () => Promise<Place>): void {
  test('[N4] annotations are neither unread nor the last message; an edit changes what that says', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2)])
    await say(database, alice, [reaction(3, 1), edit(4, 1, 'not the last'), edit(5, 2, 'first try'), edit(6, 2, 'the last, edited'), reaction(7, 2)])
    const row = await database.conversations.inboxRow(bob, team)
    expect(row).toMatchObject({ head: 7, quiet: 5, last: { id: id(2), preview: 'the last, edited' } })
    expect(row === null ? 0 : unreadCount(row)).toBe(2)
    expect(await database.conversations.last(team)).toMatchObject({ id: id(2), preview: 'the last, edited' })
  })

  test('a preview is cut, never in the middle of a character', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await say(database, alice, [message(1, `${'a'.repeat(PREVIEW_MAX_CHARS - 1)}🙂🙂`)])
    expect((await database.conversations.last(team))?.preview).toBe('a'.repeat(PREVIEW_MAX_CHARS - 1))
    await say(database, alice, [message(2, '🙂'.repeat(PREVIEW_MAX_CHARS))])
    expect((await database.conversations.last(team))?.preview).toBe('🙂'.repeat(PREVIEW_MAX_CHARS / 2))
  })
}

function mentions(makePlace: () => Promise<Place>): void {
  test('[R9] an unread message that mentions somebody is counted for them alone; all means everyone but its author', async () => {
    const { database, alice, bob, carol, dave } = await setupTeam(makePlace)
    const counted = async () => Promise.all([alice, bob, carol].map(async (user) => (await database.conversations.inboxRow(user, team))?.mentions))
    await say(database, alice, [message(1, '@bob @dave', { mentions: [bob, dave, bob] }), message(2), message(3, '@alice', { mentions: [alice] })])
    expect(await counted()).toEqual([0, 1, 0])
    await say(database, bob, [message(4, '@all @alice', { mentionsAll: true, mentions: [alice] })])
    expect(await counted()).toEqual([1, 1, 1])
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(1), read: seq(1) } }], NOW)
    await say(database, bob, [erase(5, 4)])
    expect(await counted()).toEqual([0, 0, 0])
    // Who comes later was not called.
    await add(database, team, [dave])
    expect(await database.conversations.inboxRow(dave, team)).toMatchObject({ mentions: 0 })
  })

  test('[R9] an edit calls whom it names first, and takes back what was not read', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    const row = async (user: UserId) => database.conversations.inboxRow(user, team)
    const read = (user: UserId, to: number) => database.receipts.join([{ conversation: team, user, receipt: { delivered: seq(to), read: seq(to) } }], NOW)
    await say(database, alice, [message(1, '@bob', { mentions: [bob] }), message(2)])
    await read(bob, 2)
    await read(carol, 2)
    await say(database, alice, [edit(3, 1, '@bob @carol', { mentions: [bob, carol] })])
    expect([await row(bob), await row(carol)]).toMatchObject([{ mentions: 0 }, { mentions: 1, called: 3 }])
    await say(database, alice, [edit(4, 1, '@bob', { mentions: [bob] })])
    expect(await row(carol)).toMatchObject({ mentions: 0 })
    // Named once, they are not called again, by name or with all.
    await read(carol, 4)
    await say(database, alice, [edit(5, 1, '@all', { mentionsAll: true }), edit(6, 1, '@all @carol', { mentionsAll: true, mentions: [carol] })])
    expect([await row(bob), await row(carol)]).toMatchObject([{ mentions: 0 }, { mentions: 0 }])
  })

  test('[R9] commit says whom an edit or an erasure concerns', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    const recalled = async (...entries: NewEntry[]) => {
      const outcome = await say(database, alice, entries)
      return outcome.type === 'committed' ? outcome.results.map((result) => (result.type === 'stored' ? (result.recalled ?? null) : result.type)) : outcome.type
    }
    expect(await recalled(message(1, '@bob', { mentions: [bob] }), edit(2, 1, '@bob!', { mentions: [bob] }), edit(3, 1, '@carol', { mentions: [carol] }))).toEqual([
      null, null, { users: [carol, bob], all: false },
    ])
    expect(await recalled(edit(4, 1, '@all', { mentionsAll: true }), erase(5, 1), message(6), edit(7, 6, 'so'))).toEqual([
      { users: [carol], all: true }, { users: [], all: true }, null, null,
    ])
  })
}

function touching(makePlace: () => Promise<Place>): void {
  test('everything that changes a row touches it later than all before, also when the clock stands still or goes back', async () => {
    const { database, alice, bob, dave } = await setupTeam(makePlace)
    const changes: ((now: number) => Promise<unknown>)[] = [
      (now) => say(database, alice, [message(1)], { now }),
      (now) => database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(1), read: seq(1) } }], now),
      (now) => change(database, team, alice, { type: 'renamed', name: 'Crew' }, now),
      (now) => change(database, team, alice, { type: 'topic', topic: 'What we do' }, now),
      (now) => change(database, team, alice, { type: 'added', users: [dave] }, now),
      (now) => change(database, team, alice, { type: 'role', user: dave, role: 'admin' }, now),
      (now) => change(database, team, alice, { type: 'removed', user: dave }, now),
      (now) => say(database, alice, [message(2)], { now: now - 60_000 }),
    ]
    let before = (await database.conversations.inboxRow(bob, team))?.touched ?? 0
    for (const make of changes) {
      await make(NOW)
      const after = (await database.conversations.inboxRow(bob, team))?.touched ?? 0
      expect(after).toBeGreaterThan(before)
      before = after
    }
  })

  test('what changes nothing in a row touches nothing', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    const before = await database.conversations.inboxRow(bob, team)
    await say(database, alice, [message(1)], { now: NOW + 1 })
    await database.receipts.join([{ conversation: team, user: carol, receipt: { delivered: seq(1), read: seq(1) } }], NOW + 1)
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(1), read: seq(0) } }], NOW + 1)
    await add(database, team, [bob])
    expect(await database.conversations.inboxRow(bob, team)).toEqual(before)
  })
}

function cursors(makePlace: () => Promise<Place>): void {
  test('pages of any size give every row once, newest first', async () => {
    const { database, alice, bob, carol, dave, eve } = await setup(makePlace)
    for (const [index, peer] of [bob, carol, dave, eve].entries()) await database.conversations.direct([alice, peer], id(0xc1 + index), NOW)
    // One transaction touches two of them alike.
    const requests = [0xc1, 0xc3].map((number) => ({ conversation: id(number), author: alice, device: id(1), now: NOW, entries: [message(number)] }))
    await database.log.commit(requests)
    const whole = await allPages(database, alice, 100)
    expect(whole.map((row) => row.conversation)).toEqual([id(0xc1), id(0xc3), id(0xc4), id(0xc2)])
    for (const size of [1, 2, 3]) expect(await allPages(database, alice, size)).toEqual(whole)
  })

  test('asking for what is newer than all one has seen never skips a change', async () => {
    const conversations = [0xc1, 0xc2, 0xc3]
    const moved = fc.record({ at: fc.integer({ min: NOW - 2, max: NOW + 2 }), on: fc.array(fc.constantFrom(...conversations), { minLength: 1, maxLength: 2 }), look: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(moved, { maxLength: 12 }), async (changes) => {
        const { database, alice, bob, carol, dave } = await setup(makePlace)
        for (const [index, peer] of [bob, carol, dave].entries()) await database.conversations.direct([alice, peer], id(0xc1 + index), NOW)
        const seen = new Map<string, InboxRow>()
        const look = async () => {
          const since = Math.max(-1, ...[...seen.values()].map((row) => row.touched))
          for (const row of await database.conversations.inbox(alice, { since, before: null, limit: 100 })) seen.set(row.conversation, row)
        }
        for (const [index, { at, on, look: now }] of changes.entries()) {
          if (now) await look()
          const requests = on.map((number, part) => ({ conversation: id(number), author: alice, device: id(1), now: at, entries: [message(1000 + 2 * index + part)] }))
          await database.log.commit(requests)
        }
        await look()
        const truth = await database.conversations.inbox(alice, { since: null, before: null, limit: 100 })
        expect(new Set(seen.values())).toEqual(new Set(truth))
      }),
      { numRuns: 30 },
    )
  })
}

async function allPages(database: Database, user: UserId, limit: number): Promise<InboxRow[]> {
  const all: InboxRow[] = []
  let before: InboxCursor | null = null
  for (;;) {
    const page: InboxRow[] = await database.conversations.inbox(user, { since: null, before, limit })
    all.push(...page)
    const last = page.at(-1)
    if (last === undefined) return all
    before = { touched: last.touched, conversation: last.conversation }
  }
}
