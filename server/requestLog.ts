// One line a request: what was asked for, by the pattern of its route, and how it went. Never the address bar (ids and
// search words stand in it), never a header, never a body.

import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { ApiEnv } from './api/api.ts'
import type { Logger } from './logger.ts'

export function requestLog(logger: Logger): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const start = performance.now()
    await next()
    // Of the handler that answered: the last one that ran.
    const route = routePath(c)
    const ms = Math.round((performance.now() - start) * 10) / 10
    logger.info({ method: c.req.method, route, status: c.res.status, ms, requestId: c.get('requestId') }, 'request')
  }
}
