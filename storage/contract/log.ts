// Rules of the log, one test each. The same rules against random histories: logModel.ts.

import { describe, expect, test } from 'vitest'
import { textOf } from '../../shared/conversation/entry.ts'
import { ANNOTATIONS_PAGE } from '../../shared/limits.ts'
import type { Place } from './cast.ts'
import { NOW, brief, edit, id, laptop, message, phone, reaction, say, seq, setupTeam, stored, team, wholeLog } from './cast.ts'
import { leave } from './changes.ts'

export function logContract(makePlace: () => Promise<Place>): void {
  describe('log', () => {
    numbering(makePlace)
    identity(makePlace)
    membership(makePlace)
    timesAndReplies(makePlace)
    annotations(makePlace)
    reading(makePlace)
  })
}

function numbering(makePlace: () => Promise<Place>): void {
  test('numbers entries 1, 2, 3 in the order they were given, across requests and authors', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    const outcomes = await database.log.commit([
      { conversation: team, author: alice, device: phone, now: NOW, entries: [message(1), message(2)] },
      { conversation: team, author: bob, device: laptop, now: NOW, entries: [message(3)] },
      { conversation: team, author: alice, device: phone, now: NOW, entries: [message(4)] },
    ])
    expect(outcomes.map(brief)).toEqual([[1, 2], [3], [4]])
    expect(await database.log.head(team)).toBe(4)
  })

  test('numbers each conversation by itself', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    const { id: pair } = await database.conversations.direct([alice, bob], id(0xc1), NOW)
    await say(database, alice, [message(1), message(2)])
    expect(brief(await say(database, alice, [message(3)], { to: pair }))).toEqual([1])
    expect(brief(await say(database, bob, [message(4)]))).toEqual([3])
  })

  test('a refused entry leaves no gap', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    const outcome = await say(database, alice, [message(2), message(3, 'an answer', { replyTo: id(99) }), message(1, 'other words'), message(4)])
    expect(brief(outcome)).toEqual([2, 'reply-unknown', 'id-conflict', 3])
    expect(outcome).toMatchObject({ head: 3 })
  })

  test('an empty log, and one that does not exist, has head 0', async () => {
    const { database } = await setupTeam(makePlace)
    expect(await database.log.head(team)).toBe(0)
    expect(await database.log.head(id(0xff))).toBe(0)
  })

  test('nothing asked, nothing done', async () => {
    const { database, alice } = await setupTeam(makePlace)
    expect(await database.log.commit([])).toEqual([])
    expect(await say(database, alice, [])).toEqual({ type: 'committed', head: 0, results: [] })
  })
}

function identity(makePlace: () => Promise<Place>): void {
  test('a retry gets the answer of the first time, also from another device and at another hour', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2)])
    const retry = await say(database, alice, [message(2, 'message 2', { at: NOW - 5 }), message(1)], { now: NOW + 60_000, device: laptop })
    expect(brief(retry)).toEqual(['duplicate of 2', 'duplicate of 1'])
    expect(await wholeLog(database)).toHaveLength(2)
  })

  test('an id twice in one batch is stored once', async () => {
    const { database, alice } = await setupTeam(makePlace)
    expect(brief(await say(database, alice, [message(1), message(1), message(2)]))).toEqual([1, 'duplicate of 1', 2])
  })

  test('a retry is the same whatever the order of its keys', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await say(database, alice, [message(1), { id: id(2), at: NOW, kind: 'message', body: { text: 'yes', replyTo: id(1), style: 'action' } }])
    const turned = { id: id(2), at: NOW, kind: 'message', body: { style: 'action', replyTo: id(1), text: 'yes' } } as const
    expect(brief(await say(database, alice, [turned]))).toEqual(['duplicate of 2'])
  })

  test('other content under a known id is a conflict and changes nothing', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await say(database, alice, [message(1, 'as it was')])
    expect(brief(await say(database, alice, [message(1, 'as it was.')]))).toEqual(['id-conflict'])
    expect((await wholeLog(database)).map(textOf)).toEqual(['as it was'])
  })

  test("another author cannot use an id of the conversation, even with the author's own words", async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    expect(brief(await say(database, bob, [message(1)]))).toEqual(['id-conflict'])
  })

  test('the same id in another conversation is another entry', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    const { id: pair } = await database.conversations.direct([alice, bob], id(0xc1), NOW)
    await say(database, alice, [message(1)])
    expect(brief(await say(database, bob, [message(1)], { to: pair }))).toEqual([1])
    expect(await database.log.find(pair, id(1))).toBe(1)
  })
}

function membership(makePlace: () => Promise<Place>): void {
  test('who is no member, has no account or names a conversation that does not exist is refused as a whole', async () => {
    const { database, alice, dave } = await setupTeam(makePlace)
    expect(await say(database, dave, [message(1)])).toEqual({ type: 'not-member' })
    expect(await say(database, id(0xee), [message(1)])).toEqual({ type: 'not-member' })
    expect(await say(database, alice, [message(1)], { to: id(0xff) })).toEqual({ type: 'not-member' })
    expect(await database.log.head(team)).toBe(0)
  })

  test('one refused request does not take the others of its transaction with it', async () => {
    const { database, alice, dave } = await setupTeam(makePlace)
    const outcomes = await database.log.commit([dave, alice].map((author, index) => ({ conversation: team, author, device: phone, now: NOW, entries: [message(index)] })))
    expect(outcomes.map(brief)).toEqual([['not-member'], [1]])
  })

  test('nothing of a removed member is numbered; what was written stays, and a retry of it is answered as the first time', async () => {
    const { database, bob } = await setupTeam(makePlace)
    await say(database, bob, [message(1)])
    await leave(database, team, bob)
    expect(await say(database, bob, [message(2)])).toEqual({ type: 'not-member' })
    expect(brief(await say(database, bob, [message(1), message(2)]))).toEqual(['duplicate of 1', 'not-member'])
    expect(await say(database, bob, [{ ...message(1), body: { text: 'other words' } }])).toEqual({ type: 'not-member' })
    expect((await wholeLog(database)).map(({ kind }) => kind)).toEqual(['message', 'event'])
  })

  test('an import writes for people who have an account but left long ago', async () => {
    const { database, dave } = await setupTeam(makePlace)
    expect(brief(await say(database, dave, [message(1)], { trusted: true }))).toEqual([1])
    expect(await say(database, id(0xee), [message(2)], { trusted: true })).toEqual({ type: 'not-member' })
  })
}

function timesAndReplies(makePlace: () => Promise<Place>): void {
  test('an entry is never later than when it was stored, unless an import says so', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await say(database, alice, [message(1, 'fast clock', { at: NOW + 86_400_000 }), message(2, 'slow clock', { at: NOW - 86_400_000 })])
    await say(database, alice, [message(3, 'imported', { at: NOW + 86_400_000 })], { trusted: true })
    expect((await wholeLog(database)).map((entry) => entry.at - NOW)).toEqual([0, -86_400_000, 86_400_000])
  })

  test('a reply needs what it answers, earlier in the same log or the same batch', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    const { id: pair } = await database.conversations.direct([alice, bob], id(0xc1), NOW)
    await say(database, alice, [message(9)], { to: pair })
    const replies = [message(1), message(2, 'to the one before', { replyTo: id(1) }), message(3, 'to itself', { replyTo: id(3) })]
    const unknown = [message(4, 'to a later one', { replyTo: id(5) }), message(5), message(6, 'to another room', { replyTo: id(9) })]
    expect(brief(await say(database, alice, [...replies, ...unknown]))).toEqual([1, 2, 'reply-unknown', 'reply-unknown', 3, 'reply-unknown'])
  })

  test('an entry refused for its reply may come again later under the same id', async () => {
    const { database, alice } = await setupTeam(makePlace)
    const reply = message(2, 'yes', { replyTo: id(1) })
    await say(database, alice, [reply])
    expect(brief(await say(database, alice, [message(1), reply]))).toEqual([1, 2])
  })
}

function annotations(makePlace: () => Promise<Place>): void {
  test('[N1] an annotation says where its message stands, and needs one', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    const { id: pair } = await database.conversations.direct([alice, bob], id(0xc1), NOW)
    await say(database, alice, [message(9)], { to: pair })
    await say(database, bob, [message(1)])
    const outcome = await say(database, alice, [message(2), edit(3, 2, 'better'), reaction(4, 1), reaction(5, 9), reaction(6, 3), edit(7, 8, 'later'), reaction(4, 1)])
    expect(brief(outcome)).toEqual([2, 3, 4, 'reply-unknown', 'reply-unknown', 'reply-unknown', 'duplicate of 4'])
    expect(stored(outcome).map(({ kind, body }) => [kind, body])).toEqual([
      ['message', { text: 'message 2' }],
      ['edit', { of: id(2), target: 2, text: 'better' }],
      ['reaction', { of: id(1), target: 1, emoji: '👍', on: true }],
    ])
    expect(JSON.stringify((await wholeLog(database)).slice(1))).toBe(JSON.stringify(stored(outcome)))
  })

  test('[N2] only its author edits a message; everyone reacts', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    expect(brief(await say(database, bob, [edit(2, 1, 'forged'), reaction(3, 1)]))).toEqual(['not-author', 2])
    expect(brief(await say(database, alice, [edit(2, 1, 'mine'), edit(3, 1, 'an id that is taken')]))).toEqual([3, 'id-conflict'])
  })

  test('[N5] what was said about a range of messages is found, wherever it stands', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await say(database, alice, [1, 2, 3].map((number) => message(number)))
    await say(database, alice, [edit(4, 3, 'three'), edit(5, 1, 'one'), reaction(6, 2), reaction(7, 2, '👍', false)])
    const numbers = async (first: number, last: number, after: number) => (await database.log.annotations(team, seq(first), seq(last), seq(after))).map((entry) => entry.seq)
    expect(await numbers(1, 2, 0)).toEqual([5, 6, 7])
    expect(await numbers(2, 3, 4)).toEqual([6, 7])
    expect(await numbers(3, 9, 4)).toEqual([])
    expect(await database.log.annotations(id(0xff), seq(1), seq(9), seq(0))).toEqual([])
  })

  test('they come a page at a time', async () => {
    const { database, alice } = await setupTeam(makePlace)
    const many = Array.from({ length: ANNOTATIONS_PAGE + 1 }, (_, index) => reaction(index + 2, 1, '👍', index % 2 === 0))
    await say(database, alice, [message(1), ...many])
    expect((await database.log.annotations(team, seq(1), seq(1), seq(0))).at(-1)?.seq).toBe(ANNOTATIONS_PAGE + 1)
    expect(await database.log.annotations(team, seq(1), seq(1), seq(ANNOTATIONS_PAGE + 1))).toHaveLength(1)
  })
}

function reading(makePlace: () => Promise<Place>): void {
  test('reads back what commit answered, to the byte', async () => {
    const { database, alice } = await setupTeam(makePlace)
    const body = { style: 'action', replyTo: id(1), text: 'שלום 🙂 "quoted" \\ \u0000 \u2028 é' } as const
    const answered = stored(await say(database, alice, [message(1), { body, kind: 'message', at: NOW, id: id(2) }]))
    const read = await wholeLog(database)
    expect(JSON.stringify(read)).toBe(JSON.stringify(answered))
    expect(Object.keys(read[1] ?? {})).toEqual(['id', 'seq', 'author', 'device', 'at', 'kind', 'body'])
    expect(Object.keys(read[1]?.body ?? {})).toEqual(['text', 'replyTo', 'style'])
  })

  test('a range includes both ends and is shorter at the end of the log', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await say(database, alice, [1, 2, 3, 4, 5].map((number) => message(number)))
    const numbers = async (first: number, last: number) => (await database.log.read(team, seq(first), seq(last))).map((entry) => entry.seq)
    expect(await numbers(2, 4)).toEqual([2, 3, 4])
    expect(await numbers(4, 900)).toEqual([4, 5])
    expect(await numbers(0, 1)).toEqual([1])
    expect(await numbers(6, 9)).toEqual([])
    expect(await numbers(4, 2)).toEqual([])
  })

  test('finds where an entry stands, and only in its conversation', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    const { id: pair } = await database.conversations.direct([alice, bob], id(0xc1), NOW)
    await say(database, alice, [message(1), message(2)])
    expect(await database.log.find(team, id(2))).toBe(2)
    expect(await database.log.find(team, id(3))).toBeNull()
    expect(await database.log.find(pair, id(2))).toBeNull()
  })
}
