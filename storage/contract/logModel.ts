// The log against a plain model in memory: random requests with duplicates, conflicts, replies and removed members, in
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
    const results = entries.map(({ id: entryId, at, kind, body }): Extract<CommitOutcome, { type: 'committed' }>['results'][number] => {
      const before = this.entries.find((entry) => entry.id === entryId)
      if (before !== undefined) {
        const same = before.author === author && JSON.stringify(before.body) === JSON.stringify(body)
        return same ? { type: 'duplicate', id: entryId, seq: before.seq } : { type: 'id-conflict', id: entryId }
      }
      if (body.replyTo !== undefined && !this.entries.some((entry) => entry.id === body.replyTo)) return { type: 'reply-unknown', id: entryId }
      const entry: Entry = { id: entryId, seq: seq(this.entries.length + 1), author, device, at: Math.min(at, now), kind, body }
      this.entries.push(entry)
      return { type: 'stored', entry }
    })
    return { type: 'committed', head: seq(this.entries.length), results }
  }

  #sentAgain(author: UserId, entries: readonly NewEntry[]): CommitOutcome {
    const results = entries.map(({ id: entryId, body }) => {
      const before = this.entries.find((entry) => entry.id === entryId && entry.author === author && JSON.stringify(entry.body) === JSON.stringify(body))
      return before === undefined ? ({ type: 'not-member', id: entryId } as const) : ({ type: 'duplicate', id: entryId, seq: before.seq } as const)
    })
    if (results.every(({ type }) => type === 'not-member')) return { type: 'not-member' }
    return { type: 'committed', head: seq(this.entries.length), results }
  }
}

// Few people, few ids and few texts, so that they meet.
const person = fc.constantFrom(id(0xa1), id(0xa2), id(0xa3), id(0xa4))
const entryId = fc.integer({ min: 1, max: 25 }).map(id)

const entry: fc.Arbitrary<NewEntry> = fc
  .record({ id: entryId, at: fc.integer({ min: NOW - 5, max: NOW + 5 }), text: fc.constantFrom('yes', 'no'), replyTo: fc.option(entryId, { nil: undefined, freq: 3 }) })
  .map(({ text, replyTo, ...rest }) => ({ ...rest, kind: 'message', body: { text, ...(replyTo === undefined ? {} : { replyTo }) } }))

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
