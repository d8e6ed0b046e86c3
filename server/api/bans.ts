// Who may not join a group or a channel (again). A ban is a change of membership: the log says so.

import { createRoute } from '@hono/zod-openapi'
import { Bans } from '../../shared/protocol/api.ts'
import type { Api, ApiDeps } from './api.ts'
import { ConversationParam, json, MemberParam, NOTHING, refusals, SIGNED_IN } from './describe.ts'

const list = createRoute({
  method: 'get',
  path: '/conversations/{id}/bans',
  summary: 'Who may not join a group or a channel, the last first',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 200: json(Bans, 'They, and who said so.'), ...refusals('signed-out', 'malformed', 'not-member', 'forbidden') },
})

const ban = createRoute({
  method: 'put',
  path: '/conversations/{id}/bans/{user}',
  summary: 'Keep somebody out: removes them if they are a member, and they cannot join or be added until they are allowed to again',
  security: SIGNED_IN,
  request: { params: MemberParam },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'not-found', 'forbidden', 'storage-full') },
})

const unban = createRoute({
  method: 'delete',
  path: '/conversations/{id}/bans/{user}',
  summary: 'Allow somebody to join again',
  security: SIGNED_IN,
  request: { params: MemberParam },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'not-found', 'forbidden', 'storage-full') },
})

export function banRoutes(api: Api, { conversations, database }: ApiDeps): void {
  api.openapi(list, async (c) => {
    const bans = await conversations.bans(c.var.session.user, c.req.valid('param').id)
    return c.json({ bans, people: await database.accounts.byIds([...new Set(bans.flatMap(({ user, by }) => [user, by]))]) }, 200)
  })

  api.openapi(ban, async (c) => {
    const { id, user } = c.req.valid('param')
    await conversations.ban(c.var.session, id, user)
    return c.body(null, 204)
  })

  api.openapi(unban, async (c) => {
    const { id, user } = c.req.valid('param')
    await conversations.unban(c.var.session, id, user)
    return c.body(null, 204)
  })
}
