// People, conversations and entries for the acceptance suite. Ids are numbered, so that a failure reads the same each time.

import { onTestFinished } from 'vitest'
import type { Calling, Entry, NewEntry, NewMessage, ReplyContent, RestoredEntry } from '../../shared/conversation/entry.ts'
import type { ChangeId, ConversationId, DeviceId, EntryId, InviteId, JoinLinkId, ReportId, Seq, SessionId, UserId } from '../../shared/ids.ts'
import type { CommitOutcome, Database } from '../database.ts'

/** An empty database somewhere, which can be closed and opened again. */
export type Place = { open(): Promise<Database>; remove(): Promise<void> }

export const NOW = Date.UTC(2026, 0, 5, 9)

/** Anything numbered alike is the same id, of whatever kind. */
export function id(number: number): UserId & DeviceId & SessionId & ConversationId & EntryId & InviteId & JoinLinkId & ReportId & ChangeId {
  // Written in the one spelling that the schemas allow.
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}` as ReturnType<typeof id>
}

// Tests count in plain numbers.
export const seq = (value: number) => value as Seq

export const phone = id(0xd1)
export const laptop = id(0xd2)
export const team = id(0xc0)

const PEOPLE = ['alice', 'bob', 'carol', 'dave', 'eve'] as const
type Name = (typeof PEOPLE)[number]

/** Opens an empty database where the named people have accounts; it goes away when the test is over. */
export async function setup(makePlace: () => Promise<Place>): Promise<Record<Name, UserId> & { database: Database; reopen: () => Promise<Database> }> {
  const place = await makePlace()
  let database = await place.open()
  onTestFinished(async () => {
    await database.close()
    await place.remove()
  })
  const people = { alice: id(0xa1), bob: id(0xa2), carol: id(0xa3), dave: id(0xa4), eve: id(0xa5) }
  for (const name of PEOPLE) {
    await database.accounts.create({ id: people[name], handle: name, name, passwordHash: `hash of ${name}`, createdAt: NOW })
  }
  const reopen = async () => {
    await database.close()
    database = await place.open()
    return database
  }
  return { ...people, database, reopen }
}

/** Alice owns the team; Bob and Carol are members; Dave and Eve are not. */
export async function setupTeam(makePlace: () => Promise<Place>) {
  const cast = await setup(makePlace)
  await cast.database.conversations.createGroup({ id: team, name: 'Team', owner: cast.alice, members: [cast.bob, cast.carol], now: NOW })
  return cast
}

export function message(number: number, text = `message ${number}`, more: Partial<NewMessage['body']> & { at?: number } = {}): NewMessage {
  const { at = NOW, ...body } = more
  return { id: id(number), at, kind: 'message', body: { text, ...body } }
}

export function edit(number: number, of: number, text: string, calling: Calling = {}): NewEntry {
  return { id: id(number), at: NOW, kind: 'edit', body: { of: id(of), text, ...calling } }
}

export function reaction(number: number, of: number, emoji = '👍', on = true): NewEntry {
  return { id: id(number), at: NOW, kind: 'reaction', body: { of: id(of), emoji, on } }
}

export function pin(number: number, of: number, on = true): NewEntry {
  return { id: id(number), at: NOW, kind: 'pin', body: { of: id(of), on } }
}

export function erase(number: number, of: number): NewEntry {
  return { id: id(number), at: NOW, kind: 'erase', body: { of: id(of) } }
}

export function reply(number: number, of: number, text = `reply ${number}`, more: Omit<ReplyContent, 'text'> = {}): NewEntry {
  return { id: id(number), at: NOW, kind: 'reply', body: { of: id(of), text, ...more } }
}

type Say = { now?: number; to?: ConversationId; trusted?: boolean; device?: DeviceId }

/** Commits as one request. */
export async function say(database: Database, author: UserId, entries: readonly RestoredEntry[], { now = NOW, to = team, device = phone, trusted }: Say = {}): Promise<CommitOutcome> {
  const request = { conversation: to, author, device, entries, now, ...(trusted === undefined ? {} : { trusted }) }
  const [outcome] = await database.log.commit([request])
  if (outcome === undefined) throw new Error('A request was left without an outcome.')
  return outcome
}

/** What became of each entry, in brief: its seq where it is stored, else the word for it. */
export function brief(outcome: CommitOutcome): (number | string)[] {
  if (outcome.type !== 'committed') return [outcome.type]
  return outcome.results.map((result) => {
    if (result.type === 'stored') return result.entry.seq
    return result.type === 'duplicate' ? `duplicate of ${result.seq}` : result.type
  })
}

export function stored(outcome: CommitOutcome): Entry[] {
  return outcome.type !== 'committed' ? [] : outcome.results.flatMap((result) => (result.type === 'stored' ? [result.entry] : []))
}

export function wholeLog(database: Database, conversation: ConversationId = team): Promise<Entry[]> {
  return database.log.read(conversation, seq(1), seq(1_000_000))
}
