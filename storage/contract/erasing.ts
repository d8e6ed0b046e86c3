// Erasure and pins: what one entry does to another.

import { describe, expect, test } from 'vitest'
import type { RestoredEntry } from '../../shared/conversation/entry.ts'
import { textOf } from '../../shared/conversation/entry.ts'
import { DEFAULT_PERMISSIONS } from '../../shared/conversation/membership.ts'
import type { UserId } from '../../shared/ids.ts'
import type { ErasureCursor } from '../database.ts'
import type { Place } from './cast.ts'
import { NOW, brief, edit, erase, id, message, pin, reaction, say, seq, setupTeam, team, wholeLog } from './cast.ts'
import { change, setRole } from './changes.ts'

export function erasingContract(makePlace: () => Promise<Place>): void {
  describe('erasing', () => {
    erasing(makePlace)
    erasedElsewhere(makePlace)
    pinning(makePlace)
  })
}

function erasing(makePlace: () => Promise<Place>): void {
  test('[N6] of an erased message only its place is left, and of its edits only that they were made', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1, 'a secret'), message(2), edit(3, 1, 'a secret again'), reaction(4, 1), edit(5, 2, 'stays')])
    expect(brief(await say(database, bob, [erase(6, 1)]))).toEqual(['not-author'])
    expect(brief(await say(database, alice, [erase(6, 1), erase(6, 1)]))).toEqual([6, 'duplicate of 6'])
    expect((await wholeLog(database)).map(({ kind, body }) => [kind, body])).toEqual([
      ['erased', {}],
      ['message', { text: 'message 2' }],
      ['edit', { of: id(1), target: 1, text: '' }],
      ['reaction', { of: id(1), target: 1, emoji: '👍', on: true }],
      ['edit', { of: id(2), target: 2, text: 'stays' }],
      ['erase', { of: id(1), target: 1 }],
    ])
    expect(await database.log.generation(team, 0)).toBe(2)
    expect((await database.log.annotations(team, seq(1), seq(1), seq(0))).map(({ kind }) => kind)).toEqual(['reaction', 'erase'])
    expect(await database.conversations.inboxRow(bob, team)).toMatchObject({ head: 6, quiet: 4 })
  })

  test('[N6] what was erased is answered as before, and nothing more is said about it', async () => {
    const { database, alice } = await setupTeam(makePlace)
    const before = [message(1, 'a secret'), edit(2, 1, 'a secret again')]
    await say(database, alice, [...before, erase(3, 1)])
    expect(brief(await say(database, alice, before))).toEqual(['duplicate of 1', 'duplicate of 2'])
    expect(brief(await say(database, alice, [edit(4, 1, 'x'), reaction(5, 1), pin(6, 1), erase(7, 1), message(8, 'yes', { replyTo: id(1) })]))).toEqual([
      'erased', 'erased', 'erased', 4, 5,
    ])
    expect(await database.log.generation(team, 0)).toBe(2)
  })

  test('[N7] admins erase what others wrote in a group; in a direct conversation each erases their own', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    await setRole(database, team, bob, 'admin')
    await say(database, carol, [message(1)])
    await say(database, alice, [message(2)])
    expect(brief(await say(database, bob, [erase(3, 1), erase(4, 2)]))).toEqual([4, 5])
    const { id: pair } = await database.conversations.direct([alice, bob], id(0xc1), NOW)
    await say(database, alice, [message(1)], { to: pair })
    expect(brief(await say(database, bob, [erase(2, 1)], { to: pair }))).toEqual(['not-author'])
    expect(brief(await say(database, alice, [erase(2, 1)], { to: pair }))).toEqual([2])
    expect(await database.conversations.last(pair)).toMatchObject({ preview: '', erased: true })
  })
}

function erasedElsewhere(makePlace: () => Promise<Place>): void {
  test('a device that was away learns what was erased, of its own conversations, a page at a time', async () => {
    const { database, alice, bob, dave } = await setupTeam(makePlace)
    const { id: pair } = await database.conversations.direct([alice, bob], id(0xc1), NOW)
    await say(database, alice, [message(1), message(2), message(3), erase(4, 2), erase(5, 3)])
    await say(database, alice, [message(1), erase(2, 1)], { to: pair })
    const feed = async (user: UserId, after: ErasureCursor, limit: number) => (await database.log.erasures(user, after, limit)).map(({ conversation, target }) => [conversation, target])
    expect(await feed(bob, NOTHING_KNOWN, 9)).toEqual([[team, 2], [team, 3], [pair, 1]])
    expect(await feed(bob, NOTHING_KNOWN, 1)).toEqual([[team, 2]])
    const [first] = await database.log.erasures(bob, NOTHING_KNOWN, 1)
    expect(await feed(bob, first!, 9)).toEqual([[team, 3], [pair, 1]])
    expect(await feed(dave, NOTHING_KNOWN, 9)).toEqual([])
  })

  test('stubs and events that an import restores stay what they are', async () => {
    const { database, alice } = await setupTeam(makePlace)
    const restored: RestoredEntry[] = [
      { id: id(1), at: NOW, kind: 'erased', body: {} },
      { id: id(2), at: NOW, kind: 'edit', body: { of: id(1), text: '' } },
      { id: id(3), at: NOW, kind: 'event', body: { type: 'renamed', name: 'Crew' } },
      erase(4, 1),
    ]
    expect(brief(await say(database, alice, restored, { trusted: true }))).toEqual([1, 2, 3, 4])
    expect(brief(await say(database, alice, restored, { trusted: true }))).toEqual([1, 2, 3, 4].map((number) => `duplicate of ${number}`))
    expect(await database.bulk.stored(team, restored.map((entry) => ({ author: alice, entry })))).toEqual([1, 2, 3, 4])
    expect(await database.log.generation(team, 0)).toBe(2)
    expect((await database.log.control(team, seq(0))).map(({ kind }) => kind)).toEqual(['event', 'erase'])
    expect(await database.conversations.byId(team)).toMatchObject({ name: 'Team' })
    expect(brief(await say(database, alice, [message(1, 'from an older export')], { trusted: true }))).toEqual(['duplicate of 1'])
  })
}

function pinning(makePlace: () => Promise<Place>): void {
  test('what is pinned is shown as it reads now, the last pinned first', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2), message(3), pin(4, 1), edit(5, 2, 'better')])
    await say(database, bob, [pin(6, 2), pin(7, 3), pin(8, 3, false)])
    const pinned = await database.log.pinned(team, 9)
    expect(pinned.map(({ entry, by }) => [textOf(entry), by])).toEqual([['better', bob], ['message 1', alice]])
    expect(await database.log.pinned(team, 1)).toHaveLength(1)
    await say(database, alice, [erase(9, 2)])
    expect(await database.log.pinned(team, 9)).toHaveLength(1)
  })

  test('[S16] a group may leave writing and pinning to its admins', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, bob, [message(1)])
    await change(database, team, alice, { type: 'permissions', permissions: { ...DEFAULT_PERMISSIONS, write: 'admin', pin: 'admin' } })
    expect(brief(await say(database, bob, [message(1), message(2), reaction(3, 1), pin(4, 1)]))).toEqual(['duplicate of 1', 'forbidden', 3, 'forbidden'])
    expect(brief(await say(database, alice, [message(5), pin(6, 1)]))).toEqual([4, 5])
  })
}

const NOTHING_KNOWN: ErasureCursor = { touched: 0, conversation: null, target: 0 }
