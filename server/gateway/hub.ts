// Who is connected, and what each connection has on screen. Nothing here outlives the process.

import type { ConversationId, SessionId, UserId } from '../../shared/ids.ts'
import type { ServerMessage } from '../../shared/protocol/messages.ts'
import type { Client } from './client.ts'

export class Hub {
  readonly #clients = new Set<Client>()
  readonly #byUser = new Map<UserId, Set<Client>>()
  readonly #bySession = new Map<SessionId, Set<Client>>()
  readonly #onScreen = new Map<ConversationId, Set<Client>>()
  readonly #presenceListeners = new Set<PresenceListener>()

  get size(): number {
    return this.#clients.size
  }

  get onlineUsers(): ReadonlyMap<UserId, ReadonlySet<Client>> {
    return this.#byUser
  }

  clients(): IterableIterator<Client> {
    return this.#clients.values()
  }

  connect(client: Client): void {
    this.#clients.add(client)
    if (client.session !== null) this.#index(client, client.session)
  }

  /** A connection that was anonymous turns out to be somebody's. */
  signIn(client: Client, session: NonNullable<Client['session']>): void {
    if (client.session !== null) this.#unindex(client, client.session)
    client.session = session
    if (this.#clients.has(client)) this.#index(client, session)
  }

  disconnect(client: Client): void {
    this.#clients.delete(client)
    for (const conversation of client.onScreen ?? []) remove(this.#onScreen, conversation, client)
    client.onScreen = null
    if (client.session !== null) this.#unindex(client, client.session)
  }

  ofUser(user: UserId): Iterable<Client> {
    return this.#byUser.get(user) ?? NOBODY
  }

  ofSession(session: SessionId): Client[] {
    return [...(this.#bySession.get(session) ?? NOBODY)]
  }

  isOnline(user: UserId): boolean {
    return this.#byUser.has(user)
  }

  /** Called with the first connection of a user and after the last one. Returns the unsubscribe. */
  onPresence(listener: PresenceListener): () => void {
    this.#presenceListeners.add(listener)
    return () => this.#presenceListeners.delete(listener)
  }

  putOnScreen(client: Client, conversation: ConversationId): void {
    client.onScreen ??= new Set()
    client.onScreen.add(conversation)
    add(this.#onScreen, conversation, client)
  }

  takeOffScreen(client: Client, conversation: ConversationId): void {
    client.onScreen?.delete(conversation)
    remove(this.#onScreen, conversation, client)
  }

  withOnScreen(conversation: ConversationId): Iterable<Client> {
    return this.#onScreen.get(conversation) ?? NOBODY
  }

  tellUser(user: UserId, message: ServerMessage): void {
    if (!this.#byUser.has(user)) return
    const json = JSON.stringify(message)
    for (const client of this.ofUser(user)) client.tellJson(json)
  }

  tellScreens(conversation: ConversationId, message: ServerMessage, except?: Client): void {
    if (!this.#onScreen.has(conversation)) return
    const json = JSON.stringify(message)
    for (const client of this.withOnScreen(conversation)) if (client !== except) client.tellJson(json)
  }

  #index(client: Client, session: NonNullable<Client['session']>): void {
    add(this.#bySession, session.id, client)
    if (add(this.#byUser, session.user, client)) this.#presenceChanged(session.user, true)
  }

  #unindex(client: Client, session: NonNullable<Client['session']>): void {
    remove(this.#bySession, session.id, client)
    if (remove(this.#byUser, session.user, client)) this.#presenceChanged(session.user, false)
  }

  #presenceChanged(user: UserId, online: boolean): void {
    for (const listener of this.#presenceListeners) listener(user, online)
  }
}

export type PresenceListener = (user: UserId, online: boolean) => void

const NOBODY: ReadonlySet<Client> = new Set()

/** True when it is the first under this key. */
function add<K, V>(index: Map<K, Set<V>>, key: K, value: V): boolean {
  const values = index.get(key)
  if (values === undefined) {
    index.set(key, new Set([value]))
    return true
  }
  values.add(value)
  return false
}

/** True when it was the last under this key. */
function remove<K, V>(index: Map<K, Set<V>>, key: K, value: V): boolean {
  const values = index.get(key)
  if (values === undefined || !values.delete(value) || values.size > 0) return false
  return index.delete(key)
}
