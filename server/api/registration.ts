import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { InviteId } from '../../shared/ids.ts'
import { ADMINISTRATION_PAGE } from '../../shared/limits.ts'
import { CreateInvite, InvitesPage, InvitesQuery, NewInvite, Registration } from '../../shared/protocol/administration.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, json, NOTHING, refusals, SIGNED_IN } from './describe.ts'

const registration = createRoute({
  method: 'get',
  path: '/registration',
  summary: 'Who may make an account here: everybody, whoever has an invite, nobody',
  responses: { 200: json(Registration, 'The mode.') },
})

const set = createRoute({
  method: 'put',
  path: '/admin/registration',
  summary: 'Say who may make an account here, from now on',
  security: SIGNED_IN,
  request: { body: body(Registration) },
  responses: { 204: NOTHING, ...refusals('signed-out', 'forbidden', 'malformed', 'too-large', 'storage-full') },
})

const invites = createRoute({
  method: 'get',
  path: '/admin/invites',
  summary: 'The invites ever made, newest first, a page at a time; codes cannot be read again',
  security: SIGNED_IN,
  request: { query: InvitesQuery },
  responses: { 200: json(InvitesPage, 'A page; `after` asks for the next and is absent on the last.'), ...refusals('signed-out', 'forbidden', 'malformed') },
})

const create = createRoute({
  method: 'post',
  path: '/admin/invites',
  summary: 'Make an invite; the answer is the only place where its code can be read',
  security: SIGNED_IN,
  request: { body: body(CreateInvite) },
  responses: { 201: json(NewInvite, 'The invite and its code.'), ...refusals('signed-out', 'forbidden', 'malformed', 'too-large', 'storage-full') },
})

const revoke = createRoute({
  method: 'delete',
  path: '/admin/invites/{id}',
  summary: 'Revoke an invite; who came with it stays',
  security: SIGNED_IN,
  request: { params: z.object({ id: InviteId }) },
  responses: { 204: NOTHING, ...refusals('signed-out', 'forbidden', 'malformed', 'not-found', 'storage-full') },
})

export function registrationRoute(api: Api, { database }: ApiDeps): void {
  api.openapi(registration, async (c) => c.json({ mode: await database.registration.mode() }, 200))
}

export function manageRegistrationRoutes(api: Api, { administration, database }: ApiDeps): void {
  api.openapi(set, async (c) => {
    await administration.setRegistration(c.var.session.user, c.req.valid('json').mode)
    return c.body(null, 204)
  })

  api.openapi(invites, async (c) => {
    const { after, limit = ADMINISTRATION_PAGE } = c.req.valid('query')
    const page = await database.registration.invites(after ?? null, limit)
    const last = page.at(-1)
    return c.json({ invites: page, ...(page.length === limit && last !== undefined ? { after: last.id } : {}) }, 200)
  })

  api.openapi(create, async (c) => c.json(await administration.createInvite(c.var.session.user, c.req.valid('json')), 201))

  api.openapi(revoke, async (c) => {
    await administration.revokeInvite(c.var.session.user, c.req.valid('param').id)
    return c.body(null, 204)
  })
}
