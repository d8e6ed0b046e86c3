// Who is connected, and what each connection has on screen. Nothing here outlives the process.

import type { ConversationId, SessionId, UserId } from '../../shared/ids.ts'
import type { ServerMessage } from '../../shared/protocol/messages.ts'
import type { Client, Opening } from './client.ts'

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
    for (const opening of client.openings ?? []) opening.ended = true
    for (const conversation of client.onScreen ?? []) remove(this.#onScreen, conversation, client)
    client.onScreen = null
    client.openings = null
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

  /** Nothing is relayed yet. From here on a removal finds this opening, also while membership is still being asked for. */
  beginOpening(client: Client, conversation: ConversationId): Opening {
    const opening = { conversation, ended: client.phase === 'closed' }
    client.openings ??= new Set()
    client.openings.add(opening)
    return opening
  }

  putOnScreen(client: Client, { conversation, ended }: Opening): void {
    if (ended) return
    client.onScreen ??= new Set()
    client.onScreen.add(conversation)
    add(this.#onScreen, conversation, client)
  }

  endOpening(client: Client, opening: Opening): void {
    client.openings?.delete(opening)
    if (client.openings?.size === 0) client.openings = null
  }

  takeOffScreen(client: Client, conversation: ConversationId): void {
    for (const opening of client.openings ?? []) if (opening.conversation === conversation) opening.ended = true
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
