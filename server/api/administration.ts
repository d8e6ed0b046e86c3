import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { UserId } from '../../shared/ids.ts'
import { ADMINISTRATION_PAGE } from '../../shared/limits.ts'
import { AdminConversationsQuery, AdminPeopleQuery, ConversationsPage, EndedSessions, PeoplePage, SetAdministrator, SetBlocked, StorageFigures } from '../../shared/protocol/administration.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, json, NOTHING, refusals, SIGNED_IN } from './describe.ts'

const PersonParam = z.object({ id: UserId })

const people = createRoute({
  method: 'get',
  path: '/admin/people',
  summary: 'Everybody with an account, in order of handle, a page at a time; with `q`, those whose handle or name starts so',
  security: SIGNED_IN,
  request: { query: AdminPeopleQuery },
  responses: { 200: json(PeoplePage, 'A page; `after` asks for the next and is absent on the last.'), ...refusals('signed-out', 'forbidden', 'malformed') },
})

const setAdministrator = createRoute({
  method: 'put',
  path: '/admin/people/{id}/administrator',
  summary: 'Make somebody an administrator, or take that away; never from the last one',
  security: SIGNED_IN,
  request: { params: PersonParam, body: body(SetAdministrator) },
  responses: { 204: NOTHING, ...refusals('signed-out', 'forbidden', 'malformed', 'not-found', 'taken', 'too-large', 'storage-full') },
})

const setBlocked = createRoute({
  method: 'put',
  path: '/admin/people/{id}/blocked',
  summary: 'Keep somebody from signing in, and end their sessions at once; or let them in again',
  security: SIGNED_IN,
  request: { params: PersonParam, body: body(SetBlocked) },
  responses: { 204: NOTHING, ...refusals('signed-out', 'forbidden', 'malformed', 'not-found', 'taken', 'too-large', 'storage-full') },
})

const endSessions = createRoute({
  method: 'delete',
  path: '/admin/people/{id}/sessions',
  summary: 'Sign all devices of a person out; their sockets close at once',
  security: SIGNED_IN,
  request: { params: PersonParam },
  responses: { 200: json(EndedSessions, 'How many there were.'), ...refusals('signed-out', 'forbidden', 'malformed', 'not-found', 'storage-full') },
})

const conversations = createRoute({
  method: 'get',
  path: '/admin/conversations',
  summary: 'All conversations, in order of id, a page at a time: what they are, not what is said in them',
  security: SIGNED_IN,
  request: { query: AdminConversationsQuery },
  responses: { 200: json(ConversationsPage, 'A page; `after` asks for the next and is absent on the last.'), ...refusals('signed-out', 'forbidden', 'malformed') },
})

const storage = createRoute({
  method: 'get',
  path: '/admin/storage',
  summary: 'How much there is of everything',
  security: SIGNED_IN,
  responses: { 200: json(StorageFigures, 'The figures.'), ...refusals('signed-out', 'forbidden') },
})

export function administrationRoutes(api: Api, deps: ApiDeps): void {
  personRoutes(api, deps)
  const { database } = deps

  api.openapi(conversations, async (c) => {
    const { after, limit = ADMINISTRATION_PAGE } = c.req.valid('query')
    const page = await database.bulk.conversations(after ?? null, limit)
    const last = page.at(-1)
    const summaries = page.map(({ id, kind, name, createdAt, memberCount, head }) => ({ id, kind, name, createdAt, members: memberCount, entries: head }))
    return c.json({ conversations: summaries, ...(page.length === limit && last !== undefined ? { after: last.id } : {}) }, 200)
  })

  api.openapi(storage, async (c) => c.json(await database.administration.figures(), 200))
}

function personRoutes(api: Api, { administration, database }: ApiDeps): void {
  api.openapi(people, async (c) => {
    const { q = '', after, limit = ADMINISTRATION_PAGE } = c.req.valid('query')
    const page = await database.administration.people({ start: q, after: after ?? null, limit })
    const last = page.at(-1)
    return c.json({ people: page, ...(page.length === limit && last !== undefined ? { after: last.handle } : {}) }, 200)
  })

  api.openapi(setAdministrator, async (c) => {
    await administration.setAdministrator(c.var.session.user, c.req.valid('param').id, c.req.valid('json').administrator)
    return c.body(null, 204)
  })

  api.openapi(setBlocked, async (c) => {
    await administration.setBlocked(c.var.session.user, c.req.valid('param').id, c.req.valid('json').blocked)
    return c.body(null, 204)
  })

  api.openapi(endSessions, async (c) => c.json({ ended: await administration.endSessions(c.var.session.user, c.req.valid('param').id) }, 200))
}
