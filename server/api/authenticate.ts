// Who asks. A browser sends the session cookie by itself, whatever page made it ask; so a request that changes something
// and comes with no more than a cookie has to come from one of our own pages. A bearer token is never sent by itself.

import { getCookie } from 'hono/cookie'
import type { Context, MiddlewareHandler } from 'hono'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { AdministrationStore } from '../../storage/administration.ts'
import type { Auth } from '../auth/auth.ts'
import type { ApiEnv } from './api.ts'

export function requireSameOrigin(allowedOrigins: readonly string[], { cookieName }: Pick<Auth, 'cookieName'>): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (!isRead(c.req.method) && c.req.header('authorization') === undefined && isForeign(c, allowedOrigins, cookieName)) {
      throw refusedBecause('other-page')
    }
    await next()
  }
}

export function requireSession(auth: Auth): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const header = c.req.header('authorization')
    const token = header === undefined ? getCookie(c, auth.cookieName) : bearerToken(header)
    const authenticated = token === undefined ? null : await auth.authenticate(token)
    if (authenticated === null) throw new RefusedError('signed-out', 'Sign in first.')

    c.set('session', authenticated.session)
    if (header === undefined && authenticated.cookie !== null) c.header('Set-Cookie', authenticated.cookie)
    await next()
  }
}

/** Before anything is looked at, so that the answer is the same whatever was asked for. */
export function requireAdministrator(administration: Pick<AdministrationStore, 'standing'>): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { administrator } = await administration.standing(c.var.session.user)
    if (!administrator) throw refusedBecause('for-administrators')
    await next()
  }
}

function isForeign(c: Context, allowedOrigins: readonly string[], cookieName: string): boolean {
  const origin = c.req.header('origin')
  if (origin !== undefined) return !allowedOrigins.includes(origin)
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  // Neither header: no browser. A program that borrowed a cookie is refused, one that signs in is not.
  return getCookie(c, cookieName) !== undefined
}

export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

function bearerToken(header: string): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(header)?.[1]
}
