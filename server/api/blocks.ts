import { createRoute, z } from '@hono/zod-openapi'
import { UserId } from '../../shared/ids.ts'
import { Blocks } from '../../shared/protocol/api.ts'
import type { Api, ApiDeps } from './api.ts'
import { json, NOTHING, refusals, SIGNED_IN } from './describe.ts'
import { ChangeHeaders, madeOnce } from './madeOnce.ts'

const UserParam = z.object({ user: UserId })

const list = createRoute({
  method: 'get',
  path: '/me/blocks',
  summary: 'Whom I block',
  security: SIGNED_IN,
  responses: { 200: json(Blocks, 'In order of blocking.'), ...refusals('signed-out') },
})

const block = createRoute({
  method: 'post',
  path: '/me/blocks/{user}',
  summary: 'Take no direct messages from somebody, and let them know nothing of me; they are not told',
  security: SIGNED_IN,
  request: { params: UserParam, headers: ChangeHeaders },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-found', 'forbidden', 'too-large', 'storage-full') },
})

const unblock = createRoute({
  method: 'delete',
  path: '/me/blocks/{user}',
  summary: 'End a block',
  security: SIGNED_IN,
  request: { params: UserParam, headers: ChangeHeaders },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'forbidden', 'storage-full') },
})

export function blockRoutes(api: Api, { people, database }: ApiDeps): void {
  api.openapi(list, async (c) => {
    const { blocked } = await people.own(c.var.session.user)
    return c.json({ blocked, people: await database.accounts.byIds(blocked) }, 200)
  })

  api.openapi(block, async (c) => {
    await people.block(c.var.session.user, c.req.valid('param').user, madeOnce(c.var.session, c.req.valid('header')))
    return c.body(null, 204)
  })

  api.openapi(unblock, async (c) => {
    await people.unblock(c.var.session.user, c.req.valid('param').user, madeOnce(c.var.session, c.req.valid('header')))
    return c.body(null, 204)
  })
}
