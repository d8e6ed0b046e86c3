// The server of a simulated world: the real sync core, accounts, conversations and HTTP API, put together as
// server/server.ts does it, on a real SQLite file; only the listening port is left out. It can crash and come back.

import type { IncomingMessage } from 'node:http'
import { OpenAPIHono } from '@hono/zod-openapi'
import { createAdministration } from '../../server/administration/administration.ts'
import { createApi } from '../../server/api/api.ts'
import type { ApiEnv } from '../../server/api/api.ts'
import { answerError } from '../../server/api/errors.ts'
import { createAuth } from '../../server/auth/createAuth.ts'
import type { Passwords } from '../../server/auth/passwords.ts'
import { createThrottle } from '../../server/auth/throttle.ts'
import { createConversations } from '../../server/conversations/conversations.ts'
import { createJoinLinks } from '../../server/conversations/joinLinks.ts'
import type { ServerSocket } from '../../server/gateway/socket.ts'
import type { Logger } from '../../server/logger.ts'
import { createPeople } from '../../server/people/people.ts'
import { createSync } from '../../server/sync.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import type { Witness } from './mortalDatabase.ts'
import { MortalDatabase } from './mortalDatabase.ts'
import type { Host } from './network.ts'

export class ServerNode implements Host {
  readonly database: MortalDatabase
  readonly #sync: ReturnType<typeof createSync>
  readonly #app: OpenAPIHono<ApiEnv>
  readonly #deaths = new Set<(error: Error) => void>()

  static async start(deps: ServerNodeDeps): Promise<ServerNode> {
    return new ServerNode(new MortalDatabase(await openSqlite({ file: deps.file }), deps.witness), deps)
  }

  private constructor(database: MortalDatabase, { clock, newId, logger }: ServerNodeDeps) {
    this.database = database
    const { port } = database
    const throttle = createThrottle({ signUpsPerHour: 1_000_000 })
    const auth = createAuth({ database: port, passwords: plainPasswords, throttle, clock, newId, sessionDays: 400, secureCookie: false })
    this.#sync = createSync({ database: port, auth, clock, logger, allowedOrigins: [], trustedProxies: 0 })
    const conversations = createConversations({ database: port, changed: (conversation, change) => this.#sync.membershipChanged({ conversation, ...change }), clock, newId })
    const joinLinks = createJoinLinks({ database: port, conversations, sync: this.#sync, clock, newId })
    const administration = createAdministration({ database: port, passwords: plainPasswords, sessionsEnded: (ended) => auth.announceEnded(ended), clock, newId })
    const people = createPeople({ database: port, sync: this.#sync, clock, newId })
    const api = createApi({ auth, conversations, joinLinks, administration, people, database: port, sync: this.#sync, allowedOrigins: [], trustedProxies: 0 })
    this.#app = new OpenAPIHono<ApiEnv>()
    this.#app.route('/api', api)
    this.#app.onError((error, c) => answerError(error, c, logger))
  }

  accept(socket: ServerSocket): void {
    this.#sync.accept(socket, null)
  }

  /** Rejects when the server dies over it. */
  fetch(request: Request): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#deaths.add(reject)
      const done = (): boolean => this.#deaths.delete(reject)
      // Of the node request the API asks only where it came from.
      const incoming = { socket: { remoteAddress: '192.0.2.1' }, headers: {} } as unknown as IncomingMessage
      Promise.resolve(this.#app.fetch(request, { incoming })).then(resolve, reject).finally(done)
    })
  }

  /** Appends as the entrances do, without a network. */
  append(...request: Parameters<ReturnType<typeof createSync>['append']>): ReturnType<ReturnType<typeof createSync>['append']> {
    return this.#sync.append(...request)
  }

  async crash(): Promise<void> {
    for (const die of this.#deaths) die(new TypeError('fetch failed'))
    this.#deaths.clear()
    await this.database.crash()
  }
}

export type ServerNodeDeps = { file: string; witness: Witness; clock: () => number; newId: () => string; logger: Logger }

/** Hashing a password would take longer than the rest of a run. */
const plainPasswords: Passwords = {
  hash: (password) => Promise.resolve(password),
  verify: (hash, password) => Promise.resolve(hash === password),
}
