// Who somebody is: accounts, passwords and sessions. A session is an opaque token of which only a hash is stored; it
// belongs to one device and ends when that person, or time, ends it. Whoever holds something open for a session (the sync
// socket) listens to `onEnded` and lets go at once.

import type { DeviceId, SessionId, UserId } from '../../shared/ids.ts'

export type Session = { id: SessionId; user: UserId; device: DeviceId; expiresAt: number }

export type Auth = {
  /**
   * The session of a token, or null: unknown, ended, expired. Slides the expiry and notes that the device was seen, so
   * a socket that stays open for days calls it again now and then.
   */
  validate(token: string): Promise<Session | null>
  /** Signed out, ended from another device, password changed, expired. Returns its own unsubscribe. */
  onEnded(listener: (ended: readonly SessionId[]) => void): () => void
}
