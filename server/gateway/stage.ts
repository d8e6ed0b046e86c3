// A stage for tests: the sync core on a real port over a real database, and people with devices on real sockets.
//
//   const { sync, people, group, connect } = await stage('alice', 'bob')

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
// oxlint-disable-next-line no-restricted-imports -- the stock client that the server is tested with, not the server
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { v7 as uuidv7 } from 'uuid'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { NewMessage } from '../../shared/conversation/entry.ts'
import { Entry, textOf } from '../../shared/conversation/entry.ts'
import { LOG_ROOT } from '../../shared/conversation/segment.ts'
import { ConversationId, DeviceId, EntryId, SessionId, UserId } from '../../shared/ids.ts'
import type { ClientMessage } from '../../shared/protocol/messages.ts'
import { ServerMessage } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { Database } from '../../storage/database.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import type { Auth, Session } from '../auth/auth.ts'
import { createLogger } from '../logger.ts'
import type { Sync } from '../sync.ts'
import { createSync } from '../sync.ts'
import { tempDir } from '../testing/tempDir.ts'

export type Person = Session & { name: string; token: string; by: { user: UserId; device: DeviceId } }

export async function stage<Name extends string>(...names: Name[]) {
  const database = await openSqlite({ file: join(tempDir(), 'parley.db') })
  return stageOn(database, names)
}

/** The same over a given database, for tests in which it fails, or at another time. The database is closed at the end. */
export async function stageOn<Name extends string>(database: Database, names: readonly Name[], clock: () => number = Date.now) {
  const logged: string[] = []
  const sessions = new Sessions()
  const logger = createLogger('trace', { write: (line) => void logged.push(line) })
  const sync = createSync({ database, auth: sessions, clock, logger, allowedOrigins: [OWN_ORIGIN], trustedProxies: 0 })
  const http = createServer().on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  let drained: Promise<void> | undefined
  const drain = () => (drained ??= sync.drain())
  onTestFinished(async () => {
    await drain()
    await new Promise((resolve) => http.close(resolve))
    await database.close()
  })
  // A listening server on TCP has an address with a port.
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/sync`

  const people = {} as Record<Name, Person> // filled right here
  for (const name of names) people[name] = await register(database, sessions, name)
  const everyone = Object.values<Person>(people)

  return {
    sync: { ...sync, drain } satisfies Sync,
    database,
    sessions,
    people,
    url,
    logged,
    /** A second device of the same person. */
    deviceOf: (person: Person) => sessions.start(person.user, person.name),
    group: async (...members: Person[]) => {
      const [owner, ...rest] = members.length > 0 ? members : everyone
      if (owner === undefined) throw new Error('A group needs somebody.')
      const id = ConversationId.parse(uuidv7())
      await database.conversations.createGroup({ id, name: 'Lunch', owner: owner.user, members: rest.map(({ user }) => user), now: Date.now() })
      return id
    },
    connect: async (person: Person) => {
      const socket = new TestSocket(url)
      socket.say({ type: 'hello', version: PROTOCOL_VERSION, token: person.token })
      await socket.next('welcome')
      return socket
    },
    socket: (options?: ConstructorParameters<typeof TestSocket>[1]) => new TestSocket(url, options),
    /** Stock Hocuspocus: a document as any Yjs client has it. */
    replica: (person: { token: string }, name: string) => stockReplica(url, person.token, name),
  }
}

export const OWN_ORIGIN = 'http://parley.test'

export function entry(text: string, more: Partial<NewMessage> = {}): NewMessage {
  return { id: EntryId.parse(uuidv7()), at: Date.now(), kind: 'message', body: { text }, ...more }
}

/** Sessions that live in memory. */
class Sessions implements Pick<Auth, 'validate' | 'onEnded' | 'cookieName'> {
  readonly cookieName = 'parley_session'
  readonly #byToken = new Map<string, Session>()
  readonly #listeners = new Set<(ended: readonly SessionId[]) => void>()

  start(user: UserId, name: string): Person {
    const by = { user, device: DeviceId.parse(uuidv7()) }
    const session = { ...by, id: SessionId.parse(uuidv7()), expiresAt: Date.now() + 86_400_000 }
    const token = `token-${session.id}`
    this.#byToken.set(token, session)
    return { ...session, name, token, by }
  }

  end({ token, id }: Person): void {
    this.#byToken.delete(token)
    for (const listener of this.#listeners) listener([id])
  }

  forget({ token }: Person): void {
    this.#byToken.delete(token)
  }

  async validate(token: string): Promise<Session | null> {
    return this.#byToken.get(token) ?? null
  }

  onEnded(listener: (ended: readonly SessionId[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

async function register(database: Database, sessions: Sessions, name: string): Promise<Person> {
  const id = UserId.parse(uuidv7())
  await database.accounts.create({ id, handle: name, name, passwordHash: null, createdAt: Date.now() })
  return sessions.start(id, name)
}

type Told<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>

/** A socket that remembers everything it was told, each message parsed by the wire schema. */
export class TestSocket {
  readonly ws: WebSocket
  readonly told: ServerMessage[] = []
  readonly binary: Uint8Array[] = []
  /** What it was told in bytes of text. */
  readonly sizes: number[] = []
  readonly opened: Promise<void>
  readonly closed: Promise<{ code: number; reason: string }>
  #wake: (() => void)[] = []
  #ref = 0
  #unsent: (string | Uint8Array)[] | null = []

  constructor(url: string, options: { headers?: Record<string, string>; origin?: string } = {}) {
    this.ws = new WebSocket(url, { headers: options.headers, origin: options.origin, perMessageDeflate: false })
    this.opened = new Promise((resolve) => this.ws.once('open', resolve))
    this.ws.on('open', () => {
      for (const data of this.#unsent ?? []) this.ws.send(data)
      this.#unsent = null
    })
    this.ws.on('message', (data: Buffer, isBinary) => this.#hear(data, isBinary))
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() })
        this.#wakeAll()
      })
      this.ws.on('error', (error) => resolve({ code: 0, reason: error.message }))
    })
    onTestFinished(() => this.ws.terminate())
  }

  say(message: ClientMessage): void {
    this.send(JSON.stringify(message))
  }

  send(data: string | Uint8Array): void {
    if (this.#unsent !== null) this.#unsent.push(data)
    else this.ws.send(data)
  }

  append(conversation: ConversationId, ...entries: unknown[]): Promise<Told<'appended'> | Told<'refused'>> {
    const ref = (this.#ref += 1)
    this.say({ type: 'append', ref, conversation, entries })
    return this.answer(ref)
  }

  open(conversation: ConversationId): Promise<Told<'opened'> | Told<'refused'>> {
    const ref = (this.#ref += 1)
    this.say({ type: 'open', ref, conversation })
    return this.answer(ref)
  }

  async answer<Type extends 'appended' | 'opened'>(ref: number): Promise<Told<Type> | Told<'refused'>> {
    await this.until(() => this.told.some((message) => 'ref' in message && message.ref === ref))
    // Found a moment ago; the request decides the type of its answer.
    return this.told.find((message) => 'ref' in message && message.ref === ref) as Told<Type> | Told<'refused'>
  }

  /** The first message of a type that fits, also one that came before. */
  async next<Type extends ServerMessage['type']>(type: Type, fits: (message: Told<Type>) => boolean = () => true): Promise<Told<Type>> {
    const find = () => this.told.find((message): message is Told<Type> => message.type === type && fits(message as Told<Type>)) // type is checked before
    await this.until(() => find() !== undefined)
    return find()! // waited for
  }

  /** Everything sent before has been served when this resolves. */
  async roundTrip(): Promise<void> {
    const pongs = () => this.told.filter(({ type }) => type === 'pong').length
    const before = pongs()
    this.say({ type: 'ping' })
    await this.until(() => pongs() > before)
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.ws.readyState >= WebSocket.CLOSING) throw new Error('The socket closed while something was expected of it.')
      await new Promise<void>((resolve) => this.#wake.push(resolve))
    }
  }

  #hear(data: Buffer, isBinary: boolean): void {
    if (isBinary) this.binary.push(data)
    else {
      this.sizes.push(data.byteLength)
      this.told.push(ServerMessage.parse(JSON.parse(data.toString('utf8'))))
    }
    this.#wakeAll()
  }

  #wakeAll(): void {
    for (const resolve of this.#wake.splice(0)) resolve()
  }
}

export type StockReplica = {
  provider: HocuspocusProvider
  doc: Y.Doc
  synced: Promise<void>
  denied: Promise<string>
  closed: Promise<string>
  entries(): Entry[]
  texts(): string[]
  /** Resolves when the log holds this many entries. */
  holds(count: number): Promise<void>
  /** The answer to the next stateless message. */
  stateless(payload: string): Promise<unknown>
}

export function stockReplica(url: string, token: string, name: string): StockReplica {
  const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket, maxAttempts: 1 })
  const doc = new Y.Doc()
  const { promise: synced, resolve: onSynced } = Promise.withResolvers<void>()
  const { promise: denied, resolve: onDenied } = Promise.withResolvers<string>()
  const { promise: closed, resolve: onClosed } = Promise.withResolvers<string>()
  const provider = new HocuspocusProvider({
    websocketProvider,
    name,
    document: doc,
    token,
    onSynced: () => onSynced(),
    onAuthenticationFailed: ({ reason }) => onDenied(reason),
    onClose: ({ event }) => onClosed(event.reason),
  })
  provider.attach()
  onTestFinished(() => {
    provider.destroy()
    websocketProvider.destroy()
  })
  const log = doc.getArray(LOG_ROOT)
  const entries = () => log.toArray().flatMap((value) => (typeof value === 'string' ? [] : [Entry.parse(value)]))
  return {
    provider,
    doc,
    synced,
    denied,
    closed,
    entries,
    texts: () => entries().map(textOf),
    holds: (count) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (log.length < count) return
          doc.off('update', check)
          resolve()
        }
        doc.on('update', check)
        check()
      }),
    stateless: (payload) =>
      new Promise((resolve) => {
        provider.on('stateless', ({ payload: answer }: { payload: string }) => resolve(JSON.parse(answer)))
        provider.sendStateless(payload)
      }),
  }
}
