import { createRoute } from '@hono/zod-openapi'
import type { InboxRow } from '../../shared/conversation/inbox.ts'
import type { UserId } from '../../shared/ids.ts'
import { INBOX_PAGE_ROWS } from '../../shared/limits.ts'
import { InboxPage, InboxQuery } from '../../shared/protocol/api.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import type { InboxCursor } from '../../storage/database.ts'
import type { PeopleStore } from '../../storage/people.ts'
import type { Api, ApiDeps } from './api.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { json, refusals, SIGNED_IN } from './describe.ts'

const inbox = createRoute({
  method: 'get',
  path: '/inbox',
  summary: 'My conversations, newest first, a page at a time; with `since`, only what changed later',
  security: SIGNED_IN,
  request: { query: InboxQuery },
  responses: { 200: json(InboxPage, 'A page; `cursor` asks for the next and is absent on the last.'), ...refusals('signed-out', 'malformed') },
})

export function inboxRoute(api: Api, { database }: ApiDeps): void {
  api.openapi(inbox, async (c) => {
    const { since, cursor, limit = INBOX_PAGE_ROWS } = c.req.valid('query')
    const { user } = c.var.session
    const from: Place = cursor === undefined ? { rows: START, departures: since === undefined ? END : START } : decodePlace(cursor)
    const rows = from.rows === END ? [] : await database.conversations.inbox(user, { since: since ?? null, before: from.rows, limit })
    const departed = from.departures === END ? [] : await database.conversations.departures(user, { since: since ?? 0, after: from.departures, limit })
    const named = await database.accounts.byIds([...new Set(rows.flatMap(peopleOf))])
    const people = [...named, ...(await changedPeople(database.people, user, cursor === undefined ? since : undefined, named))]
    const next: Place = { rows: nextOf(rows, limit), departures: nextOf(departed, limit) }
    return c.json({ rows, people, departed, ...(next.rows === END && next.departures === END ? {} : { cursor: encodePlace(next) }) }, 200)
  })
}

/** Whoever was away learns on return how those they know are called and pictured now. */
async function changedPeople(people: PeopleStore, user: UserId, since: number | undefined, named: readonly Person[]): Promise<Person[]> {
  if (since === undefined) return []
  const there = new Set(named.map(({ id }) => id))
  return (await people.changedSince(user, since, CHANGED_PEOPLE_MAX)).filter(({ id }) => !there.has(id))
}

/** The newest; whoever was away for longer than that learns of the others where they meet them. */
const CHANGED_PEOPLE_MAX = 200

/** How far the pages are: two lists in one answer, each with its own place. */
type Place = { rows: Position; departures: Position }
/** The last that was answered; null: none yet. */
type Position = InboxCursor | null | typeof END
const START = null
const END = 'end'

function nextOf(page: readonly InboxCursor[], limit: number): Position {
  return page.length === limit ? (page.at(-1) ?? END) : END
}

function peopleOf({ peer, last }: InboxRow) {
  return [peer, last?.author].filter((user) => user !== undefined)
}

function encodePlace({ rows, departures }: Place): string {
  return `${encodePosition(rows)}~${encodePosition(departures)}`
}

function decodePlace(cursor: string): Place {
  const [rows = '', departures = ''] = cursor.split('~', 2)
  return { rows: decodePosition(rows), departures: decodePosition(departures) }
}

/** A page that has a next one has begun both lists: a position here is never the start. */
function encodePosition(position: Position): string {
  return position === START || position === END ? '' : encodeCursor(position)
}

function decodePosition(text: string): Position {
  return text === '' ? END : decodeCursor(text)
}
