import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { SessionId } from '../../shared/ids.ts'
import { Sessions, SignedIn, SignIn } from '../../shared/protocol/api.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { Api, ApiDeps } from './api.ts'
import { answerIssued } from './issued.ts'
import { clientAddress } from './clientAddress.ts'
import { body, json, NOTHING, refusals, SIGNED_IN } from './describe.ts'

const signIn = createRoute({
  method: 'post',
  path: '/sessions',
  summary: 'Sign in on this device',
  request: { body: body(SignIn) },
  responses: { 201: json(SignedIn, 'The session.'), ...refusals('malformed', 'credentials', 'forbidden', 'rate-limited', 'too-large', 'storage-full') },
})

const signOut = createRoute({
  method: 'delete',
  path: '/sessions/current',
  summary: 'Sign this device out',
  security: SIGNED_IN,
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'forbidden', 'storage-full') },
})

const list = createRoute({
  method: 'get',
  path: '/sessions',
  summary: 'The devices that are signed in',
  security: SIGNED_IN,
  responses: { 200: json(Sessions, 'One session a device.'), ...refusals('signed-out') },
})

const end = createRoute({
  method: 'delete',
  path: '/sessions/{id}',
  summary: 'Sign another device out; its sockets close at once',
  security: SIGNED_IN,
  request: { params: z.object({ id: SessionId }) },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-found', 'forbidden', 'storage-full') },
})

export function signInRoute(api: Api, { auth, trustedProxies }: ApiDeps): void {
  api.openapi(signIn, async (c) => {
    const request = c.req.valid('json')
    const issued = await auth.signIn(request, clientAddress(c.env.incoming, trustedProxies))
    return c.json(answerIssued(c, issued, request.credentials), 201)
  })
}

export function sessionRoutes(api: Api, { auth }: ApiDeps): void {
  // Before /sessions/{id}, which would take "current" for an id.
  api.openapi(signOut, async (c) => {
    await auth.end(c.var.session, c.var.session.id)
    c.header('Set-Cookie', auth.blankCookie)
    return c.body(null, 204)
  })

  api.openapi(list, async (c) => c.json({ sessions: await auth.sessions(c.var.session) }, 200))

  api.openapi(end, async (c) => {
    const { id } = c.req.valid('param')
    if (!(await auth.end(c.var.session, id))) throw refusedBecause('no-such-session')
    return c.body(null, 204)
  })
}
