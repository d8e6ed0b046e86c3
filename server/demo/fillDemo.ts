// Fills a database with people and what they say. Run again it finds everything where it was: ids are derived, and all
// times hang on the moment the first account was made.

import type { NewEntry } from '../../shared/conversation/entry.ts'
import type { EntryId, Seq, UserId } from '../../shared/ids.ts'
import { Seq as SeqSchema } from '../../shared/ids.ts'
import type { Database } from '../../storage/database.ts'
import type { Scope } from '../import/derivedIds.ts'
import { deviceIdOf, directIdOf, entryIdOf, groupIdOf, userIdOf } from '../import/derivedIds.ts'
import type { AppendTrusted, Place } from '../import/entryQueue.ts'
import { EntryQueue } from '../import/entryQueue.ts'
import { LONG_TALK, longTalk } from './longTalk.ts'
import type { DemoPerson } from './people.ts'
import { DEMO_PEOPLE } from './people.ts'
import type { Talk } from './talks.ts'
import { TALKS } from './talks.ts'

export type DemoDeps = { database: Database; append: AppendTrusted; now: number; passwordHash: string }

export type DemoOutcome =
  /** `handles`: who can be signed in as, the one the demo is told from first. */
  | { type: 'filled' | 'there-already'; handles: string[]; conversations: number; messages: number }
  | { type: 'real-accounts'; handles: string[] }

export async function fillDemo(deps: DemoDeps, force: boolean): Promise<DemoOutcome> {
  const { database } = deps
  const real = await realAccounts(database)
  if (real.length > 0 && !force) return { type: 'real-accounts', handles: real }

  const startedAt = (await database.accounts.byId(idOf('ada')))?.createdAt ?? deps.now
  await addPeople(deps, startedAt)
  const talks = [...TALKS, { name: LONG_TALK.name, minutesAgo: LONG_TALK.minutesAgo, unread: LONG_TALK.unread, lines: [...longTalk(SEED)] }]
  let messages = 0
  // The one with the latest line last, so that it stands first in the inbox.
  for (const talk of talks.toSorted((a, b) => b.minutesAgo - a.minutesAgo)) messages += await tell(deps, talk, startedAt)
  const people = await database.accounts.byIds(PEOPLE.map(([person]) => idOf(person)))
  return { type: messages === 0 ? 'there-already' : 'filled', handles: people.map(({ handle }) => handle), conversations: talks.length, messages }
}

function idOf(person: DemoPerson): UserId {
  return userIdOf(SCOPE, '', person)
}

/** Handles of people who are not of the demo and can sign in. */
async function realAccounts({ bulk }: Database): Promise<string[]> {
  const ours = new Set(PEOPLE.map(([person]) => idOf(person)))
  const handles: string[] = []
  let after: UserId | null = null
  for (;;) {
    const page: Awaited<ReturnType<typeof bulk.people>> = await bulk.people(after, PAGE_ROWS)
    for (const { id, handle, placeholder } of page) if (!placeholder && !ours.has(id)) handles.push(handle)
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE_ROWS) return handles
  }
}

/** Ada comes first: her account carries the moment everything hangs on. */
async function addPeople({ database, passwordHash }: DemoDeps, startedAt: number): Promise<void> {
  for (const [index, [handle, name]] of PEOPLE.entries()) {
    const id = idOf(handle)
    if ((await database.accounts.byId(id)) !== null) continue
    const created = await database.accounts.create({ id, handle, name, passwordHash, createdAt: startedAt })
    if (created === 'taken') await database.accounts.create({ id, handle: `${handle}-demo`, name, passwordHash, createdAt: startedAt })
    await database.accounts.setLastSeen([{ user: id, at: startedAt - index * index * 11 * MINUTE_MS }])
  }
}

/** How many messages were new. */
async function tell({ database, append, now }: DemoDeps, talk: Talk, startedAt: number): Promise<number> {
  const speakers = [...new Set(talk.lines.map(([person]) => idOf(person)))]
  const members = [...new Set([...speakers, ...(talk.silent ?? []).map(idOf), idOf('ada')])]
  const place = await open(database, talk, members, now)
  const queue = new EntryQueue({ append, database, clock: () => now })
  const ids: EntryId[] = []
  let fresh = 0
  const write = async () => {
    for (const { result } of await queue.write()) if (result.type === 'stored') fresh += 1
  }
  for (const [index, [person, text, answers]] of talk.lines.entries()) {
    const at = timeOf(talk, index, startedAt)
    const id = entryIdOf(place.id, at, `line ${index}`, 0)
    ids.push(id)
    const original = answers === undefined ? undefined : ids[answers]
    const entry: NewEntry = { id, at, kind: 'message', body: { text, ...(original === undefined ? {} : { replyTo: original }) } }
    queue.push({ place, author: idOf(person), device: deviceIdOf(SCOPE), entry })
    if (queue.isFull) await write()
  }
  await write()
  if (fresh > 0) await markRead(database, talk, { place, members, now })
  return fresh
}

async function open(database: Database, talk: Talk, members: readonly UserId[], now: number): Promise<Place> {
  const [one, two] = members
  if (one === undefined || two === undefined) throw new Error('Nobody talks alone.')
  const id = talk.name === undefined ? directIdOf(SCOPE, [one, two]) : groupIdOf(SCOPE, talk.name)
  if ((await database.conversations.byId(id)) !== null) return { id, isNew: false, lastSeq: NOTHING_YET }
  const conversation = talk.name === undefined ? { kind: 'direct' as const, id, pair: [one, two] as const } : { kind: 'group' as const, id, name: talk.name, owner: one }
  const rest = talk.name === undefined ? [] : members.filter((user) => user !== one).map((user) => ({ conversation: id, user, role: 'member' as const }))
  const arrived = await database.bulk.arrive({ people: [], conversations: [conversation], members: rest }, now)
  return { id: arrived.conversations[0]?.id ?? id, isNew: true, lastSeq: NOTHING_YET }
}

/** Ada is behind where it says so; of the others the later ones have received everything and not read all. */
async function markRead(database: Database, talk: Talk, { place, members, now }: { place: Place; members: readonly UserId[]; now: number }): Promise<void> {
  const behind = (user: UserId, index: number) => (user === idOf('ada') ? (talk.unread ?? 0) : index % 3 === 2 ? 1 : 0)
  const marks = members.map((user, index) => ({
    conversation: place.id,
    user,
    receipt: { delivered: place.lastSeq, read: SeqSchema.parse(Math.max(0, place.lastSeq - behind(user, index))) },
  }))
  await database.receipts.join(marks, now)
}

/** Rising to the end. Who talks for more than a day goes home in between. */
function timeOf({ minutesAgo, lines }: Talk, index: number, startedAt: number): number {
  const left = lines.length - 1 - index
  const days = Math.floor(left / LONG_TALK.linesPerDay)
  const today = left % LONG_TALK.linesPerDay
  // Nobody answers like a clock.
  const wobble = left === 0 ? 0 : ((index * 7919) % 100) / 125
  return Math.round(startedAt - (minutesAgo + days * 24 * 60 + (today - wobble) * MINUTES_BETWEEN) * MINUTE_MS)
}

const SCOPE: Scope = { format: 'parley', source: 'demo', folder: '' }
// The entries of an object are its keys and values.
const PEOPLE = Object.entries(DEMO_PEOPLE) as [DemoPerson, string][]
const SEED = 20_260
const MINUTE_MS = 60_000
const MINUTES_BETWEEN = 11
const PAGE_ROWS = 1_000
const NOTHING_YET = 0 as Seq
