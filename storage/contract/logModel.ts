// The log against a plain model in memory: random requests with duplicates, conflicts, quotes, threads, annotations, erasures and changes of who is
// in, in batches of any size, with the database closed and opened in between.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry, Event, NewEntry, RestoredEntry } from '../../shared/conversation/entry.ts'
import { isAnnotation, isControl, isStub, shownAt, stubOf } from '../../shared/conversation/entry.ts'
import type { EventBody } from '../../shared/conversation/event.ts'
import type { Role } from '../../shared/conversation/membership.ts'
import { generationOf } from '../../shared/conversation/segment.ts'
import type { EntryId, Seq, UserId } from '../../shared/ids.ts'
import type { ChangeRequest, Changed, CommitOutcome, CommitRequest, Database } from '../database.ts'
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
        expect(await current.log.control(team, seq(0))).toEqual(model.entries.filter(isControl))
        expect(await current.log.generation(team, 0)).toBe(generationOf(model.entries))
        expect((await current.log.pinned(team, 99)).map(({ entry }) => entry.seq)).toEqual(pinnedIn(model.entries))
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
      return database.conversations.change(changeBy(action.user, { type: 'added', users: [action.user] }))
    case 'remove':
      return database.conversations.change(changeBy(action.user, { type: 'left' }))
    case 'promote':
      return database.conversations.change(changeBy(action.user, { type: 'role', user: action.user, role: 'admin' }))
    case 'reopen':
      return Promise.resolve()
    default:
      return action satisfies never
  }
}

function changeBy(author: UserId, body: EventBody): ChangeRequest {
  changes += 1
  return { conversation: team, author, device: phone, id: id(0xe000000 + changes), body, now: NOW }
}

let changes = 0

type Action = { type: 'reopen' } | { type: 'commit'; requests: CommitRequest[] } | { type: 'add' | 'remove' | 'promote'; user: UserId }

class LogModel {
  entries: Entry[] = []
  /** In order of joining; of a role, the first who has it. */
  readonly #members: Map<UserId, Role>

  /** The first is the owner. */
  constructor(members: UserId[]) {
    this.#members = new Map(members.map((user, index) => [user, index === 0 ? 'owner' : 'member']))
  }

  perform(action: Action): unknown {
    switch (action.type) {
      case 'commit':
        return action.requests.map((request) => this.#commit(request))
      case 'add':
        if (this.#members.has(action.user)) return null
        this.#members.set(action.user, 'member')
        return this.#happened(action.user, { type: 'added', users: [action.user] }, { added: [action.user], removed: [] })
      case 'remove':
        return this.#leave(action.user)
      case 'promote':
        if ((this.#members.get(action.user) ?? 'admin') === 'admin') return null
        this.#members.set(action.user, 'admin')
        return this.#happened(action.user, { type: 'role', user: action.user, role: 'admin' }, { added: [], removed: [] })
      case 'reopen':
        return undefined
      default:
        return action satisfies never
    }
  }

  #leave(user: UserId): unknown {
    const role = this.#members.get(user)
    if (role === undefined) return null
    this.#members.delete(user)
    const heir = role === 'owner' ? ([...this.#members].find(([, of]) => of === 'admin') ?? [...this.#members][0])?.[0] : undefined
    if (heir !== undefined) this.#members.set(heir, 'owner')
    return this.#happened(user, heir === undefined ? { type: 'left' } : { type: 'left', successor: heir }, { added: [], removed: [user] })
  }

  #happened(author: UserId, body: EventBody, who: Omit<Changed, 'entry'>): Changed {
    const entry: Event = { id: expect.any(String) as EntryId, seq: seq(this.entries.length + 1), author, device: phone, at: NOW, kind: 'event', body }
    this.entries.push(entry)
    return { entry, ...who }
  }

  #commit({ author, device, entries, now }: CommitRequest): CommitOutcome {
    if (!this.#members.has(author)) return this.#sentAgain(author, entries)
    const results = entries.map((entry): Result => {
      const { id: entryId, at } = entry
      const made = this.#bodyOf(entry, author)
      const before = this.entries.find((other) => other.id === entryId)
      if (before !== undefined) {
        const same = made.body !== undefined && before.author === author && isSame(before, entry.kind, made.body)
        return same ? { type: 'duplicate', id: entryId, seq: before.seq } : { type: 'id-conflict', id: entryId }
      }
      if (made.refused !== undefined) return { type: made.refused, id: entryId }
      // The body is that of its kind.
      const logged = { id: entryId, seq: seq(this.entries.length + 1), author, device, at: Math.min(at, now), kind: entry.kind, body: made.body } as Entry
      this.entries.push(logged)
      if (logged.kind === 'erase') this.#erase(logged.body.target)
      return { type: 'stored', entry: logged }
    })
    return { type: 'committed', head: seq(this.entries.length), results }
  }

  #erase(target: Seq): void {
    this.entries = this.entries.map((entry) => ((entry.kind === 'edit' ? entry.body.target : entry.seq) === target ? stubOf(entry) : entry))
  }

  #bodyOf(entry: RestoredEntry, author: UserId): { body?: Entry['body']; refused?: 'reply-unknown' | 'not-author' | 'erased' } {
    if (entry.kind === 'message') {
      const { replyTo } = entry.body
      return replyTo === undefined || this.entries.some(({ id: other }) => other === replyTo) ? { body: entry.body } : { refused: 'reply-unknown' }
    }
    if (entry.kind === 'event' || entry.kind === 'erased') throw new Error('Only an import writes these.')
    const target = this.entries.find(({ id: other }) => other === entry.body.of)
    const isReply = target?.kind === 'reply'
    if (target === undefined || (isReply ? entry.kind === 'reply' : target.kind !== 'message' && target.kind !== 'erased')) return { refused: 'reply-unknown' }
    const quotes = entry.kind === 'reply' ? entry.body.replyTo : undefined
    const isQuotable = (other: Entry) => other.id === quotes && (other.seq === target.seq || (other.kind === 'reply' && other.body.target === target.seq))
    if (quotes !== undefined && !this.entries.some(isQuotable)) return { refused: 'reply-unknown' }
    const { of, ...rest } = entry.body
    const body = { of, target: target.seq, ...(isReply ? { thread: target.body.target } : {}), ...rest } as Entry['body']
    const mayErase = target.author === author || (this.#members.get(author) ?? 'member') !== 'member'
    if ((target.kind === 'erased' || (isReply && isStub(target))) && entry.kind !== 'erase') return { body, refused: 'erased' }
    if (entry.kind === 'edit' && target.author !== author) return { body, refused: 'not-author' }
    return entry.kind === 'erase' && !mayErase ? { body, refused: 'not-author' } : { body }
  }

  #sentAgain(author: UserId, entries: readonly RestoredEntry[]): CommitOutcome {
    const results = entries.map((entry) => {
      const { body } = this.#bodyOf(entry, author)
      const before = this.entries.find((other) => other.id === entry.id && other.author === author && body !== undefined && isSame(other, entry.kind, body))
      return before === undefined ? ({ type: 'not-member', id: entry.id } as const) : ({ type: 'duplicate', id: entry.id, seq: before.seq } as const)
    })
    if (results.every(({ type }) => type === 'not-member')) return { type: 'not-member' }
    return { type: 'committed', head: seq(this.entries.length), results }
  }
}

function annotationsIn(entries: readonly Entry[], first: number, last: number, after: number): Entry[] {
  const isThere = (at: Seq) => at >= first && at <= last
  return entries.filter((entry) => isAnnotation(entry) && (entry.kind === 'reply' || !isStub(entry)) && entry.seq > after && (isThere(entry.body.target) || isThere(shownAt(entry))))
}

/** The last pinned first. */
function pinnedIn(entries: readonly Entry[]): Seq[] {
  const pins = new Map<Seq, Seq>()
  for (const entry of entries) {
    if (entry.kind !== 'pin') continue
    pins.delete(entry.body.target)
    if (entry.body.on) pins.set(entry.body.target, entry.seq)
  }
  return [...pins.keys()].filter((target) => isShown(entries[target - 1])).toReversed()
}

function isShown(entry: Entry | undefined): boolean {
  return entry !== undefined && !isStub(entry)
}

type Result = Extract<CommitOutcome, { type: 'committed' }>['results'][number]

function isSame(before: Entry, kind: Entry['kind'], body: Entry['body']): boolean {
  if (before.kind === 'erased' && kind === 'message') return true
  // Of an edit or a reply that was erased, what it was about is left.
  const left = isStub(before) && 'text' in body ? stubOf({ ...before, body } as Entry).body : body
  return before.kind === kind && JSON.stringify(before.body) === JSON.stringify(left)
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
  {
    weight: 2,
    arbitrary: fc
      .record({ of: entryId, text, replyTo: fc.option(entryId, { nil: undefined, freq: 2 }) })
      .map(({ replyTo, ...said }) => ({ kind: 'reply' as const, body: { ...said, ...(replyTo === undefined ? {} : { replyTo }) } })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pin' as const), body: fc.record({ of: entryId, on: fc.boolean() }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), body: fc.record({ of: entryId }) }) },
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
  { weight: 1, arbitrary: fc.record({ type: fc.constant('promote' as const), user: person }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('reopen' as const) }) },
)
