// The HTTP API under /api: each route declares its schemas once, and from that come the validation, the types of its
// handler and its part of /api/openapi.json. Handlers throw RefusedError; errors.ts turns it into an answer.

import type { HttpBindings } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { HTTP_BODY_MAX_BYTES } from '../../shared/limits.ts'
import { refusal } from '../../shared/protocol/refusal.ts'
import type { Database } from '../../storage/database.ts'
import type { Auth, Session } from '../auth/auth.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { JoinLinks } from '../conversations/joinLinks.ts'
import type { Sync } from '../sync.ts'
import type { Administration } from '../administration/administration.ts'
import type { People } from '../people/people.ts'
import { accountRoutes, signUpRoute } from './accounts.ts'
import { administrationRoutes } from './administration.ts'
import { auditRoute } from './audit.ts'
import { requireAdministrator, requireSession, requireSameOrigin } from './authenticate.ts'
import { limitChanges } from './changeRate.ts'
import { banRoutes } from './bans.ts'
import { channelRoutes } from './channels.ts'
import { conversationRoutes } from './conversations.ts'
import { entryRoutes } from './entries.ts'
import { answerRefusal, refuseMalformed } from './errors.ts'
import { inboxRoute } from './inbox.ts'
import { joinLinkRoutes } from './joinLinks.ts'
import { memberRoutes } from './members.ts'
import { describeSecurity, openApiDocument } from './openApiDocument.ts'
import { manageRegistrationRoutes, registrationRoute } from './registration.ts'
import { blockRoutes } from './blocks.ts'
import { manageReportRoutes } from './manageReports.ts'
import { pictureRoutes } from './pictures.ts'
import { profileRoutes } from './profile.ts'
import { reportRoute } from './reports.ts'
import { peopleRoute } from './people.ts'
import { segmentRoute } from './segments.ts'
import { threadRoutes } from './threads.ts'
import { sessionRoutes, signInRoute } from './sessions.ts'

export function createApi(deps: ApiDeps): Api {
  const api: Api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  describeSecurity(api, deps.auth)

  api.use(async (c, next) => {
    // Before the handler, so that a route may say otherwise.
    c.header('Cache-Control', 'no-store')
    await next()
  })
  api.use(requireSameOrigin(deps.allowedOrigins, deps.auth))
  api.use(bodyLimit({ maxSize: HTTP_BODY_MAX_BYTES, onError: (c) => answerRefusal(c, refusal('too-large', 'This is more than one request may carry.')) }))

  signUpRoute(api, deps)
  signInRoute(api, deps)
  registrationRoute(api, deps)
  api.get('/openapi.json', (c) => c.json(openApiDocument(api)))

  // Everything below is for people who are signed in, also what does not exist.
  api.use(requireSession(deps.auth))
  entryRoutes(api, deps)
  api.use(limitChanges())
  accountRoutes(api, deps)
  profileRoutes(api, deps)
  pictureRoutes(api, deps)
  blockRoutes(api, deps)
  reportRoute(api, deps)
  sessionRoutes(api, deps)
  peopleRoute(api, deps)
  inboxRoute(api, deps)
  conversationRoutes(api, deps)
  memberRoutes(api, deps)
  banRoutes(api, deps)
  channelRoutes(api, deps)
  joinLinkRoutes(api, deps)
  segmentRoute(api, deps)
  threadRoutes(api, deps)

  // Everything below is for administrators, also what does not exist.
  api.use('/admin/*', requireAdministrator(deps.database.administration))
  administrationRoutes(api, deps)
  manageRegistrationRoutes(api, deps)
  auditRoute(api, deps)
  manageReportRoutes(api, deps)
  api.all('*', (c) => answerRefusal(c, refusal('not-found', 'There is nothing at this address.')))
  return api
}

export type Api = OpenAPIHono<ApiEnv>

export type ApiEnv = { Bindings: HttpBindings; Variables: { requestId: string; session: Session } }

export type ApiDeps = {
  auth: Auth
  conversations: Conversations
  joinLinks: JoinLinks
  administration: Administration
  people: People
  database: Pick<Database, 'accounts' | 'conversations' | 'log' | 'administration' | 'registration' | 'bulk' | 'people' | 'pictures' | 'receipts' | 'reports' | 'threads'>
  sync: Pick<Sync, 'append' | 'firstPaint' | 'segment' | 'followThread'>
  allowedOrigins: readonly string[]
  /** How many proxies of ours stand in front. */
  trustedProxies: number
}
