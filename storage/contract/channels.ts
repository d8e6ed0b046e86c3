// Channels: a directory that everybody sees, and joining by oneself.

import { describe, expect, test } from 'vitest'
import { defaultPermissions } from '../../shared/conversation/membership.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { Database } from '../database.ts'
import type { Place } from './cast.ts'
import { NOW, id, message, say, setup, setupTeam, team, wholeLog } from './cast.ts'
import { change, leave } from './changes.ts'

export function channelContract(makePlace: () => Promise<Place>): void {
  describe('channels', () => {
    directory(makePlace)
    joining(makePlace)
  })
}

function directory(makePlace: () => Promise<Place>): void {
  test('[C1] everybody finds a channel, and nobody a group or a direct conversation', async () => {
    const { database, alice, bob, eve } = await setupTeam(makePlace)
    await database.conversations.direct([alice, bob], id(0xc1), NOW)
    await open(database, alice, id(0xc2), 'General')
    expect(await found(database, eve)).toEqual([id(0xc2)])
    expect(await found(database, alice)).toEqual([id(0xc2)])
    expect(await database.conversations.channel(eve, team)).toBeNull()
    expect(await database.conversations.channel(eve, id(0xc1))).toBeNull()
    expect(await database.conversations.channel(eve, id(0xff))).toBeNull()
  })

  test('[C1] says what it is called and about, how many are in it, and whether the asker is', async () => {
    const { database, alice, bob, eve } = await setup(makePlace)
    await open(database, alice, id(0xc2), 'General', [bob])
    await change(database, id(0xc2), alice, { type: 'topic', topic: 'Whatever' })
    expect(await database.conversations.channel(eve, id(0xc2))).toMatchObject({ name: 'General', topic: 'Whatever', members: 2, joined: false })
    expect(await database.conversations.channel(eve, id(0xc2))).not.toHaveProperty('lastAt')
    await say(database, alice, [message(1, 'hello', { at: NOW - 5 })], { to: id(0xc2) })
    expect(await database.conversations.channel(bob, id(0xc2))).toMatchObject({ joined: true, lastAt: NOW - 5 })
  })

  test('a channel starts with the permissions of a channel, and its id is no id of a group', async () => {
    const { database, alice } = await setup(makePlace)
    await open(database, alice, id(0xc2), 'General')
    expect(await database.conversations.byId(id(0xc2))).toMatchObject({ kind: 'channel', permissions: defaultPermissions('channel') })
    expect(defaultPermissions('channel')).toMatchObject({ write: 'member', invite: 'member', describe: 'admin' })
    expect(await database.conversations.createGroup({ id: id(0xc2), name: 'General', owner: alice, members: [], now: NOW })).toBe('exists')
  })

  test('[C1] is found by the start of any word of its name, without case and accents, also after it was renamed', async () => {
    const { database, alice, eve } = await setup(makePlace)
    await open(database, alice, id(0xc2), 'Café de Paris')
    await open(database, alice, id(0xc3), 'General')
    expect(await found(database, eve, 'CAFE d')).toEqual([id(0xc2)])
    expect(await found(database, eve, 'par')).toEqual([id(0xc2)])
    expect(await found(database, eve, 'afé')).toEqual([])
    await change(database, id(0xc2), alice, { type: 'renamed', name: 'Tea room' })
    expect(await found(database, eve, 'par')).toEqual([])
    expect(await found(database, eve, 'roo')).toEqual([id(0xc2)])
  })

  test('[C1] where something happened last comes first, a page at a time', async () => {
    const { database, alice, eve } = await setup(makePlace)
    const all = [id(0xc2), id(0xc3), id(0xc4)]
    for (const channel of all) await open(database, alice, channel, 'Channel')
    await say(database, alice, [message(1)], { to: id(0xc3), now: NOW + 50 })
    const first = await database.conversations.channels(eve, { start: '', before: null, limit: 2 })
    expect(first.map((channel) => channel.id)).toEqual([id(0xc3), id(0xc4)])
    const last = first[1]
    const rest = await database.conversations.channels(eve, { start: '', before: last === undefined ? null : { touched: last.touched, conversation: last.id }, limit: 2 })
    expect(rest.map((channel) => channel.id)).toEqual([id(0xc2)])
  })
}

function joining(makePlace: () => Promise<Place>): void {
  test('[C3] joining is an event of whoever joins, once; they have read what was before, and may write', async () => {
    const { database, alice, eve } = await setup(makePlace)
    await open(database, alice, id(0xc2), 'General')
    await say(database, alice, [message(1)], { to: id(0xc2) })
    const joined = await change(database, id(0xc2), eve, { type: 'joined' })
    expect(joined).toMatchObject({ added: [eve], removed: [], entry: { author: eve, seq: 2, body: { type: 'joined' } } })
    expect(await change(database, id(0xc2), eve, { type: 'joined' })).toBeNull()
    expect(await database.conversations.inboxRow(eve, id(0xc2))).toMatchObject({ kind: 'channel', role: 'member', head: 2, read: 2, quiet: 0 })
    expect(await say(database, eve, [message(2)], { to: id(0xc2) })).toMatchObject({ type: 'committed' })
    expect((await wholeLog(database, id(0xc2))).map(({ kind }) => kind)).toEqual(['message', 'event', 'message'])
  })

  test('[C3] whoever left may come back', async () => {
    const { database, alice, eve } = await setup(makePlace)
    await open(database, alice, id(0xc2), 'General', [eve])
    await leave(database, id(0xc2), eve)
    expect(await database.conversations.channel(eve, id(0xc2))).toMatchObject({ joined: false, members: 1 })
    await change(database, id(0xc2), eve, { type: 'joined' })
    expect(await database.conversations.departures(eve, { since: 0, after: null, limit: 9 })).toEqual([])
    expect(await database.conversations.channel(eve, id(0xc2))).toMatchObject({ joined: true, members: 2 })
  })

  test('an import brings channels, which are found as well', async () => {
    const { database, alice, eve } = await setup(makePlace)
    await database.bulk.arrive({ people: [], conversations: [{ kind: 'channel', id: id(0xc2), name: 'Old news', owner: alice }], members: [] }, NOW)
    expect(await found(database, eve, 'news')).toEqual([id(0xc2)])
    expect(await database.conversations.byId(id(0xc2))).toMatchObject({ kind: 'channel', permissions: defaultPermissions('channel') })
  })
}

async function open(database: Database, owner: UserId, channel: ConversationId, name: string, members: readonly UserId[] = []): Promise<void> {
  expect(await database.conversations.createGroup({ id: channel, kind: 'channel', name, owner, members, now: NOW })).toBe('created')
}

async function found(database: Database, user: UserId, start = ''): Promise<ConversationId[]> {
  return (await database.conversations.channels(user, { start, before: null, limit: 10 })).map((channel) => channel.id)
}
