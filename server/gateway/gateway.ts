// The sync socket: frames in, each to the one that serves it. The one catch of everything a client can cause is here.
//
//   silent ──hello──▶ greeting ──session──▶ welcomed        text and binary frames
//   silent ──document with a valid token──▶ silent, signed in        binary frames only (stock providers)

import { LRUCache } from 'lru-cache'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { ConversationId, EntryId, SessionId } from '../../shared/ids.ts'
import { FRAME_RATE_BYTES, FRAME_RATE_FRAMES, FRAME_RATE_SECONDS, PING_INTERVAL_MS, SOCKETS_PER_PERSON, UNAUTHENTICATED_MAX_BYTES, UNAUTHENTICATED_MAX_MS } from '../../shared/limits.ts'
import type { ClientMessage, JoinAnswer, OwnProfile, ServerMessage } from '../../shared/protocol/messages.ts'
import { Append, CLOSE, ClientMessage as ClientMessageSchema } from '../../shared/protocol/messages.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import { RefusedError, refusal } from '../../shared/protocol/refusal.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { Database } from '../../storage/database.ts'
import type { Append as AppendPath } from '../append/append.ts'
import type { Auth, Session } from '../auth/auth.ts'
import type { Logger } from '../logger.ts'
import { Addresses } from './addresses.ts'
import { Client } from './client.ts'
import { firstPaint, notMember } from './firstPaint.ts'
import { PING_FRAME, readFrame } from './frames.ts'
import type { Documents } from './hocuspocus.ts'
import { createDocuments } from './hocuspocus.ts'
import type { Hub } from './hub.ts'
import type { ServerSocket } from './socket.ts'

export type GatewayDeps = {
  database: Database
  auth: Pick<Auth, 'validate' | 'onEnded'>
  append: AppendPath
  hub: Hub
  clock: () => number
  logger: Logger
  /** What lives only while it is on screen: receipts, typing, presence. */
  ephemeral: Ephemeral
}

type Greeted = { personalGeneration: number; own: OwnProfile; declined: readonly Omit<JoinAnswer, 'accepted'>[] }

export type Ephemeral = {
  receipts(client: Client, session: Session, items: Extract<ClientMessage, { type: 'receipts' }>['items']): void
  typing(client: Client, session: Session, typing: { conversation: ConversationId; thread?: EntryId | undefined; on: boolean }): void
  watch(client: Client, users: Extract<ClientMessage, { type: 'watch' }>['users']): Promise<void>
  away(client: Client, session: Session, on: boolean): void
  /** Said hello. */
  connected(session: Session): void
  /** The conversation left this client's screen. */
  closed(client: Client, conversation: ConversationId): void
  disconnected(client: Client, session: Session): void
}

export class Gateway {
  readonly documents: Documents
  readonly #deps: GatewayDeps
  readonly #anonymous = new Set<Client>()
  readonly #addresses = new Addresses<Client>()
  readonly #rate = new RateLimiterMemory({ points: FRAME_RATE_FRAMES, duration: FRAME_RATE_SECONDS })
  readonly #sweep: NodeJS.Timeout
  readonly #stopListening: () => void
  #nextPing: number
  /** Sessions that ended lately: one may have been found valid just before, and connect just after. */
  readonly #ended = new LRUCache<SessionId, true>({ max: 10_000 })
  #count = 0
  #draining = false

  constructor(deps: GatewayDeps) {
    this.#deps = deps
    this.#nextPing = deps.clock() + PING_INTERVAL_MS
    this.documents = createDocuments({
      ...deps,
      signIn: (client, token) => this.#signIn(client, token),
      charge: (client, price) => this.#charge(client, price),
      onStateless: (session, payload, answer) => this.#stateless(session, payload, answer),
    })
    this.#stopListening = deps.auth.onEnded((ended) => this.#sessionsEnded(ended))
    this.#sweep = setInterval(() => this.#lookAfterAll(), 1_000).unref()
  }

  accept(socket: ServerSocket, session: Session | null, from: Origin = NOWHERE): void {
    const rateKey = String((this.#count += 1))
    const client = new Client(socket, session, this.#deps.clock(), rateKey, (ended) => this.#disconnected(ended))
    client.token = from.token
    client.address = from.address
    if (this.#draining) return client.close(CLOSE.draining, 'The server restarts.')
    if (session !== null && this.#ended.has(session.id)) return client.close(CLOSE.signedOut, 'This session has ended.')
    if (from.address !== null && !this.#addresses.admit(from.address, client, session !== null)) {
      return client.close(CLOSE.rateLimited, 'Too many connections come from this address. Try again later.')
    }
    if (session === null) this.#anonymous.add(client)
    else if (!this.#makeRoom(client, session)) return
    this.#deps.hub.connect(client)
    socket.onMessage((data) => this.#receive(client, data))
    socket.onClose(() => client.gone())
  }

  async stop(): Promise<void> {
    this.#draining = true
    clearInterval(this.#sweep)
    this.#stopListening()
    for (const client of this.#deps.hub.clients()) client.close(CLOSE.draining, 'The server restarts.')
    await this.documents.stop()
  }

  // ── frames ───────────────────────────────────────────────────────────────────────────────────────────────────────

  #receive(client: Client, data: string | Uint8Array): void {
    if (client.phase === 'closed') return
    if (client.session === null && !this.#withinAnonymousLimit(client, data)) return
    this.#charge(client, 1 + Math.floor(data.length / FRAME_RATE_BYTES))
    if (client.phase === 'greeting') client.held.push(data)
    else this.#take(client, data)
  }

  #take(client: Client, data: string | Uint8Array): void {
    if (typeof data === 'string') return this.#receiveText(client, data)
    const frame = readFrame(data)
    if (frame === null) return client.close(CLOSE.malformed, 'Not a frame of this protocol.')
    // To ask for a document costs its encoding, to write into one its comparing.
    if (frame.type === 'ask' || frame.type === 'write') this.#charge(client, SYNC_PRICE)
    this.documents.receive(client, frame, data)
  }

  /** What a client asks for within FRAME_RATE_SECONDS has a sum; who goes beyond is cut off. */
  #charge(client: Client, price: number): void {
    if (price === 0) return
    this.#rate.consume(client.rateKey, price).catch(() => client.close(CLOSE.rateLimited, 'Too many frames.'))
  }

  #receiveText(client: Client, text: string): void {
    const message = parseMessage(text)
    if (message === null) return client.close(CLOSE.malformed, 'Not a message of this protocol.')
    this.#charge(client, priceOf(message))
    if (client.phase === 'silent' && message.type !== 'hello') return client.close(CLOSE.malformed, 'Say hello first.')
    const session = client.session
    if (message.type === 'hello') void this.#hello(client, message)
    else if (session !== null) this.#serve(client, session, message).catch((error: unknown) => this.#failed(client, message, error))
  }

  /** Nothing here waits before it has read `message`, so what a client sends is served in the order it was sent. */
  async #serve(client: Client, session: Session, message: Exclude<ClientMessage, { type: 'hello' }>): Promise<void> {
    const { append, ephemeral } = this.#deps
    switch (message.type) {
      case 'append':
        return append.submit(session, message.conversation, message.entries, (answer) => {
          client.tell('results' in answer ? { type: 'appended', ref: message.ref, results: answer.results } : { type: 'refused', ref: message.ref, refusal: answer.refusal })
        })
      case 'open':
        return this.#open(client, session, message)
      case 'close':
        this.#deps.hub.takeOffScreen(client, message.conversation)
        return ephemeral.closed(client, message.conversation)
      case 'receipts':
        return ephemeral.receipts(client, session, message.items)
      case 'typing':
        return ephemeral.typing(client, session, message)
      case 'watch':
        return ephemeral.watch(client, message.users)
      case 'away':
        return ephemeral.away(client, session, message.on)
      case 'ping':
        return client.tell({ type: 'pong' })
      default:
        return message satisfies never
    }
  }

  async #open(client: Client, session: Session, { ref, conversation }: { ref: number; conversation: ConversationId }): Promise<void> {
    const { hub, database } = this.#deps
    const opening = hub.beginOpening(client, conversation)
    try {
      if ((await database.conversations.role(conversation, session.user)) === null) throw notMember()
      // Before the answer is put together: what changes meanwhile is relayed.
      hub.putOnScreen(client, opening)
      const { paint, rest } = await firstPaint(database, session.user, conversation)
      // Removed meanwhile, perhaps: the paint may hold what was written after that.
      if (opening.ended) throw new RefusedError('unavailable', 'The conversation was closed before it was open.')
      client.tell({ type: 'opened', ref, paint })
      if (rest.conversation !== null) client.tell({ type: 'conversation', conversation: rest.conversation })
      if (rest.receipts.length > 0) client.tell({ type: 'receipts', conversation, items: rest.receipts })
    } catch (error) {
      // What was closed meanwhile may be on screen again, by a later opening.
      if (!opening.ended) hub.takeOffScreen(client, conversation)
      throw error
    } finally {
      hub.endOpening(client, opening)
    }
  }

  // ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  async #hello(client: Client, hello: Extract<ClientMessage, { type: 'hello' }>): Promise<void> {
    if (client.phase !== 'silent') return client.close(CLOSE.malformed, 'Hello was said already.')
    if (hello.version !== PROTOCOL_VERSION) return client.close(CLOSE.version, 'This version of the app is not the server\u2019s. Reload it.')
    client.phase = 'greeting'
    try {
      const session = hello.token === undefined ? client.session : await this.#signIn(client, hello.token)
      if (session === null) return client.close(CLOSE.signedOut, 'Sign in again.')
      const { personal, people, joinLinks } = this.#deps.database
      const [personalGeneration, own, declined] = await Promise.all([personal.generation(session.user), people.own(session.user), joinLinks.declined(session.user)])
      if (own === null) throw new Error('A session without its account.')
      this.#welcome(client, session, { personalGeneration, own, declined })
    } catch (error) {
      this.#deps.logger.error({ err: error }, 'a hello could not be answered')
      client.close(CLOSE.draining, 'The server could not answer. Try again in a moment.')
    }
  }

  #welcome(client: Client, session: Session, { personalGeneration, own, declined }: Greeted): void {
    if (client.phase !== 'greeting') return
    client.phase = 'welcomed'
    client.tell({ type: 'welcome', version: PROTOCOL_VERSION, user: session.user, device: session.device, session: session.id, personalGeneration, own, now: this.#deps.clock() })
    // Nobody was here to hear it, or nobody has read it yet.
    for (const answer of declined) client.tell({ type: 'join-answer', ...answer, accepted: false })
    this.#deps.ephemeral.connected(session)
    for (const data of client.held.splice(0)) {
      // One of them may have closed it, and what is opened for a client that is gone stays open.
      if (this.#isClosed(client)) return
      this.#take(client, data)
    }
  }

  #sessionsEnded(ended: readonly SessionId[]): void {
    for (const id of ended) {
      this.#ended.set(id, true)
      for (const client of this.#deps.hub.ofSession(id)) client.close(CLOSE.signedOut, 'This session has ended.')
    }
  }

  async #signIn(client: Client, token: string): Promise<Session | null> {
    const session = await this.#deps.auth.validate(token)
    if (session === null || this.#isClosed(client) || this.#ended.has(session.id)) return null
    // One socket, one session: what it has open was permitted to the first, and ends with it.
    if (client.session !== null && client.session.id !== session.id) return null
    if (client.session === null && !this.#makeRoom(client, session)) return null
    this.#anonymous.delete(client)
    if (client.address !== null) this.#addresses.signedIn(client.address, client)
    client.token = token
    client.validatedAt = this.#deps.clock()
    this.#deps.hub.signIn(client, session)
    return session
  }

  /** At the limit of a person the oldest socket of the same device goes: its peer has most likely gone already. False: there is none, and the new one is closed. */
  #makeRoom(client: Client, session: Session): boolean {
    const others = [...this.#deps.hub.ofUser(session.user)]
    if (others.length < SOCKETS_PER_PERSON) return true
    const oldest = others.find((other) => other.session?.device === session.device)
    if (oldest !== undefined) oldest.close(CLOSE.rateLimited, 'This device has opened too many connections.')
    else client.close(CLOSE.rateLimited, 'You are connected with too many devices. Sign out on one that you do not use.')
    return oldest !== undefined
  }

  /** A phase that changes while something is awaited or called, which the compiler does not see. */
  #isClosed(client: Client): boolean {
    return client.phase === 'closed'
  }

  #withinAnonymousLimit(client: Client, data: string | Uint8Array): boolean {
    client.receivedBytes += data.length
    if (client.receivedBytes <= UNAUTHENTICATED_MAX_BYTES) return true
    client.close(CLOSE.signedOut, 'Sign in first.')
    return false
  }

  #lookAfterAll(): void {
    const now = this.#deps.clock()
    const pings = now >= this.#nextPing
    if (pings) this.#nextPing = now + PING_INTERVAL_MS
    for (const client of this.#anonymous) {
      if (now - client.connectedAt > UNAUTHENTICATED_MAX_MS) client.close(CLOSE.signedOut, 'Nobody signed in.')
    }
    for (const client of this.#deps.hub.clients()) {
      if (pings && client.phase === 'silent') client.send(PING_FRAME)
      const { session } = client
      if (session !== null && (session.expiresAt <= now || now - client.validatedAt > REVALIDATE_MS)) void this.#revalidate(client, now)
    }
  }

  /** The session of an open socket is in use: its expiry slides, and an end that went unnoticed is noticed here. */
  async #revalidate(client: Client, now: number): Promise<void> {
    client.validatedAt = now
    try {
      const session = client.token === null ? null : await this.#deps.auth.validate(client.token)
      if (session === null) client.close(CLOSE.signedOut, 'This session has expired.')
      else client.session = session
    } catch (error) {
      this.#deps.logger.warn({ err: error }, 'a session could not be looked up; asked again later')
    }
  }

  #disconnected(client: Client): void {
    this.#anonymous.delete(client)
    if (client.address !== null) this.#addresses.release(client.address, client)
    this.documents.disconnect(client)
    const session = client.session
    this.#deps.hub.disconnect(client)
    if (session !== null) this.#deps.ephemeral.disconnected(client, session)
  }

  // ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #failed(client: Client, message: ClientMessage, error: unknown): void {
    if (!(error instanceof RefusedError)) this.#deps.logger.error({ err: error, type: message.type }, 'a message could not be served')
    const why = error instanceof RefusedError ? error.refusal : refusal('unavailable', 'The server could not do it. Try again in a moment.', 1_000)
    client.tell({ type: 'refused', ...('ref' in message ? { ref: message.ref } : {}), refusal: why })
  }

  /** `append` from a stock provider. */
  #stateless(session: Session, payload: string, answer: (payload: string) => void): void {
    const message = Append.safeParse(parseJson(payload))
    if (!message.success) return answer(refused(undefined, refusal('malformed', 'Send the JSON of an append message.')))
    const { ref, conversation, entries } = message.data
    this.#deps.append.submit(session, conversation, entries, (result) => {
      answer('results' in result ? encode({ type: 'appended', ref, results: result.results }) : refused(ref, result.refusal))
    })
  }
}

/** What is known of a connection before its first frame. */
type Origin = { token: string | null; address: string | null }

const NOWHERE: Origin = { token: null, address: null }

/** How often the session of an open socket is asked for again. */
const REVALIDATE_MS = 3_600_000

/** A whole segment is encoded in about 20 times what an ordinary frame costs. */
const SYNC_PRICE = 20

/** On top of its size: what it costs to serve, in ordinary frames. */
function priceOf(message: ClientMessage): number {
  switch (message.type) {
    case 'open':
      return 20
    case 'typing':
    case 'away':
      return 10
    case 'watch':
      // For each one a look at what they are in.
      return message.users.length
    case 'receipts':
      return message.items.length / 10
    case 'append': // has a limit of its own
    case 'hello':
    case 'close':
    case 'ping':
      return 0
    default:
      return message satisfies never
  }
}

function parseMessage(text: string): ClientMessage | null {
  const message = ClientMessageSchema.safeParse(parseJson(text))
  return message.success ? message.data : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function refused(ref: number | undefined, why: Refusal): string {
  return encode({ type: 'refused', ...(ref === undefined ? {} : { ref }), refusal: why })
}

function encode(message: ServerMessage): string {
  return JSON.stringify(message)
}
