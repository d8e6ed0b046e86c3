// The whole server put together, without the process around it, so that tests, simulations and measurements run the
// very same thing.

import { fileURLToPath } from 'node:url'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../storage/database.ts'
import { createAdministration } from './administration/administration.ts'
import { openOperatorSocket } from './administration/operatorSocket.ts'
import { createApi } from './api/api.ts'
import { createApp } from './app.ts'
import type { Auth } from './auth/auth.ts'
import { createAuth } from './auth/createAuth.ts'
import type { Passwords } from './auth/passwords.ts'
import { argon2Passwords } from './auth/passwords.ts'
import { createThrottle } from './auth/throttle.ts'
import type { Config } from './config.ts'
import type { Conversations } from './conversations/conversations.ts'
import { createConversations } from './conversations/conversations.ts'
import { createJoinLinks } from './conversations/joinLinks.ts'
import type { TIMEOUTS } from './http.ts'
import { createHttpServer, serve } from './http.ts'
import { listen } from './listen.ts'
import type { Logger } from './logger.ts'
import { allowedOrigins, mainOrigin } from './origins.ts'
import { createPeople } from './people/people.ts'
import type { Sync } from './sync.ts'
import { createSync } from './sync.ts'
import { createWebClient } from './webClient.ts'

export const WEB_CLIENT_DIST = fileURLToPath(new URL('../client/dist', import.meta.url))

/** How often expired sessions go and "last seen" is written down. */
const SWEEP_INTERVAL_MS = 60_000

export type RunningServer = {
  port: number
  /** The address to show to people. */
  origin: string
  database: Database
  auth: Auth
  conversations: Conversations
  sync: Sync
  /** Takes no new work, waits for what is in flight, closes everything, the database last. */
  drain(): Promise<void>
}

export type ServerDeps = {
  config: Config
  /** Closed by `drain`; if the server cannot start, its opener closes it. */
  database: Database
  logger: Logger
  clock?: () => number
  newId?: () => string
  passwords?: Passwords
  timeouts?: typeof TIMEOUTS
  webClientDist?: string
}

export async function startServer(deps: ServerDeps): Promise<RunningServer> {
  const { config, database, logger, clock = Date.now, newId = uuidv7, passwords = argon2Passwords } = deps
  const http = createHttpServer(deps.timeouts)
  const port = await listen(http.server, config)

  // From here to `serve` nothing waits, so no request arrives before there is an answer for it.
  const origins = allowedOrigins(config, port)
  const origin = mainOrigin(config, port)
  const overTls = origin.startsWith('https:')
  let draining = false

  const throttle = createThrottle(config)
  const auth = createAuth({ database, passwords, throttle, clock, newId, sessionDays: config.sessionDays, secureCookie: overTls })
  const sync = createSync({ database, auth, clock, logger, allowedOrigins: origins, trustedProxies: config.trustedProxies })
  const conversations = createConversations({ database, changed: (conversation, change) => sync.membershipChanged({ conversation, ...change }), clock, newId })
  const joinLinks = createJoinLinks({ database, conversations, sync, clock, newId })
  const administration = createAdministration({ database, passwords, sessionsEnded: (ended) => auth.announceEnded(ended), clock, newId })
  const people = createPeople({ database, sync, clock, newId })
  const api = createApi({ auth, conversations, joinLinks, administration, people, database, sync, allowedOrigins: origins, trustedProxies: config.trustedProxies })
  const webClient = createWebClient(deps.webClientDist ?? WEB_CLIENT_DIST)
  serve(http.server, { app: createApp({ api, webClient, database, isDraining: () => draining, overTls, logger }), sync })
  const sweeping = sweepNowAndThen(auth, logger)
  const operators = await openOperatorSocket(config.dataDir, { database, administration }, logger)

  return {
    port,
    origin,
    database,
    auth,
    conversations,
    sync,
    async drain() {
      draining = true
      clearInterval(sweeping)
      const closed = http.close()
      await sync.drain()
      await closed
      await operators.close()
      try {
        await auth.sweep()
      } finally {
        await database.close()
      }
    },
  }
}

function sweepNowAndThen(auth: Auth, logger: Logger): NodeJS.Timeout {
  const timer = setInterval(() => {
    // The loop that retries: a full disk today is no reason to stop sweeping tomorrow.
    auth.sweep().catch((error: unknown) => logger.error({ err: error }, 'sweeping sessions failed'))
  }, SWEEP_INTERVAL_MS)
  return timer.unref()
}
