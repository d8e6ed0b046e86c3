// Who keeps what from whom, in memory: it is looked at for everything that is relayed.

import { LRUCache } from 'lru-cache'
import type { UserId } from '../../shared/ids.ts'
import type { PeopleStore } from '../../storage/people.ts'

/** `apart`: neither hears of the other when they are there, type, receive or read. */
export type Discretion = { privateReceipts: boolean; apart: ReadonlySet<UserId> }

export class Discretions {
  readonly #known: LRUCache<UserId, Discretion>

  constructor(people: Pick<PeopleStore, 'discretion'>) {
    this.#known = new LRUCache({
      max: DISCRETIONS_CACHED,
      fetchMethod: async (user) => {
        const { privateReceipts, apart } = await people.discretion(user)
        return { privateReceipts, apart: new Set(apart) }
      },
    })
  }

  async of(users: Iterable<UserId>): Promise<ReadonlyMap<UserId, Discretion>> {
    const all = await Promise.all([...new Set(users)].map(async (user) => [user, await this.#one(user)] as const))
    return new Map(all)
  }

  /** What is being read meanwhile is from before, and is read again. */
  forget(user: UserId): void {
    this.#known.delete(user)
  }

  async #one(user: UserId): Promise<Discretion> {
    for (;;) {
      const known = await this.#known.fetch(user)
      // Forgotten while it was read.
      if (known !== undefined) return known
    }
  }
}

export function isOpen({ privateReceipts, apart }: Discretion): boolean {
  return !privateReceipts && apart.size === 0
}

/** Is the viewer told how far the person has received and read? Whoever keeps it to themselves is not told of others. */
export function tellsReceipts(known: ReadonlyMap<UserId, Discretion>, person: UserId, viewer: UserId): boolean {
  if (person === viewer) return true
  const [theirs, mine] = [known.get(person), known.get(viewer)]
  // Someone who came in between is told later.
  if (theirs === undefined || mine === undefined) return false
  return !theirs.privateReceipts && !mine.privateReceipts && !theirs.apart.has(viewer)
}

/** A few dozen bytes each. */
const DISCRETIONS_CACHED = 50_000
