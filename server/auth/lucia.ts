// The only importer of lucia. It makes tokens (200 random bits), checks and slides their expiry and spells the cookie;
// its adapter keeps only a hash of each token in our database. Lucia is no longer developed: to replace it, rewrite this
// file.

import type { Adapter, DatabaseSession } from 'lucia'
import { generateIdFromEntropySize, Lucia, TimeSpan } from 'lucia'
import type { DeviceId, SessionId, UserId } from '../../shared/ids.ts'
import type { SessionStore, StoredSession } from '../../storage/database.ts'
import { sessionCookieName } from './auth.ts'
import { secretHash } from './secretHash.ts'

export type Tokens = {
  /** A token for a new session; the only moment it exists outside the device. */
  issue(session: { id: SessionId; user: UserId; device: DeviceId; label: string; now: number }): Promise<{ token: string; session: StoredSession }>
  /** Null for a token that never was, was ended or has expired. `extended`: the expiry has just moved. */
  check(token: string): Promise<{ session: StoredSession; extended: boolean } | null>
  /** Value of a Set-Cookie header. */
  cookie(token: string): string
  blankCookie(): string
}

/** `expired` hears of a session that was found past its time and deleted. */
export function createTokens(store: SessionStore, options: { days: number; secureCookie: boolean; expired: (id: SessionId) => void }): Tokens {
  const lucia = new Lucia<Attributes>(createAdapter(store, options.expired), {
    sessionExpiresIn: new TimeSpan(options.days, 'd'),
    sessionCookie: { name: sessionCookieName(options.secureCookie), attributes: { secure: options.secureCookie, sameSite: 'lax', path: '/' } },
    getSessionAttributes: (attributes) => attributes,
  })

  return {
    async issue({ id, user, device, label, now }) {
      const token = generateIdFromEntropySize(25)
      const stored = { publicId: id, device, label, createdAt: now, lastSeenAt: now }
      const { expiresAt } = await lucia.createSession(user, stored, { sessionId: token })
      return { token, session: { id, tokenHash: secretHash(token), user, device, label, createdAt: now, lastSeenAt: now, expiresAt: expiresAt.getTime() } }
    },
    async check(token) {
      const { session } = await lucia.validateSession(token)
      if (session === null) return null
      const { publicId, device, label, createdAt, lastSeenAt } = session
      return {
        session: { id: publicId, tokenHash: secretHash(token), user: session.userId, device, label, createdAt, lastSeenAt, expiresAt: session.expiresAt.getTime() },
        extended: session.fresh,
      }
    },
    cookie: (token) => lucia.createSessionCookie(token).serialize(),
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
  }
}

/** What lucia calls a session id is the token; our session id is public and rides along as an attribute. */
function createAdapter(store: SessionStore, expired: (id: SessionId) => void): Adapter {
  return {
    async getSessionAndUser(token) {
      const session = await store.byTokenHash(secretHash(token))
      // The database deletes the sessions of an account with it, so a session is proof of its user.
      return session === null ? [null, null] : [toLucia(token, session), { id: session.user, attributes: {} }]
    },
    setSession: ({ id: token, userId, expiresAt, attributes }) => {
      const { publicId, ...rest } = attributes
      return store.create({ id: publicId, tokenHash: secretHash(token), user: userId, expiresAt: expiresAt.getTime(), ...rest })
    },
    updateSessionExpiration: (token, expiresAt) => store.extend(secretHash(token), expiresAt.getTime()),
    /** Lucia calls it for a session it found expired. */
    async deleteSession(token) {
      const session = await store.byTokenHash(secretHash(token))
      if (session !== null && (await store.delete(session.user, session.id))) expired(session.id)
    },
    // Lists of sessions and ending them go through the database port, by public id: no token can be told from its hash.
    getUserSessions: () => Promise.reject(new Error('Tokens are not stored.')),
    deleteUserSessions: () => Promise.reject(new Error('Sessions are ended by their public id.')),
    deleteExpiredSessions: () => Promise.reject(new Error('Expired sessions are swept through the database port.')),
  }
}

function toLucia(token: string, session: StoredSession): DatabaseSession {
  const { device, label, createdAt, lastSeenAt } = session
  return { id: token, userId: session.user, expiresAt: new Date(session.expiresAt), attributes: { publicId: session.id, device, label, createdAt, lastSeenAt } }
}

type Attributes = { publicId: SessionId; device: DeviceId; label: string; createdAt: number; lastSeenAt: number }

/** Inside the augmentation `UserId` would mean lucia's own. */
type OurUserId = UserId

declare module 'lucia' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- an augmentation has to be an interface
  interface Register {
    UserId: OurUserId
    DatabaseSessionAttributes: Attributes
    Lucia: Lucia<Attributes>
  }
}
