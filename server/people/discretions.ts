// Who keeps what from whom, in memory: it is looked at for everything that is relayed.

import { LRUCache } from 'lru-cache'
import type { UserId } from '../../shared/ids.ts'
import type { PeopleStore } from '../../storage/people.ts'

/** `apart`: neither hears of the other when they are there, type, receive or read. */
export type Discretion = { privateReceipts: boolean; apart: ReadonlySet<UserId> }

export class Discretions {
  readonly #people: Pick<PeopleStore, 'discretion'>
  readonly #known = new LRUCache<UserId, Discretion>({ max: DISCRETIONS_CACHED })
  #changes = 0

  constructor(people: Pick<PeopleStore, 'discretion'>) {
    this.#people = people
  }

  async of(users: Iterable<UserId>): Promise<ReadonlyMap<UserId, Discretion>> {
    const all = await Promise.all([...new Set(users)].map(async (user) => [user, await this.#one(user)] as const))
    return new Map(all)
  }

  forget(user: UserId): void {
    this.#changes += 1
    this.#known.delete(user)
  }

  async #one(user: UserId): Promise<Discretion> {
    for (;;) {
      const known = this.#known.get(user)
      if (known !== undefined) return known
      const before = this.#changes
      const { privateReceipts, apart } = await this.#people.discretion(user)
      // A change while reading: what was read may be from before it.
      if (before !== this.#changes) continue
      const discretion = { privateReceipts, apart: new Set(apart) }
      this.#known.set(user, discretion)
      return discretion
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
