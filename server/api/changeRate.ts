// How much one account may change over HTTP, whatever it changes and from however many devices: each change is a write to
// the disk and a notice to everybody concerned. Reading is not counted; appends have a limit of their own.

import type { MiddlewareHandler } from 'hono'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { CHANGE_RATE_CHANGES, CHANGE_RATE_SECONDS } from '../../shared/limits.ts'
import { consume } from '../consume.ts'
import type { ApiEnv } from './api.ts'
import { isRead } from './authenticate.ts'

/** Goes behind `requireSession`. */
export function limitChanges(): MiddlewareHandler<ApiEnv> {
  const changes = new RateLimiterMemory({ points: CHANGE_RATE_CHANGES, duration: CHANGE_RATE_SECONDS })
  return async (c, next) => {
    if (!isRead(c.req.method)) await consume(changes, c.var.session.user, 'too-many-changes')
    await next()
  }
}
