import { createRoute } from '@hono/zod-openapi'
import { ConversationAnswer, ConversationDetails, CreateConversation, Rename } from '../../shared/protocol/api.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, ConversationParam, json, refusals, SIGNED_IN } from './describe.ts'
import { MEMBERS_PAGE } from './members.ts'

const create = createRoute({
  method: 'post',
  path: '/conversations',
  summary: 'Start a direct conversation or a group; asking again answers the same one',
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

const rename = createRoute({
  method: 'patch',
  path: '/conversations/{id}',
  summary: 'Rename a group',
  security: SIGNED_IN,
  request: { params: ConversationParam, body: body(Rename) },
  responses: { 200: json(ConversationAnswer, 'The conversation.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'forbidden', 'too-large', 'storage-full') },
})

export function conversationRoutes(api: Api, { conversations }: ApiDeps): void {
  api.openapi(create, async (c) => c.json({ row: await conversations.create(c.var.session.user, c.req.valid('json')) }, 200))

  api.openapi(get, async (c) => {
    const { id } = c.req.valid('param')
    const { user } = c.var.session
    const [row, page] = await Promise.all([conversations.row(user, id), conversations.members(user, id, { after: null, limit: MEMBERS_PAGE })])
    return c.json({ row, ...page }, 200)
  })

  api.openapi(rename, async (c) => {
    const { id } = c.req.valid('param')
    return c.json({ row: await conversations.rename(c.var.session.user, id, c.req.valid('json').name) }, 200)
  })
}
