import { createRoute } from '@hono/zod-openapi'
import { ChangeProfile } from '../../shared/protocol/api.ts'
import { OwnProfile } from '../../shared/protocol/messages.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, json, refusals, SIGNED_IN } from './describe.ts'
import { ChangeHeaders, madeOnce } from './madeOnce.ts'

const get = createRoute({
  method: 'get',
  path: '/me/profile',
  summary: 'How others see me, my privacy, and whom I block',
  security: SIGNED_IN,
  responses: { 200: json(OwnProfile, 'The own profile.'), ...refusals('signed-out') },
})

const change = createRoute({
  method: 'patch',
  path: '/me/profile',
  summary: 'Change name, status, do not disturb or privacy; what is absent stays, null takes away',
  security: SIGNED_IN,
  request: { body: body(ChangeProfile), headers: ChangeHeaders },
  responses: { 200: json(OwnProfile, 'The profile as it is now.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'forbidden', 'too-large', 'storage-full') },
})

export function profileRoutes(api: Api, { people }: ApiDeps): void {
  api.openapi(get, async (c) => c.json(await people.own(c.var.session.user), 200))
  api.openapi(change, async (c) => c.json(await people.change(c.var.session.user, c.req.valid('json'), madeOnce(c.var.session, c.req.valid('header'))), 200))
}
