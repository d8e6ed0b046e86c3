import { createRoute } from '@hono/zod-openapi'
import type { InboxRow } from '../../shared/conversation/inbox.ts'
import { ConversationId, Millis } from '../../shared/ids.ts'
import { INBOX_PAGE_ROWS } from '../../shared/limits.ts'
import { InboxPage, InboxQuery } from '../../shared/protocol/api.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import type { InboxCursor } from '../../storage/database.ts'
import type { Api, ApiDeps } from './api.ts'
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
    const before = cursor === undefined ? null : decodeCursor(cursor)
    const rows = await database.conversations.inbox(c.var.session.user, { since: since ?? null, before, limit })
    const departed = since === undefined || before !== null ? [] : await database.conversations.departures(c.var.session.user, since)
    const people = await database.accounts.byIds([...new Set(rows.flatMap(peopleOf))])
    const last = rows.at(-1)
    return c.json({ rows, people, departed, ...(rows.length === limit && last !== undefined ? { cursor: encodeCursor(last) } : {}) }, 200)
  })
}

function peopleOf({ peer, last }: InboxRow) {
  return [peer, last?.author].filter((user) => user !== undefined)
}

function encodeCursor({ touched, conversation }: InboxCursor): string {
  return `${touched}.${conversation}`
}

function decodeCursor(cursor: string): InboxCursor {
  const [touched = '', conversation] = cursor.split('.', 2)
  const parsed = { touched: Millis.safeParse(Number(touched)), conversation: ConversationId.safeParse(conversation) }
  if (!parsed.touched.success || !parsed.conversation.success) throw new RefusedError('malformed', 'cursor: not one of ours')
  return { touched: parsed.touched.data, conversation: parsed.conversation.data }
}
