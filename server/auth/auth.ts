// Who somebody is: accounts, passwords and sessions. A session is an opaque token of which only a hash is stored; it
// belongs to one device and ends when that person, or time, ends it. Whoever holds something open for a session (the sync
// socket) listens to `onEnded` and lets go at once.

import type { z } from 'zod'
import type { DeviceId, SessionId, UserId } from '../../shared/ids.ts'
import type { ChangePassword, SessionView, SignIn, SignUp } from '../../shared/protocol/api.ts'
import type { Person } from '../../shared/protocol/messages.ts'

/** With the prefix a browser takes the cookie only from this very host and over TLS; without TLS it would take none at all. */
export function sessionCookieName(overTls: boolean): string {
  return overTls ? '__Host-parley_session' : 'parley_session'
}

export type Session = { id: SessionId; user: UserId; device: DeviceId; expiresAt: number }

export type Auth = {
  /**
   * The session of a token, or null: unknown, ended, expired. Slides the expiry and notes that the device was seen, so
   * a socket that stays open for days calls it again now and then.
   */
  validate(token: string): Promise<Session | null>
  /** Signed out, ended from another device, password changed, expired. Returns its own unsubscribe. */
  onEnded(listener: (ended: readonly SessionId[]) => void): () => void

  /** `validate` for a browser: `cookie` is set when the expiry moved and the browser has to hear of it. */
  authenticate(token: string): Promise<{ session: Session; cookie: string | null } | null>
  signUp(request: z.output<typeof SignUp>, address: string): Promise<Issued>
  /** Refuses an unknown handle, a placeholder and a wrong password with the same answer after the same work. */
  signIn(request: z.output<typeof SignIn>, address: string): Promise<Issued>
  account(session: Session): Promise<{ account: Person; session: SessionView; administrator: boolean }>
  sessions(session: Session): Promise<SessionView[]>
  /** Signs a device of the same person out, this one or another. False when there is no such session. */
  end(session: Session, id: SessionId): Promise<boolean>
  /** Ends all other sessions: whoever knew the old password is out. */
  changePassword(session: Session, request: z.output<typeof ChangePassword>, address: string): Promise<void>
  /** For sessions that ended in the transaction of another act: whoever holds something open for them lets go. */
  announceEnded(ended: readonly SessionId[]): void
  /** Of the cookie that holds a browser's token. */
  readonly cookieName: string
  /** The Set-Cookie header that makes a browser forget. */
  readonly blankCookie: string
  /** Deletes what has expired and writes down who was seen; the owner of this object calls it now and then. */
  sweep(): Promise<void>
}

/** A session just made, with the only copy of its token. */
export type Issued = { account: Person; session: SessionView; token: string; cookie: string }
