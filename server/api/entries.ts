import { createRoute, z } from '@hono/zod-openapi'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { ConversationId as ConversationIdSchema, EntryId, Seq } from '../../shared/ids.ts'
import { FIRST_PAINT_ENTRIES } from '../../shared/limits.ts'
import { AppendAnswer, AppendBody, EntriesPage, EntriesQuery, EntryPlace, EntryReach } from '../../shared/protocol/api.ts'
import { FirstPaint } from '../../shared/protocol/messages.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import { notMember } from '../conversations/conversations.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, ConversationParam, json, refusals, SIGNED_IN } from './describe.ts'

const read = createRoute({
  method: 'get',
  path: '/conversations/{id}/entries',
  summary: 'Entries before a seq, oldest first; for programs that do not replicate the log',
  security: SIGNED_IN,
  request: { params: ConversationParam, query: EntriesQuery },
  responses: { 200: json(EntriesPage, 'Gapless, ending just before `before`.'), ...refusals('signed-out', 'malformed', 'not-member') },
})

const find = createRoute({
  method: 'get',
  path: '/conversations/{id}/entries/{entry}',
  summary: 'Where an entry stands in the log',
  security: SIGNED_IN,
  request: { params: z.object({ id: ConversationIdSchema, entry: EntryId }) },
  responses: { 200: json(EntryPlace, 'Its seq.'), ...refusals('signed-out', 'malformed', 'not-member', 'not-found') },
})

const reach = createRoute({
  method: 'get',
  path: '/conversations/{id}/entries/{entry}/reach',
  summary: 'How many have received and read a message of mine',
  security: SIGNED_IN,
  request: { params: z.object({ id: ConversationIdSchema, entry: EntryId }) },
  responses: { 200: json(EntryReach, 'How many.'), ...refusals('signed-out', 'malformed', 'not-member', 'not-found') },
})

const append = createRoute({
  method: 'post',
  path: '/conversations/{id}/entries',
  summary: 'Append entries, idempotent by their ids: answered when they are durable, each by itself',
  security: SIGNED_IN,
  request: { params: ConversationParam, body: body(AppendBody) },
  responses: {
    200: json(AppendAnswer, 'One result an entry, in order: its seq, or why it was refused.'),
    ...refusals('signed-out', 'malformed', 'not-member', 'forbidden', 'rate-limited', 'too-large', 'storage-full', 'draining'),
  },
})

const paint = createRoute({
  method: 'get',
  path: '/conversations/{id}/paint',
  summary: 'All that is needed to draw the end of a conversation',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 200: json(FirstPaint, 'The first paint.'), ...refusals('signed-out', 'malformed', 'not-member') },
})

export function entryRoutes(api: Api, { sync, database }: ApiDeps): void {
  api.openapi(read, async (c) => c.json(await page(database, c.var.session.user, c.req.valid('param').id, c.req.valid('query')), 200))

  api.openapi(find, async (c) => {
    const { id, entry } = c.req.valid('param')
    if ((await database.conversations.role(id, c.var.session.user)) === null) throw notMember()
    const seq = await database.log.find(id, entry)
    if (seq === null) throw refusedBecause('no-such-message')
    return c.json({ seq }, 200)
  })

  api.openapi(reach, async (c) => {
    const { id, entry } = c.req.valid('param')
    const { user } = c.var.session
    if ((await database.conversations.role(id, user)) === null) throw notMember()
    const counted = await database.receipts.reach(user, id, entry)
    if (counted === null) throw refusedBecause('no-such-message')
    return c.json(counted, 200)
  })

  api.openapi(append, async (c) => {
    const { user, device } = c.var.session
    return c.json({ results: await sync.append({ user, device }, c.req.valid('param').id, c.req.valid('json').entries) }, 200)
  })

  api.openapi(paint, async (c) => c.json(await sync.firstPaint(c.var.session.user, c.req.valid('param').id), 200))
}

async function page(database: ApiDeps['database'], user: UserId, id: ConversationId, query: { before?: number | undefined; limit?: number | undefined }) {
  if ((await database.conversations.role(id, user)) === null) throw notMember()
  const { before, limit = FIRST_PAINT_ENTRIES } = query
  const head = await database.log.head(id)
  const last = Math.min(head, (before ?? head + 1) - 1)
  const first = Math.max(1, last - limit + 1)
  const entries = last < first ? [] : await database.log.read(id, Seq.parse(first), Seq.parse(last))
  return { entries, head }
}
