// Everything the log holds as Parley lines, a page at a time, so that the size of a history does not matter. What is said is
// a function of the content alone: the same people, conversations and entries give the same bytes, wherever they are.
//
//   header ─ people by id ─ for each conversation, the one with the oldest last entry first: itself ─ entries ─ receipts

import { SEGMENT_ENTRIES } from '../../shared/conversation/segment.ts'
import { usersNamedBy } from '../../shared/conversation/event.ts'
import type { ConversationKind, Member, Permissions } from '../../shared/conversation/membership.ts'
import { defaultPermissions } from '../../shared/conversation/membership.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import type { ConversationRecord, Database } from '../../storage/database.ts'
import type { ParleyRecord } from '../import/formats/parleyLines.ts'
import { encodeParleyLine } from '../import/formats/parleyLines.ts'

type ExportDatabase = Pick<Database, 'bulk' | 'conversations' | 'log' | 'accounts'>

/** Each line ends with its line break. `only`: these conversations and the people in them; null: everything. */
export async function* exportLines(database: ExportDatabase, only: readonly ConversationRecord[] | null): AsyncGenerator<string> {
  const conversations = await inOrder(database, only ?? (await allConversations(database)))
  yield line({ parley: 1 })
  for await (const person of only === null ? allPeople(database) : peopleIn(database, conversations)) {
    // An export holds no passwords: whoever reads it in has accounts that nobody can sign in to, but that can be claimed.
    yield line({ type: 'person', ...person, placeholder: true })
  }
  for (const conversation of conversations) yield* linesOf(database, conversation)
}

export async function allConversations({ bulk }: Pick<Database, 'bulk'>): Promise<ConversationRecord[]> {
  const all: ConversationRecord[] = []
  for (;;) {
    const page = await bulk.conversations(all.at(-1)?.id ?? null, PAGE_ROWS)
    all.push(...page)
    if (page.length < PAGE_ROWS) return all
  }
}

async function* linesOf(database: ExportDatabase, { id, kind, name, topic, permissions, head }: ConversationRecord): AsyncGenerator<string> {
  const banned = await allBanned(database, id)
  const described = { ...(topic === '' ? {} : { topic }), ...(isDefault(kind, permissions) ? {} : { permissions }), ...(banned.length === 0 ? {} : { banned }) }
  yield line({ type: 'conversation', id, kind, name, ...described, members: await allMembers(database, id) })
  for (let first = 1; first <= head; first += SEGMENT_ENTRIES) {
    const entries = await database.log.read(id, Seq.parse(first), Seq.parse(Math.min(head, first + SEGMENT_ENTRIES - 1)))
    for (const entry of entries) yield line({ type: 'entry', conversation: id, ...entry })
  }
  for (const { user, delivered, read } of await database.bulk.receipts(id)) yield line({ type: 'receipt', conversation: id, user, delivered, read })
}

/** An import takes them in this order, and then an inbox shows them in the order of their last messages. */
async function inOrder({ conversations }: ExportDatabase, records: readonly ConversationRecord[]): Promise<ConversationRecord[]> {
  const dated: { record: ConversationRecord; at: number }[] = []
  for (const record of records) dated.push({ record, at: (await conversations.last(record.id))?.at ?? 0 })
  return dated.toSorted((a, b) => a.at - b.at || (a.record.id < b.record.id ? -1 : 1)).map(({ record }) => record)
}

async function* allPeople({ bulk }: ExportDatabase): AsyncGenerator<Person> {
  let after: UserId | null = null
  for (;;) {
    const page: Person[] = await bulk.people(after, PAGE_ROWS)
    yield* page
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE_ROWS) return
  }
}

/** Members, who may not join, and who wrote or is named in an event and is a member no longer. */
async function* peopleIn(database: ExportDatabase, conversations: readonly ConversationRecord[]): AsyncGenerator<Person> {
  const ids = new Set<UserId>()
  for (const { id, head } of conversations) {
    for (const { user } of await allMembers(database, id)) ids.add(user)
    for (const user of await allBanned(database, id)) ids.add(user)
    for (let first = 1; first <= head; first += SEGMENT_ENTRIES) {
      for (const entry of await database.log.read(id, Seq.parse(first), Seq.parse(first + SEGMENT_ENTRIES - 1))) {
        ids.add(entry.author)
        if (entry.kind === 'event') for (const user of usersNamedBy(entry.body)) ids.add(user)
      }
    }
  }
  const sorted = [...ids].toSorted()
  for (let start = 0; start < sorted.length; start += PAGE_ROWS) yield* await database.accounts.byIds(sorted.slice(start, start + PAGE_ROWS))
}

async function allMembers({ conversations }: ExportDatabase, id: ConversationId): Promise<Member[]> {
  const all: Member[] = []
  for (;;) {
    const page = await conversations.members(id, all.at(-1)?.user ?? null, PAGE_ROWS)
    all.push(...page)
    if (page.length < PAGE_ROWS) return all
  }
}

/** In order of id: when they were banned is in the log. */
async function allBanned({ conversations }: ExportDatabase, id: ConversationId): Promise<UserId[]> {
  const bans = await conversations.bans(id, Number.MAX_SAFE_INTEGER)
  return bans.map(({ user }) => user).toSorted()
}

function isDefault(kind: ConversationKind, { write, invite, pin, describe }: Permissions): boolean {
  const { write: w, invite: i, pin: p, describe: d } = defaultPermissions(kind)
  return write === w && invite === i && pin === p && describe === d
}

function line(record: ParleyRecord): string {
  return `${encodeParleyLine(record)}\n`
}

const PAGE_ROWS = 1_000
