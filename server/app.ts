// Every HTTP answer of the process: the API, the web client, and whether we are well.

import { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono } from 'hono'
import { compress } from 'hono/compress'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { refusal } from '../shared/protocol/refusal.ts'
import type { Database } from '../storage/database.ts'
import type { Api, ApiEnv } from './api/api.ts'
import { answerError, answerRefusal } from './api/errors.ts'
import { CONTENT_SECURITY_POLICY } from './contentSecurityPolicy.ts'
import type { Logger } from './logger.ts'
import { requestLog } from './requestLog.ts'

export function createApp(deps: AppDeps): Hono<ApiEnv> {
  const { logger, database, isDraining } = deps
  const app = new OpenAPIHono<ApiEnv>()

  app.use(requestId(), requestLog(logger))
  app.use(secureHeaders(headers(deps.overTls)))
  app.use(async (c, next) => {
    await next()
    // A picture says for itself what it may do: nothing.
    if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
    // Else a proxy sends its next request into a connection that is about to close.
    if (isDraining()) c.header('Connection', 'close')
  })
  app.use(compress())

  app.get('/healthz', (c) => c.json({ status: 'up' }))
  app.get('/readyz', async (c) => {
    if (isDraining()) return answerRefusal(c, refusal('draining', 'This process is going down.'))
    try {
      await database.ping()
    } catch (error) {
      logger.error({ err: error }, 'the database does not take writes')
      return answerRefusal(c, refusal('unavailable', 'The database does not take writes.'))
    }
    return c.json({ status: 'ready' })
  })
  app.route('/api', deps.api)
  app.route('/', deps.webClient)

  app.notFound((c) => c.text('There is nothing at this address.', 404))
  app.onError((error, c) => answerError(error, c, logger))
  return app
}

export type AppDeps = {
  api: Api
  webClient: Hono<ApiEnv>
  database: Pick<Database, 'ping'>
  isDraining: () => boolean
  /** People reach us by https: tell their browsers to stay there. */
  overTls: boolean
  logger: Logger
}

const ONE_YEAR_S = 365 * 24 * 60 * 60

function headers(overTls: boolean) {
  return {
    // Longer than the default; for the names below this one, too, since whoever owns one of them could set our cookie.
    strictTransportSecurity: overTls && `max-age=${ONE_YEAR_S}; includeSubDomains`,
    permissionsPolicy: { geolocation: [], usb: [], serial: [], payment: [] },
    xFrameOptions: 'DENY',
  }
}
