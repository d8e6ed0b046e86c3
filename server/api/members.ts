import { createRoute } from '@hono/zod-openapi'
import { AddedMembers, AddMembers, MembersPage, MembersQuery, SetRole } from '../../shared/protocol/api.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, ConversationParam, json, MemberParam, NOTHING, refusals, SIGNED_IN } from './describe.ts'

export const MEMBERS_PAGE = 100

const list = createRoute({
  method: 'get',
  path: '/conversations/{id}/members',
  summary: 'The members, in order of their ids, a page at a time',
  security: SIGNED_IN,
  request: { params: ConversationParam, query: MembersQuery },
  responses: { 200: json(MembersPage, 'A page; `after` asks for the next and is absent on the last.'), ...refusals('signed-out', 'malformed', 'not-member') },
})

const add = createRoute({
  method: 'post',
  path: '/conversations/{id}/members',
  summary: 'Add people to a group',
  security: SIGNED_IN,
  request: { params: ConversationParam, body: body(AddMembers) },
  responses: { 200: json(AddedMembers, 'Those who are new.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'not-found', 'forbidden', 'too-large', 'storage-full') },
})

const remove = createRoute({
  method: 'delete',
  path: '/conversations/{id}/members/{user}',
  summary: 'Remove somebody from a group, or leave it: their devices lose it now',
  security: SIGNED_IN,
  request: { params: MemberParam },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'not-found', 'forbidden', 'storage-full') },
})

const setRole = createRoute({
  method: 'put',
  path: '/conversations/{id}/members/{user}/role',
  summary: 'Give a member another role; making somebody the owner makes the owner an admin',
  security: SIGNED_IN,
  request: { params: MemberParam, body: body(SetRole) },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'not-found', 'forbidden', 'too-large', 'storage-full') },
})

export function memberRoutes(api: Api, { conversations }: ApiDeps): void {
  api.openapi(list, async (c) => {
    const { after = null, limit = MEMBERS_PAGE } = c.req.valid('query')
    return c.json(await conversations.members(c.var.session.user, c.req.valid('param').id, { after, limit }), 200)
  })

  api.openapi(add, async (c) => {
    const added = await conversations.add(c.var.session, c.req.valid('param').id, c.req.valid('json').users)
    return c.json({ added: [...added] }, 200)
  })

  api.openapi(remove, async (c) => {
    const { id, user } = c.req.valid('param')
    await conversations.remove(c.var.session, id, user)
    return c.body(null, 204)
  })

  api.openapi(setRole, async (c) => {
    const { id, user } = c.req.valid('param')
    await conversations.setRole(c.var.session, id, user, c.req.valid('json').role)
    return c.body(null, 204)
  })
}
