// When a session was last used, for the list its owner reads. A row is written at most once a minute and session, many
// at a time: two thousand devices that return at once must not cost two thousand transactions. Losing a minute of it in
// a crash harms nobody.

import type { SessionId } from '../../shared/ids.ts'
import type { SessionStore } from '../../storage/database.ts'

export const LAST_SEEN_RESOLUTION_MS = 60_000

export class LastSeen {
  readonly #store: Pick<SessionStore, 'touch'>
  #pending = new Map<SessionId, number>()

  constructor(store: Pick<SessionStore, 'touch'>) {
    this.#store = store
  }

  note(session: { id: SessionId; lastSeenAt: number }, now: number): void {
    if (now - session.lastSeenAt >= LAST_SEEN_RESOLUTION_MS) this.#pending.set(session.id, now)
  }

  async flush(): Promise<void> {
    if (this.#pending.size === 0) return
    const seen = [...this.#pending].map(([id, at]) => ({ id, at }))
    this.#pending = new Map()
    await this.#store.touch(seen)
  }
}
