// Who is online, told to those who watch and share a conversation with them, unless one of the two keeps it from the other.
// Online means connected to this process; when somebody was last seen is kept across restarts, written at most once a minute.
//
// Who is told of whom is asked once for each list, and again when a membership, a block or a privacy setting changes; what
// comes and goes in between costs a look into a map. Whatever changes within a moment reaches a device as one message, with
// each person once and as they are last: a device hears no more than its list is long, however many come and go.

import type { UserId } from '../../shared/ids.ts'
import { PRESENCE_COALESCE_MS } from '../../shared/limits.ts'
import type { Presence as PresenceItem } from '../../shared/protocol/messages.ts'
import type { AccountStore } from '../../storage/database.ts'
import type { PeopleStore } from '../../storage/people.ts'
import type { Client } from '../gateway/client.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import { Pace } from './pace.ts'

const LAST_SEEN_WRITE_MS = 60_000
/** Devices for which is asked anew before something else has its turn. */
const ASKED_IN_A_TURN = 50

export class Presence {
  readonly #accounts: Pick<AccountStore, 'byId' | 'setLastSeen'>
  readonly #people: Pick<PeopleStore, 'present'>
  readonly #hub: Hub
  readonly #clock: () => number
  readonly #logger: Logger
  readonly #watchers = new Map<UserId, Set<Client>>()
  /** When those who left since the last write were last seen. */
  readonly #left = new Map<UserId, number>()
  /** Lists that are being answered. */
  readonly #answering = new Set<ReadonlySet<UserId>>()
  /** For whom is still to be asked anew. */
  readonly #audienceChanged = new Set<UserId>()
  #asking: Promise<void> = Promise.resolve()
  #askingNext: Promise<void> | null = null
  /** Online, with nobody at any of their devices. */
  readonly #away = new Set<UserId>()
  /** What their watchers are still to be told. */
  readonly #news = new Map<UserId, PresenceItem>()
  readonly #pace = new Pace(PRESENCE_COALESCE_MS, () => this.#tellNews())
  readonly #timer: NodeJS.Timeout
  readonly #stopListening: () => void

  constructor({ accounts, people }: PresenceStores, hub: Hub, clock: () => number, logger: Logger) {
    this.#accounts = accounts
    this.#people = people
    this.#hub = hub
    this.#clock = clock
    this.#logger = logger
    this.#stopListening = hub.onPresence((user, online) => this.#changed(user, online))
    this.#timer = setInterval(() => void this.#writeLastSeen(), LAST_SEEN_WRITE_MS).unref()
  }

  async of(users: readonly UserId[]): Promise<PresenceItem[]> {
    return Promise.all(users.map((user) => this.#ofOne(user)))
  }

  /** Replaces what the client watched before, and answers with how it is now: of strangers, as if they were never here. */
  async watch(client: Client, users: readonly UserId[]): Promise<void> {
    this.unwatch(client)
    const { session } = client
    if (client.phase === 'closed' || session === null) return
    client.watching = new Set(users)
    await this.#answer(client, session.user, users)
  }

  unwatch(client: Client): void {
    for (const user of client.watching ?? []) this.#endWatch(client, user)
    client.watching = null
  }

  /**
   * Who is told of them has changed, or of whom they are told: asks anew for whom they watch, and for them where they are
   * watched. Resolves when everybody concerned was told. One asking at a time, for all whose audience changed until it begins:
   * in a room of thousands that many may have the same person on screen.
   */
  audienceChanged(users: readonly UserId[]): Promise<void> {
    for (const user of users) this.#audienceChanged.add(user)
    const ask = () => {
      this.#askingNext = null
      return (this.#asking = this.#askAnew())
    }
    // One that failed was its callers' to hear of; the next one is asked all the same.
    return (this.#askingNext ??= this.#asking.then(ask, ask))
  }

  async #askAnew(): Promise<void> {
    const changed = new Set(this.#audienceChanged)
    this.#audienceChanged.clear()
    // Also those who were not told until now: they watch, but are among nobody's watchers.
    const concerned = [...this.#hub.clients()].filter(({ session, watching }) => watching !== null && ((session !== null && changed.has(session.user)) || !changed.isDisjointFrom(watching)))
    for (const [index, client] of concerned.entries()) {
      if (index > 0 && index % ASKED_IN_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
      const { session, watching } = client
      if (session === null || watching === null) continue
      // While a list is being answered, what is known of it is from before the change.
      if (changed.has(session.user) || this.#answering.has(watching)) await this.watch(client, [...watching])
      else await this.#answer(client, session.user, [...changed.intersection(watching)])
    }
  }

  /** How these of those that it watches are now. */
  async #answer(client: Client, viewer: UserId, users: readonly UserId[]): Promise<void> {
    const { watching } = client
    if (watching === null) return
    this.#answering.add(watching)
    try {
      const shared = new Set(await this.#people.present(viewer, [...new Set(users)]))
      // Another list came meanwhile, or a change of membership that asks anew, or the client is gone.
      if (client.watching !== watching) return
      for (const user of users) {
        if (shared.has(user)) this.#beginWatch(client, user)
        else this.#endWatch(client, user)
      }
      const known = await this.of([...shared])
      if (client.watching !== watching) return
      const strangers = users.filter((user) => !shared.has(user)).map((user) => ({ user, online: false }))
      client.tell({ type: 'presence', items: [...known, ...strangers] })
    } finally {
      this.#answering.delete(watching)
    }
  }

  #beginWatch(client: Client, user: UserId): void {
    const watchers = this.#watchers.get(user)
    if (watchers === undefined) this.#watchers.set(user, new Set([client]))
    else watchers.add(client)
  }

  #endWatch(client: Client, user: UserId): void {
    const watchers = this.#watchers.get(user)
    watchers?.delete(client)
    if (watchers?.size === 0) this.#watchers.delete(user)
  }

  setAway(client: Client, user: UserId, on: boolean): void {
    client.away = on
    this.reconsider(user)
  }

  /** A device of this person came, went, or said whether somebody is at it: the most present of them counts. */
  reconsider(user: UserId): void {
    const away = this.#hub.isOnline(user) && Iterator.from(this.#hub.ofUser(user)).every((client) => client.away)
    if (away === this.#away.has(user)) return
    if (away) this.#away.add(user)
    else this.#away.delete(user)
    // That they left is told by itself.
    if (this.#hub.isOnline(user)) this.#tell(this.#online(user))
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#pace.stop()
    this.#stopListening()
    await this.#writeLastSeen()
  }

  async #ofOne(user: UserId): Promise<PresenceItem> {
    if (this.#hub.isOnline(user)) return this.#online(user)
    const lastSeen = this.#left.get(user) ?? (await this.#accounts.byId(user))?.lastSeenAt ?? undefined
    return { user, online: false, ...(lastSeen === undefined ? {} : { lastSeen }) }
  }

  #changed(user: UserId, online: boolean): void {
    const now = this.#clock()
    if (online) this.#left.delete(user)
    else this.#left.set(user, now)
    if (!online) this.#away.delete(user)
    this.#tell(online ? this.#online(user) : { user, online, lastSeen: now })
  }

  #online(user: UserId): PresenceItem {
    return { user, online: true, ...(this.#away.has(user) ? { away: true } : {}) }
  }

  #tell(item: PresenceItem): void {
    if (!this.#watchers.has(item.user)) return
    this.#news.set(item.user, item)
    this.#pace.ask()
  }

  /** To those who watch now: who ceased to meanwhile is not told, and who began to was answered. */
  #tellNews(): void {
    const told = new Map<Client, string>()
    for (const [user, item] of this.#news) {
      const json = JSON.stringify(item)
      for (const client of this.#watchers.get(user) ?? []) {
        const before = told.get(client)
        told.set(client, before === undefined ? json : `${before},${json}`)
      }
    }
    this.#news.clear()
    for (const [client, items] of told) client.tellJson(`{"type":"presence","items":[${items}]}`)
  }

  async #writeLastSeen(): Promise<void> {
    const now = this.#clock()
    const seen = [...this.#left].map(([user, at]) => ({ user, at }))
    for (const user of this.#hub.onlineUsers.keys()) seen.push({ user, at: now })
    if (seen.length === 0) return
    try {
      await this.#accounts.setLastSeen(seen)
      for (const { user, at } of seen) if (this.#left.get(user) === at) this.#left.delete(user)
    } catch (error) {
      // Tried again in a minute; those who left are kept.
      this.#logger.warn({ err: error }, 'last seen was not written')
    }
  }
}

type PresenceStores = { accounts: Pick<AccountStore, 'byId' | 'setLastSeen'>; people: Pick<PeopleStore, 'present'> }
