import { createRoute } from '@hono/zod-openapi'
import { ChangePassword, OwnAccount, SignedIn, SignUp } from '../../shared/protocol/api.ts'
import type { Api, ApiDeps } from './api.ts'
import { answerIssued } from './issued.ts'
import { clientAddress } from './clientAddress.ts'
import { body, json, NOTHING, refusals, SIGNED_IN } from './describe.ts'

const signUp = createRoute({
  method: 'post',
  path: '/accounts',
  summary: 'Sign up, and sign in on this device; with a claim code, take over the account an import made',
  request: { body: body(SignUp) },
  responses: { 201: json(SignedIn, 'The account and its first session.'), ...refusals('malformed', 'taken', 'not-found', 'forbidden', 'rate-limited', 'too-large', 'storage-full') },
})

const ownAccount = createRoute({
  method: 'get',
  path: '/account',
  summary: 'Who I am, and with which session',
  security: SIGNED_IN,
  responses: { 200: json(OwnAccount, 'The own account.'), ...refusals('signed-out') },
})

const changePassword = createRoute({
  method: 'post',
  path: '/account/password',
  summary: 'Change the password, and sign out every other device',
  security: SIGNED_IN,
  request: { body: body(ChangePassword) },
  responses: { 204: NOTHING, ...refusals('signed-out', 'malformed', 'credentials', 'forbidden', 'rate-limited', 'too-large', 'storage-full') },
})

export function signUpRoute(api: Api, { auth, trustedProxies }: ApiDeps): void {
  api.openapi(signUp, async (c) => {
    const request = c.req.valid('json')
    const issued = await auth.signUp(request, clientAddress(c.env.incoming, trustedProxies))
    return c.json(answerIssued(c, issued, request.credentials), 201)
  })
}

export function accountRoutes(api: Api, { auth, trustedProxies }: ApiDeps): void {
  api.openapi(ownAccount, async (c) => c.json(await auth.account(c.var.session), 200))

  api.openapi(changePassword, async (c) => {
    await auth.changePassword(c.var.session, c.req.valid('json'), clientAddress(c.env.incoming, trustedProxies))
    return c.body(null, 204)
  })
}
