import { createRoute } from '@hono/zod-openapi'
import { ConversationAnswer, ConversationDetails, CreateConversation, Describe, Pins } from '../../shared/protocol/api.ts'
import { PINS_SHOWN } from '../../shared/limits.ts'
import { notMember } from '../conversations/conversations.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, ConversationParam, json, refusals, SIGNED_IN } from './describe.ts'
import { MEMBERS_PAGE } from './members.ts'

const create = createRoute({
  method: 'post',
  path: '/conversations',
  summary: 'Start a direct conversation, a group or a channel; asking again answers the same one',
  security: SIGNED_IN,
  request: { body: body(CreateConversation) },
  responses: { 200: json(ConversationAnswer, 'The conversation.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-found', 'id-conflict', 'forbidden', 'not-member', 'too-large', 'storage-full') },
})

const get = createRoute({
  method: 'get',
  path: '/conversations/{id}',
  summary: 'A conversation as I see it, with the first page of its members',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 200: json(ConversationDetails, 'The conversation.'), ...refusals('signed-out', 'malformed', 'not-member') },
})

const describe = createRoute({
  method: 'patch',
  path: '/conversations/{id}',
  summary: 'Change the name, the topic or the permissions of a group',
  security: SIGNED_IN,
  request: { params: ConversationParam, body: body(Describe) },
  responses: { 200: json(ConversationAnswer, 'The conversation.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'forbidden', 'too-large', 'storage-full') },
})

const pins = createRoute({
  method: 'get',
  path: '/conversations/{id}/pins',
  summary: 'What is pinned, the last pinned first',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 200: json(Pins, 'As it reads now.'), ...refusals('signed-out', 'malformed', 'not-member') },
})

export function conversationRoutes(api: Api, { conversations, database }: ApiDeps): void {
  api.openapi(create, async (c) => c.json({ row: await conversations.create(c.var.session.user, c.req.valid('json')) }, 200))

  api.openapi(get, async (c) => {
    const { id } = c.req.valid('param')
    const { user } = c.var.session
    const [row, page] = await Promise.all([conversations.row(user, id), conversations.members(user, id, { after: null, limit: MEMBERS_PAGE })])
    return c.json({ row, ...page }, 200)
  })

  api.openapi(describe, async (c) => {
    const { id } = c.req.valid('param')
    return c.json({ row: await conversations.describe(c.var.session, id, c.req.valid('json')) }, 200)
  })

  api.openapi(pins, async (c) => {
    const { id } = c.req.valid('param')
    if ((await database.conversations.role(id, c.var.session.user)) === null) throw notMember()
    const pinned = await database.log.pinned(id, PINS_SHOWN)
    const people = await database.accounts.byIds([...new Set(pinned.flatMap(({ entry, by }) => [entry.author, by]))])
    return c.json({ pinned, people }, 200)
  })
}
