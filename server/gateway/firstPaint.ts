// Everything to draw the end of a conversation in one answer of bounded size, however long the conversation is.

import type { Entry } from '../../shared/conversation/entry.ts'
import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import { FIRST_PAINT_ENTRIES, FIRST_PAINT_MAX_BYTES } from '../../shared/limits.ts'
import type { ConversationView, FirstPaint, Person, UserReceipt } from '../../shared/protocol/messages.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import type { Database } from '../../storage/database.ts'
import { readView, viewAs } from './conversationView.ts'

export type Paint = {
  paint: FirstPaint
  /** Members and receipts that did not fit beside the entries: they follow as messages of their own. */
  rest: { conversation: ConversationView | null; receipts: UserReceipt[] }
}

export async function firstPaint(database: PaintSource, user: UserId, conversation: ConversationId): Promise<Paint> {
  const view = await viewOf(database, user, conversation)
  const [entries, receipts] = await Promise.all([
    lastEntries(database, conversation, view.head),
    database.receipts.shownTo(user, conversation),
  ])
  const people = await database.accounts.byIds([...new Set(entries.map(({ author }) => author))])
  return trim(view, entries, receipts, people)
}

/** Rejects for non-members, and in the same words for conversations that do not exist. */
async function viewOf(database: PaintSource, user: UserId, conversation: ConversationId): Promise<ConversationView> {
  const [role, view] = await Promise.all([database.conversations.role(conversation, user), readView(database.conversations, conversation)])
  if (role === null || view === null) throw notMember()
  return viewAs(view, role)
}

export function notMember(): RefusedError {
  return new RefusedError('not-member', 'You are not a member of this conversation.')
}

/** The frame around the paint, with a ref of any length. */
const ANSWER_BYTES = 64
/** Members or receipts above this give way to the entries: a person opens a conversation to read it. */
const ASIDE_MAX_BYTES = 6 * 1024

/** Pure: which of it goes into the answer. Entries are dropped from the old end, so the tail stays gapless up to head. */
export function trim(view: ConversationView, entries: readonly Entry[], receipts: readonly UserReceipt[], people: readonly Person[]): Paint {
  const membersFit = bytesOf(view.members) <= ASIDE_MAX_BYTES
  const receiptsFit = bytesOf(receipts) <= ASIDE_MAX_BYTES
  const conversation = membersFit ? view : { ...view, members: [] }
  const painted = receiptsFit ? [...receipts] : []
  const known = new Map(people.map((person) => [person.id, person]))
  const authors = new Map<UserId, Person>()
  let room = FIRST_PAINT_MAX_BYTES - ANSWER_BYTES - bytesOf({ conversation, tail: [], receipts: painted, people: [] })
  let start = entries.length
  for (const entry of entries.toReversed()) {
    const author = authors.has(entry.author) ? undefined : known.get(entry.author)
    room -= bytesOf(entry) + 1 + (author === undefined ? 0 : bytesOf(author) + 1)
    if (room < 0) break
    if (author !== undefined) authors.set(author.id, author)
    start -= 1
  }
  return {
    paint: { conversation, tail: entries.slice(start), receipts: painted, people: [...authors.values()] },
    rest: { conversation: membersFit ? null : view, receipts: receiptsFit ? [] : [...receipts] },
  }
}

function lastEntries(database: PaintSource, conversation: ConversationId, head: Seq): Promise<Entry[]> {
  if (head === 0) return Promise.resolve([])
  // At least 1 and at most `head`.
  return database.log.read(conversation, Math.max(1, head - FIRST_PAINT_ENTRIES + 1) as Seq, head)
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

export type PaintSource = Pick<Database, 'log' | 'conversations' | 'receipts' | 'accounts'>
