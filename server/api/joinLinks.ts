import { createRoute } from '@hono/zod-openapi'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { z } from 'zod'
import { ConversationId, JoinLinkId } from '../../shared/ids.ts'
import { JOIN_LOOKS, JOIN_LOOKS_SECONDS } from '../../shared/limits.ts'
import { Accepted, CreateJoinLink, Invitation, JoinLinks, JoinRequests, NewJoinLink } from '../../shared/protocol/joinLinks.ts'
import { consume } from '../consume.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, ConversationParam, json, MemberParam, NOTHING, refusals, SIGNED_IN } from './describe.ts'

const CodeParam = z.object({ code: z.string().min(1).max(64) })
const LinkParam = z.object({ id: ConversationId, link: JoinLinkId })

const create = createRoute({
  method: 'post',
  path: '/conversations/{id}/links',
  summary: 'Make a link that lets people in, or lets them ask; the answer is the only place where its code can be read',
  security: SIGNED_IN,
  request: { params: ConversationParam, body: body(CreateJoinLink) },
  responses: { 201: json(NewJoinLink, 'The link and its code.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'forbidden', 'too-large', 'storage-full') },
})

const list = createRoute({
  method: 'get',
  path: '/conversations/{id}/links',
  summary: 'The links into a group or a channel, newest first; codes cannot be read again',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 200: json(JoinLinks, 'The links, and who made them.'), ...refusals('signed-out', 'malformed', 'not-member', 'forbidden') },
})

const revoke = createRoute({
  method: 'delete',
  path: '/conversations/{id}/links/{link}',
  summary: 'Revoke a link; who came by it stays',
  security: SIGNED_IN,
  request: { params: LinkParam },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'forbidden', 'not-found', 'storage-full') },
})

const look = createRoute({
  method: 'get',
  path: '/invites/{code}',
  summary: 'What a link leads to; the same answer for one that never was, expired, was revoked or is used up',
  security: SIGNED_IN,
  request: { params: CodeParam },
  responses: { 200: json(Invitation, 'Where it leads.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-found', 'forbidden') },
})

const accept = createRoute({
  method: 'post',
  path: '/invites/{code}',
  summary: 'Come in by a link, or ask to be let in',
  security: SIGNED_IN,
  request: { params: CodeParam },
  responses: { 200: json(Accepted, 'In, or asked.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-found', 'forbidden', 'too-large', 'storage-full') },
})

const requests = createRoute({
  method: 'get',
  path: '/conversations/{id}/requests',
  summary: 'Who asks to be let in, the first first',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 200: json(JoinRequests, 'The requests, and who they are.'), ...refusals('signed-out', 'malformed', 'not-member', 'forbidden') },
})

const letIn = createRoute({
  method: 'put',
  path: '/conversations/{id}/requests/{user}',
  summary: 'Let somebody in who asked',
  security: SIGNED_IN,
  request: { params: MemberParam },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'forbidden', 'not-found', 'too-large', 'storage-full') },
})

const decline = createRoute({
  method: 'delete',
  path: '/conversations/{id}/requests/{user}',
  summary: 'Decline somebody who asked; they may ask again',
  security: SIGNED_IN,
  request: { params: MemberParam },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'forbidden', 'not-found', 'storage-full') },
})

const declinedRead = createRoute({
  method: 'delete',
  path: '/me/declined/{id}',
  summary: 'The asker has read that they were declined: they are not told again',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'storage-full') },
})

export function joinLinkRoutes(api: Api, deps: ApiDeps): void {
  linkRoutes(api, deps)
  requestRoutes(api, deps)
}

function linkRoutes(api: Api, { joinLinks, database }: ApiDeps): void {
  const looks = new RateLimiterMemory({ points: JOIN_LOOKS, duration: JOIN_LOOKS_SECONDS })
  const looking = (user: string) => consume(looks, user, 'too-many-links')

  api.openapi(create, async (c) => c.json(await joinLinks.create(c.var.session.user, c.req.valid('param').id, c.req.valid('json')), 201))

  api.openapi(list, async (c) => {
    const links = await joinLinks.list(c.var.session.user, c.req.valid('param').id)
    const people = await database.accounts.byIds([...new Set(links.map(({ createdBy }) => createdBy))])
    return c.json({ links, people }, 200)
  })

  api.openapi(revoke, async (c) => {
    const { id, link } = c.req.valid('param')
    await joinLinks.revoke(c.var.session.user, id, link)
    return c.body(null, 204)
  })

  api.openapi(look, async (c) => {
    await looking(c.var.session.user)
    return c.json(await joinLinks.look(c.var.session.user, c.req.valid('param').code), 200)
  })

  api.openapi(accept, async (c) => {
    await looking(c.var.session.user)
    return c.json(await joinLinks.accept(c.var.session, c.req.valid('param').code), 200)
  })
}

function requestRoutes(api: Api, { joinLinks, database }: ApiDeps): void {
  api.openapi(requests, async (c) => {
    const waiting = await joinLinks.requests(c.var.session.user, c.req.valid('param').id)
    return c.json({ requests: waiting, people: await database.accounts.byIds(waiting.map(({ user }) => user)) }, 200)
  })

  api.openapi(letIn, async (c) => {
    const { id, user } = c.req.valid('param')
    await joinLinks.decide(c.var.session, id, user, true)
    return c.body(null, 204)
  })

  api.openapi(decline, async (c) => {
    const { id, user } = c.req.valid('param')
    await joinLinks.decide(c.var.session, id, user, false)
    return c.body(null, 204)
  })

  api.openapi(declinedRead, async (c) => {
    await joinLinks.declinedRead(c.var.session.user, c.req.valid('param').id)
    return c.body(null, 204)
  })
}
