// Threads: what a reply is in the log, who follows which thread, and that whoever has read everything has nothing new.

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EVERY_THREAD } from '../../shared/conversation/thread.ts'
import type { UserId } from '../../shared/ids.ts'
import type { Database } from '../database.ts'
import type { Place } from './cast.ts'
import { NOW, brief, edit, erase, id, message, pin, reaction, reply, say, seq, setupTeam, stored, team, wholeLog } from './cast.ts'
import { add, change, leave } from './changes.ts'

export function threadContract(makePlace: () => Promise<Place>): void {
  describe('threads', () => {
    replies(makePlace)
    erasing(makePlace)
    following(makePlace)
    calling(makePlace)
    listing(makePlace)
    reading(makePlace)
    readingAll(makePlace)
    membership(makePlace)
  })
}

/** The threads with something new, as the inbox of this person says. */
async function news(database: Database, user: UserId): Promise<[root: number, last: number][]> {
  const row = await database.conversations.inboxRow(user, team)
  return (row?.threads ?? []).map(({ root, last }) => [root, last])
}

function replies(makePlace: () => Promise<Place>): void {
  test('[T1] a reply says where its message stands, and what is said about it in whose thread', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2)])
    const outcome = await say(database, bob, [reply(3, 2), edit(4, 3, 'better'), reaction(5, 3)])
    expect(stored(outcome).map(({ kind, body }) => [kind, body])).toEqual([
      ['reply', { of: id(2), target: 2, text: 'reply 3' }],
      ['edit', { of: id(3), target: 3, thread: 2, text: 'better' }],
      ['reaction', { of: id(3), target: 3, thread: 2, emoji: '👍', on: true }],
    ])
    expect(JSON.stringify((await wholeLog(database)).slice(2))).toBe(JSON.stringify(stored(outcome)))
    expect(brief(await say(database, bob, [reply(3, 2), edit(4, 3, 'better'), reply(3, 1)]))).toEqual(['duplicate of 3', 'duplicate of 4', 'id-conflict'])
  })

  test('[T1] a reply quotes what stands earlier in its thread, and nothing else; erased, it quotes nothing', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2), reply(3, 1), reply(4, 2)])
    expect(brief(await say(database, bob, [quotes(5, 3), quotes(6, 1), quotes(7, 4), quotes(8, 2), quotes(9, 9), quotes(5, 3), quotes(5, 1)]))).toEqual([
      5, 6, 'reply-unknown', 'reply-unknown', 'reply-unknown', 'duplicate of 5', 'id-conflict',
    ])
    expect((await wholeLog(database))[4]?.body).toEqual({ of: id(1), target: 1, text: 'this', replyTo: id(3), style: 'action' })
    await say(database, bob, [erase(10, 5)])
    expect((await wholeLog(database))[4]?.body).toEqual({ of: id(1), target: 1, text: '' })
    expect(brief(await say(database, bob, [quotes(5, 3)]))).toEqual(['duplicate of 5'])
  })

  test('[T1] a reply is pinned as a message is, not replied to, and only its author edits it', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), reply(2, 1)])
    expect(brief(await say(database, bob, [reply(3, 2), pin(4, 2), edit(5, 2, 'forged'), reaction(6, 2), reply(7, 9)]))).toEqual([
      'reply-unknown', 3, 'not-author', 4, 'reply-unknown',
    ])
    expect(await database.log.pinned(team, 9)).toMatchObject([{ entry: { id: id(2), kind: 'reply', body: { of: id(1) } }, by: bob }])
    await say(database, alice, [erase(8, 2)])
    expect(await database.log.pinned(team, 9)).toEqual([])
  })

  test('[T2] a reply is never unread in its conversation, and no preview', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    await say(database, bob, [reply(2, 1), edit(3, 2, 'not the last')])
    expect(await database.conversations.inboxRow(carol, team)).toMatchObject({ head: 3, quiet: 2, last: { id: id(1), preview: 'message 1' }, threads: [] })
  })

  test('[N5] a segment brings what was said about the replies to its messages, wherever that stands', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2), reply(3, 1), reply(4, 2), edit(5, 3, 'edited'), reaction(6, 4), erase(7, 3)])
    const numbers = async (first: number, last: number, after: number) => (await database.log.annotations(team, seq(first), seq(last), seq(after))).map((entry) => entry.seq)
    // The edit went with the reply that was erased; the stub stays, and says so.
    expect(await numbers(1, 1, 0)).toEqual([3, 7])
    expect(await numbers(2, 2, 4)).toEqual([6])
    // Found at the reply and at its root: once.
    expect(await numbers(1, 4, 0)).toEqual([3, 4, 6, 7])
  })

  test('[S16] where admins write, members do not reply', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    await change(database, team, alice, { type: 'permissions', permissions: { write: 'admin', invite: 'admin', pin: 'admin', describe: 'admin' } })
    expect(brief(await say(database, bob, [reply(2, 1), reaction(3, 1)]))).toEqual(['forbidden', 3])
    expect(brief(await say(database, alice, [reply(4, 1)]))).toEqual([4])
  })
}

function erasing(makePlace: () => Promise<Place>): void {
  test('[T5] of an erased reply its place in the thread is left', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    await say(database, bob, [reply(2, 1, 'a secret'), reply(3, 1), edit(4, 2, 'a secret again')])
    expect(brief(await say(database, bob, [erase(5, 2), edit(6, 2, 'more'), reply(2, 1, 'a secret'), edit(4, 2, 'a secret again')]))).toEqual([
      5, 'erased', 'duplicate of 2', 'duplicate of 4',
    ])
    expect((await wholeLog(database)).slice(1).map(({ kind, body }) => [kind, body])).toEqual([
      ['reply', { of: id(1), target: 1, text: '' }],
      ['reply', { of: id(1), target: 1, text: 'reply 3' }],
      ['edit', { of: id(2), target: 2, thread: 1, text: '' }],
      ['erase', { of: id(2), target: 2, thread: 1 }],
    ])
    expect(await database.log.generation(team, 0)).toBe(2)
    expect((await database.threads.followed(alice, team, { before: null, limit: 9 }))[0]).toMatchObject({ root: 1, last: 3, replies: 1 })
    expect(await database.log.erasures(alice, { touched: 0, conversation: null, target: 0 }, 9)).toMatchObject([{ conversation: team, target: 2 }])
  })

  test('[T5] erasing the root leaves its replies, and ends the thread', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), reply(2, 1), edit(3, 2, 'edited')])
    await say(database, alice, [erase(4, 1)])
    expect(brief(await say(database, bob, [reply(5, 1), reaction(6, 2)]))).toEqual(['erased', 5])
    expect((await wholeLog(database)).map(({ kind, body }) => [kind, 'text' in body ? body.text : null])).toEqual([
      ['erased', null], ['reply', 'reply 2'], ['edit', 'edited'], ['erase', null], ['reaction', null],
    ])
    expect(await database.log.asItReads(team, [seq(2), seq(9)])).toMatchObject([{ kind: 'reply', body: { text: 'edited' } }])
  })
}

function following(makePlace: () => Promise<Place>): void {
  test('[T3] whoever wrote the message, whoever replies and whoever chooses to follows a thread', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    await say(database, bob, [reply(2, 1)])
    expect(await news(database, alice)).toEqual([[1, 2]])
    expect(await news(database, bob)).toEqual([])
    expect(await database.threads.standing(carol, team, seq(1))).toEqual({ following: false, read: 0 })
    // What was said before somebody came is history to them.
    expect(await database.threads.follow(carol, team, seq(1), { on: true }, NOW)).toBe(true)
    expect(await news(database, carol)).toEqual([])
    await say(database, bob, [reply(3, 1)])
    expect(await news(database, carol)).toEqual([[1, 3]])
    expect((await database.threads.followers(team, [seq(1), seq(9)])).toSorted()).toEqual([alice, bob, carol])
  })

  test('[T3] whoever leaves a thread is not drawn in again but by replying or being called', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    await say(database, bob, [reply(2, 1)])
    await database.threads.follow(alice, team, seq(1), { on: false }, NOW)
    await say(database, bob, [reply(3, 1)])
    expect(await news(database, alice)).toEqual([])
    await say(database, alice, [reply(4, 1)])
    expect(await news(database, alice)).toEqual([])
    await say(database, bob, [reply(5, 1)])
    expect(await news(database, alice)).toEqual([[1, 5]])
    await database.threads.follow(alice, team, seq(1), { on: false }, NOW)
    await say(database, bob, [reply(6, 1), reply(7, 1, '@alice', { mentions: [alice] })])
    expect(await news(database, alice)).toEqual([[1, 7]])
    expect(await database.threads.standing(alice, team, seq(1))).toEqual({ following: true, read: 6 })
  })
}

function calling(makePlace: () => Promise<Place>): void {
  test('[T6] whoever is called in a reply follows its thread, and all of them where it calls all', async () => {
    const { database, alice, bob, carol, dave } = await setupTeam(makePlace)
    const called = async (user: UserId) => (await database.conversations.inboxRow(user, team))?.threads
    await say(database, alice, [message(1)])
    await say(database, bob, [reply(2, 1), reply(3, 1, '@carol @dave', { mentions: [carol, dave] }), reply(4, 1)])
    // What was said before she was called is history to her, and the conversation itself calls nobody.
    expect(await called(carol)).toEqual([{ root: 1, last: 4, called: 3 }])
    expect(await database.conversations.inboxRow(carol, team)).toMatchObject({ mentions: 0 })
    expect((await database.threads.followed(carol, team, { before: null, limit: 9 }))[0]).toMatchObject({ unread: 2 })
    expect(await database.threads.standing(dave, team, seq(1))).toEqual({ following: false, read: 0 })
    await say(database, carol, [reply(5, 1, '@all', { mentionsAll: true })])
    expect(await called(bob)).toEqual([{ root: 1, last: 5, called: 5 }])
    expect(await called(carol)).toEqual([])
    await add(database, team, [dave])
    expect(await called(dave)).toEqual([])
  })

  test('[R9][T6] an edit of a reply calls whom it names first, wherever the reply stands, and reading to it is enough', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    const called = async (user: UserId) => (await database.conversations.inboxRow(user, team))?.threads
    const read = (user: UserId, to: number) => database.threads.join([{ conversation: team, user, thread: seq(1), read: seq(to) }], NOW)
    await say(database, alice, [message(1)])
    await say(database, bob, [reply(2, 1, '@alice', { mentions: [alice] }), message(3), edit(4, 2, '@alice @carol', { mentions: [alice, carol] })])
    expect([await called(alice), await called(carol)]).toEqual([[{ root: 1, last: 2, called: 2 }], [{ root: 1, last: 4, called: 4 }]])
    await read(carol, 4)
    await read(alice, 2)
    expect([await called(alice), await called(carol)]).toEqual([[], []])
    // Not again, and whoever has left is not drawn in by it.
    await database.threads.follow(carol, team, seq(1), { on: false }, NOW)
    await say(database, bob, [edit(5, 2, '@carol', { mentions: [carol] }), edit(6, 2, '@all', { mentionsAll: true })])
    expect([await called(alice), await called(carol)]).toEqual([[], []])
  })
}

function listing(makePlace: () => Promise<Place>): void {
  test('[T3] whoever chose to follow before it could be said has read what there was then, and choosing again changes nothing', async () => {
    const { database, alice, bob, carol } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    await say(database, bob, [reply(2, 1), reply(3, 1)])
    await database.threads.follow(carol, team, seq(1), { on: true, read: seq(2) }, NOW)
    expect(await database.threads.standing(carol, team, seq(1))).toEqual({ following: true, read: 2 })
    expect(await news(database, carol)).toEqual([[1, 3]])
    await database.threads.follow(carol, team, seq(1), { on: true }, NOW)
    await database.threads.follow(carol, team, seq(1), { on: true, read: seq(1) }, NOW)
    expect(await database.threads.standing(carol, team, seq(1))).toEqual({ following: true, read: 2 })
    await database.threads.follow(carol, team, seq(1), { on: false }, NOW)
    await database.threads.follow(carol, team, seq(1), { on: true, read: seq(9) }, NOW)
    expect(await database.threads.standing(carol, team, seq(1))).toEqual({ following: true, read: 3 })
  })

  test('a thread is one of a message, and of a conversation that one is in', async () => {
    const { database, alice, bob, dave } = await setupTeam(makePlace)
    await say(database, alice, [message(1), reply(2, 1)])
    expect(await database.threads.follow(bob, team, seq(2), { on: true }, NOW)).toBe(false)
    expect(await database.threads.follow(bob, team, seq(9), { on: true }, NOW)).toBe(false)
    expect(await database.threads.follow(dave, team, seq(1), { on: true }, NOW)).toBe(false)
    expect(await database.threads.followed(dave, team, { before: null, limit: 9 })).toEqual([])
  })

  test('they are listed a page at a time, the last replied to first', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2), message(3)])
    await say(database, bob, [reply(4, 1), reply(5, 3), reply(6, 2), reply(7, 1)])
    const page = (before: number | null) => database.threads.followed(alice, team, { before: before === null ? null : seq(before), limit: 2 })
    expect(await page(null)).toEqual([{ root: 1, last: 7, replies: 2, unread: 2 }, { root: 2, last: 6, replies: 1, unread: 1 }])
    expect(await page(6)).toEqual([{ root: 3, last: 5, replies: 1, unread: 1 }])
    expect(await news(database, alice)).toEqual([[1, 7], [2, 6], [3, 5]])
  })
}

function reading(makePlace: () => Promise<Place>): void {
  test('[T4] a mark only rises, never past the head, and touches the row when it does', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)])
    await say(database, bob, [reply(2, 1), message(3)])
    const touched = async () => (await database.conversations.inboxRow(alice, team))?.touched ?? 0
    const raise = (read: number) => database.threads.join([{ conversation: team, user: alice, thread: seq(1), read: seq(read) }], NOW)
    const before = await touched()
    expect(await raise(9_000)).toEqual([{ conversation: team, user: alice }])
    expect(await touched()).toBeGreaterThan(before)
    expect(await raise(2)).toEqual([])
    expect(await raise(1)).toEqual([])
    expect(await database.threads.standing(alice, team, seq(1))).toEqual({ following: true, read: 3 })
    await say(database, bob, [reply(4, 1)])
    expect(await news(database, alice)).toEqual([[1, 4]])
  })

  test('[T4] what was imported is news to nobody', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1)], { trusted: true })
    await say(database, bob, [reply(2, 1)], { trusted: true })
    expect([await news(database, alice), await news(database, bob)]).toEqual([[], []])
    expect(await database.threads.standing(alice, team, seq(1))).toEqual({ following: true, read: 2 })
  })
}

function readingAll(makePlace: () => Promise<Place>): void {
  test('[T4] whoever has read everything, in any order, has no thread with anything new', async () => {
    const whom = fc.constantFrom('nobody' as const, 'alice' as const, 'all' as const)
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ type: fc.constant('reply' as const), by: fc.constantFrom('alice' as const, 'bob' as const, 'carol' as const), root: fc.integer({ min: 1, max: 3 }), calls: whom }) },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('edit' as const), by: fc.constantFrom('bob' as const, 'carol' as const), of: fc.integer({ min: 10, max: 20 }), calls: whom }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('read' as const), root: fc.integer({ min: 0, max: 3 }), read: fc.integer({ min: 0, max: 30 }) }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('erase' as const), root: fc.integer({ min: 1, max: 9 }) }) },
    )
    const everything = fc.oneof(fc.constant([0]), fc.shuffledSubarray([1, 2, 3], { minLength: 3 }))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), everything, async (steps, order) => {
        const cast = await setupTeam(makePlace)
        const { database, alice } = cast
        await say(database, alice, [message(1), message(2), message(3)])
        const mark = (root: number, read: number) => database.threads.join([{ conversation: team, user: alice, thread: seq(root), read: seq(read) }], NOW)
        for (const [index, action] of steps.entries()) {
          const called = action.type !== 'reply' && action.type !== 'edit' ? {} : action.calls === 'all' ? { mentionsAll: true as const } : action.calls === 'alice' ? { mentions: [alice] } : {}
          if (action.type === 'reply') await say(database, cast[action.by], [reply(10 + index, action.root, 'said', called)])
          else if (action.type === 'edit') await say(database, cast[action.by], [edit(10 + index, action.of, 'edited', called)])
          else if (action.type === 'erase') await say(database, alice, [erase(10 + index, action.root)])
          else await mark(action.root, action.read)
        }
        const head = await database.log.head(team)
        for (const root of order) await mark(root, head)
        expect(await news(database, alice)).toEqual([])
        expect((await database.threads.followed(alice, team, { before: null, limit: 9 })).map(({ unread }) => unread).filter((count) => count > 0)).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('[T4] a mark of every thread stands for each that was there', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2)])
    await say(database, bob, [reply(3, 1), reply(4, 2), reply(5, 2)])
    await database.threads.join([{ conversation: team, user: alice, thread: EVERY_THREAD, read: seq(4) }], NOW)
    expect(await news(database, alice)).toEqual([[2, 5]])
  })
}

function membership(makePlace: () => Promise<Place>): void {
  test('whoever leaves follows nothing any more, also when they come back', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, bob, [message(1)])
    await say(database, alice, [reply(2, 1)])
    await leave(database, team, bob)
    await say(database, alice, [reply(4, 1)])
    await add(database, team, [bob])
    expect(await news(database, bob)).toEqual([])
    expect(await database.threads.standing(bob, team, seq(1))).toEqual({ following: false, read: 0 })
  })

  test('whoever is gone when their message is first replied to does not follow it', async () => {
    const { database, alice, bob } = await setupTeam(makePlace)
    await say(database, bob, [message(1)])
    await leave(database, team, bob)
    await say(database, alice, [reply(3, 1)])
    expect(await database.threads.followers(team, [seq(1)])).toEqual([alice])
  })
}

/** In the thread of the first message. */
function quotes(number: number, replyTo: number) {
  return reply(number, 1, 'this', { replyTo: id(replyTo), style: 'action' })
}
