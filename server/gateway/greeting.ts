// Whose connection is this? Answered at the upgrade from a header, or by the first message from a token.

import type { IncomingMessage } from 'node:http'
import { parse } from 'hono/utils/cookie'
import type { Auth, Session } from '../auth/auth.ts'

export type Credentials =
  | { type: 'bearer'; token: string }
  | { type: 'cookie'; token: string }
  /** A token comes later, in the hello or with a document. */
  | { type: 'none' }
  /** Another site's page: its requests carry our cookie too. */
  | { type: 'foreign-origin' }

/** A browser always says where a WebSocket comes from. What says nothing is none, and does not get to use a cookie. */
export function credentialsOf({ headers }: Pick<IncomingMessage, 'headers'>, allowedOrigins: readonly string[], cookieName: string): Credentials {
  const { origin, authorization, cookie } = headers
  if (origin !== undefined && !allowedOrigins.includes(origin)) return { type: 'foreign-origin' }
  const bearer = /^Bearer (?<token>\S+)$/i.exec(authorization ?? '')?.groups?.['token']
  if (bearer !== undefined) return { type: 'bearer', token: bearer }
  const token = origin === undefined ? undefined : parse(cookie ?? '', cookieName)[cookieName]
  return token === undefined ? { type: 'none' } : { type: 'cookie', token }
}

export type Greeting = { type: 'accepted'; session: Session | null; token: string | null } | { type: 'refused'; status: 401 | 403; words: string }

export async function greet(auth: Pick<Auth, 'validate'>, credentials: Credentials): Promise<Greeting> {
  switch (credentials.type) {
    case 'foreign-origin':
      return { type: 'refused', status: 403, words: 'This origin is not allowed.' }
    case 'none':
      return { type: 'accepted', session: null, token: null }
    case 'cookie':
      // A browser cannot see the status of a refused upgrade. It is told by the close code, after its hello.
      return { type: 'accepted', session: await auth.validate(credentials.token), token: credentials.token }
    case 'bearer': {
      const session = await auth.validate(credentials.token)
      return session === null ? { type: 'refused', status: 401, words: 'The session is not valid.' } : { type: 'accepted', session, token: credentials.token }
    }
    default:
      return credentials satisfies never
  }
}
