// The log against a plain model in memory: random requests with duplicates, conflicts, replies, annotations and removed members, in
// batches of any size, with the database closed and opened in between.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry, NewEntry } from '../../shared/conversation/entry.ts'
import type { UserId } from '../../shared/ids.ts'
import type { CommitOutcome, CommitRequest, Database } from '../database.ts'
import type { Place } from './cast.ts'
import { NOW, id, phone, seq, setupTeam, team, wholeLog } from './cast.ts'

export function logModelContract(makePlace: () => Promise<Place>): void {
  test('log: answers and holds what a list in memory would, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { database, reopen, alice, bob, carol } = await setupTeam(makePlace)
        const model = new LogModel([alice, bob, carol])
        let current = database
        for (const action of steps) {
          if (action.type === 'reopen') current = await reopen()
          expect(await perform(current, action)).toEqual(model.perform(action))
        }
        expect(await wholeLog(current)).toEqual(model.entries)
        expect(await current.log.annotations(team, seq(3), seq(9), seq(5))).toEqual(annotationsIn(model.entries, 3, 9, 5))
        expect(await current.log.head(team)).toBe(model.entries.length)
      }),
      { numRuns: 60 },
    )
  })
}

function perform(database: Database, action: Action): Promise<unknown> {
  switch (action.type) {
    case 'commit':
      return database.log.commit(action.requests)
    case 'add':
      return database.conversations.addMembers(team, [action.user], NOW)
    case 'remove':
      return database.conversations.removeMember(team, action.user, NOW)
    case 'reopen':
      return Promise.resolve()
    default:
      return action satisfies never
  }
}

type Action = { type: 'reopen' } | { type: 'commit'; requests: CommitRequest[] } | { type: 'add' | 'remove'; user: UserId }

class LogModel {
  readonly entries: Entry[] = []
  readonly #members: Set<UserId>

  constructor(members: UserId[]) {
    this.#members = new Set(members)
  }

  perform(action: Action): unknown {
    switch (action.type) {
      case 'commit':
        return action.requests.map((request) => this.#commit(request))
      case 'add':
        if (this.#members.has(action.user)) return []
        this.#members.add(action.user)
        return [action.user]
      case 'remove':
        return this.#members.delete(action.user)
      case 'reopen':
        return undefined
      default:
        return action satisfies never
    }
  }

  #commit({ author, device, entries, now }: CommitRequest): CommitOutcome {
    if (!this.#members.has(author)) return this.#sentAgain(author, entries)
    const results = entries.map((entry): Result => {
      const { id: entryId, at } = entry
      const made = this.#bodyOf(entry, author)
      const before = this.entries.find((other) => other.id === entryId)
      if (before !== undefined) {
        const same = 'body' in made && before.author === author && isSame(before, entry.kind, made.body)
        return same ? { type: 'duplicate', id: entryId, seq: before.seq } : { type: 'id-conflict', id: entryId }
      }
      if ('type' in made) return { type: made.type, id: entryId }
      // The body is that of its kind.
      const logged = { id: entryId, seq: seq(this.entries.length + 1), author, device, at: Math.min(at, now), kind: entry.kind, body: made.body } as Entry
      this.entries.push(logged)
      return { type: 'stored', entry: logged }
    })
    return { type: 'committed', head: seq(this.entries.length), results }
  }

  #bodyOf(entry: NewEntry, author: UserId): { body: Entry['body'] } | { type: 'reply-unknown' | 'not-author' } {
    if (entry.kind === 'message') {
      const { replyTo } = entry.body
      return replyTo === undefined || this.entries.some(({ id: other }) => other === replyTo) ? { body: entry.body } : { type: 'reply-unknown' }
    }
    const target = this.entries.find(({ id: other, kind }) => other === entry.body.of && kind === 'message')
    if (target === undefined) return { type: 'reply-unknown' }
    if (entry.kind === 'edit' && target.author !== author) return { type: 'not-author' }
    const { of, ...rest } = entry.body
    return { body: { of, target: target.seq, ...rest } as Entry['body'] }
  }

  #sentAgain(author: UserId, entries: readonly NewEntry[]): CommitOutcome {
    const results = entries.map((entry) => {
      const made = this.#bodyOf(entry, author)
      const before = this.entries.find((other) => other.id === entry.id && other.author === author && 'body' in made && isSame(other, entry.kind, made.body))
      return before === undefined ? ({ type: 'not-member', id: entry.id } as const) : ({ type: 'duplicate', id: entry.id, seq: before.seq } as const)
    })
    if (results.every(({ type }) => type === 'not-member')) return { type: 'not-member' }
    return { type: 'committed', head: seq(this.entries.length), results }
  }
}

function annotationsIn(entries: readonly Entry[], first: number, last: number, after: number): Entry[] {
  return entries.filter((entry) => entry.kind !== 'message' && entry.seq > after && entry.body.target >= first && entry.body.target <= last)
}

type Result = Extract<CommitOutcome, { type: 'committed' }>['results'][number]

function isSame(before: Entry, kind: Entry['kind'], body: Entry['body']): boolean {
  return before.kind === kind && JSON.stringify(before.body) === JSON.stringify(body)
}

// Few people, few ids and few texts, so that they meet.
const person = fc.constantFrom(id(0xa1), id(0xa2), id(0xa3), id(0xa4))
const entryId = fc.integer({ min: 1, max: 25 }).map(id)

const text = fc.constantFrom('yes', 'no')
const content = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({ text, replyTo: fc.option(entryId, { nil: undefined, freq: 3 }) })
      .map(({ text: said, replyTo }) => ({ kind: 'message' as const, body: { text: said, ...(replyTo === undefined ? {} : { replyTo }) } })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), body: fc.record({ of: entryId, text }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reaction' as const), body: fc.record({ of: entryId, emoji: fc.constantFrom('👍', '❤️'), on: fc.boolean() }) }) },
)

const entry: fc.Arbitrary<NewEntry> = fc.tuple(entryId, fc.integer({ min: NOW - 5, max: NOW + 5 }), content).map(([number, at, said]) => ({ id: number, at, ...said }))

const request: fc.Arbitrary<CommitRequest> = fc.record({
  conversation: fc.constant(team),
  author: person,
  device: fc.constant(phone),
  entries: fc.array(entry, { maxLength: 6 }),
  now: fc.constant(NOW),
})

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('commit' as const), requests: fc.array(request, { maxLength: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('remove' as const), user: person }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('add' as const), user: person }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('reopen' as const) }) },
)
