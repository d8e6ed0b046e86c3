// Yjs documents on the socket: the only importer of Hocuspocus. One hook each for who may open a document (authenticate),
// what is in it (load), what becomes durable before it is applied (beforeSync), and what is stored (Database).
//
// What Hocuspocus 4.7 must be kept from, each learned by experiment:
//   - a rejected onStateless or onChange is an unhandled rejection: those hooks never throw
//   - it prints errors that have a message: what we refuse has a `reason` and no message
//   - it closes sockets that send it nothing for `timeout`, although they are alive: pings are the socket's (webSocket.ts)
//   - a document that is being unloaded can still be handed to a new connection: documents stay warm for a while after an
//     opening, and an opening waits for an unloading to end
//   - it would broadcast awareness to everyone and serve writes to read-only documents their decoding: frames.ts

import { Database } from '@hocuspocus/extension-database'
import type { Connection, Document } from '@hocuspocus/server'
import { Hocuspocus } from '@hocuspocus/server'
import type { Entry } from '../../shared/conversation/entry.ts'
import { logDocumentName, movedOnReason } from '../../shared/conversation/segment.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { DOCUMENTS_PER_CONNECTION } from '../../shared/limits.ts'
import { parsePersonalDocumentName, personalDocumentName } from '../../shared/personal/document.ts'
import { CLOSE } from '../../shared/protocol/messages.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import type { Database as Storage } from '../../storage/database.ts'
import type { Session } from '../auth/auth.ts'
import type { Logger } from '../logger.ts'
import type { UnderWay } from '../personal/personal.ts'
import { PersonalDocuments, isKnown, refuseUpdate } from '../personal/personal.ts'
import { ControlDocuments } from '../replicate/controlDocuments.ts'
import { LogDocuments, MovedOnError } from '../replicate/logDocuments.ts'
import { UntilDone } from '../untilDone.ts'
import type { Access } from './access.ts'
import { Accesses } from './access.ts'
import type { Client } from './client.ts'
import type { DocumentFrame } from './frames.ts'
import { denied, notSaved } from './frames.ts'
import type { Hub } from './hub.ts'
import { parseDocumentName, refuseReader } from './permit.ts'

export type Documents = {
  /** What was committed, in seq order: the documents that are open follow. */
  advance(conversation: ConversationId, entries: readonly Entry[]): void
  receive(client: Client, frame: DocumentFrame, bytes: Uint8Array): void
  disconnect(client: Client): void
  /** Closes the documents of a conversation for these users, now. */
  revoke(conversation: ConversationId, users: ReadonlySet<UserId>): void
  /** Stores what is not compacted yet. Nothing durable depends on it. */
  stop(): Promise<void>
}

export type DocumentsDeps = {
  database: Pick<Storage, 'log' | 'conversations' | 'personal'>
  hub: Hub
  logger: Logger
  clock: () => number
  /** The session of a token, adopted by a client that had none. Null: not valid. */
  signIn(client: Client, token: string): Promise<Session | null>
  /** Counts what loading a document costs against the client. */
  charge(client: Client, price: number): void
  /** A stateless message of a stock client. Never throws; answers later. */
  onStateless(session: Session, payload: string, answer: (payload: string) => void): void
}

export function createDocuments(deps: DocumentsDeps): Documents {
  return new HocuspocusDocuments(deps)
}

/** Marks our own transactions on log documents: never stored by Hocuspocus, the rows are the truth. */
const SERVER_ORIGIN = { source: 'local', skipStoreHooks: true } as const

/** Hocuspocus wants a web request for its hooks; one serves all, since each real one costs kilobytes a connection. */
const REQUEST = new Request('http://localhost/sync')

/** A document stays in memory this long after it was last opened. */
const WARM_MS = 30_000
/** Beyond so many, those without readers stay only as long as an opening may take: each may hold 0.4 MB. */
const WARM_MAX_DOCUMENTS = 256
const OPENING_MS = 5_000
/** To fill a document from its rows, in ordinary frames. */
const LOAD_PRICE = 50
/** The longest a timer can wait. */
const NEVER_MS = 2_147_483_647

type ClientConnection = ReturnType<Hocuspocus<Context>['handleConnection']>

type Context = { client: Client; readonly access: Access | null; underWay?: UnderWay }

class HocuspocusDocuments implements Documents {
  readonly #logs: LogDocuments
  readonly #controls: ControlDocuments
  readonly #deps: DocumentsDeps
  readonly #personal: PersonalDocuments
  readonly #accesses = new Accesses()
  readonly #connections = new Map<Client, ClientConnection>()
  readonly #warmUntil = new Map<string, number>()
  readonly #hocuspocus: Hocuspocus<Context>
  readonly #sweep: NodeJS.Timeout
  readonly #retiring: UntilDone
  /** The opening whose first frame is being handed to Hocuspocus. */
  #arriving: Access | null = null

  constructor(deps: DocumentsDeps) {
    this.#deps = deps
    this.#logs = new LogDocuments(deps.database.log, SERVER_ORIGIN, deps.logger)
    this.#controls = new ControlDocuments(deps.database.log, SERVER_ORIGIN, deps.logger)
    this.#retiring = new UntilDone(deps.logger, 'a document still holds what was erased; this is tried again')
    this.#personal = new PersonalDocuments(deps.database.personal)
    this.#hocuspocus = new Hocuspocus<Context>({
      quiet: true,
      timeout: NEVER_MS,
      debounce: 10_000,
      maxDebounce: 60_000,
      // The log is pushed once per commit, so there is nothing to coalesce; a later flush would also send a document
      // that has just been loaded a second time.
      flushDelay: false,
      maxPendingDocuments: DOCUMENTS_PER_CONNECTION + 1,
      extensions: [this.#compaction()],
      onAuthenticate: ({ context, token, connectionConfig }) => this.#authenticate(context, token, connectionConfig),
      onLoadDocument: ({ context, document, documentName }) => this.#load(context, document, documentName),
      connected: ({ context, connection }) => this.#connected(context, connection),
      beforeSync: ({ context, connection, document, type, payload }) => this.#beforeSync(context, connection, document, type, payload),
      afterHandleMessage: ({ context, document }) => this.#afterMessage(context, document),
      onStateless: (message) => this.#stateless(message.connection as Connection<Context>, message.payload),
      beforeUnloadDocument: ({ documentName }) => this.#beforeUnload(documentName),
    })
    this.#sweep = setInterval(() => this.#unloadCold(), OPENING_MS / 2).unref()
  }

  advance(conversation: ConversationId, entries: readonly Entry[]): void {
    this.#logs.advance(conversation, entries)
    this.#controls.committed(conversation, entries)
    if (entries.some(({ kind }) => kind === 'erase')) this.#retiring.run(conversation, () => this.#retire(conversation))
  }

  receive(client: Client, frame: DocumentFrame, bytes: Uint8Array): void {
    const access = this.#accesses.get(client, frame.key)
    switch (frame.type) {
      case 'idle':
        return
      case 'auth':
        return this.#open(client, access, frame, bytes)
      case 'close':
        // At once, not through the queue of Hocuspocus: the client may open the document again with its next frame.
        if (access !== undefined) close(access, LEFT)
        return
      case 'write':
        if (access === undefined || !this.#mayWrite(access, frame, client)) return
        break
      case 'ask':
      case 'stateless':
        // A provider that was told its document is closed may not know yet.
        if (access === undefined) return
        break
      default:
        frame satisfies never
    }
    this.#connectionOf(client).handleMessage(bytes)
  }

  disconnect(client: Client): void {
    this.#connections.get(client)?.handleClose({ code: 1000, reason: 'closed' })
    this.#connections.delete(client)
    this.#accesses.deleteAllOf(client)
  }

  revoke(conversation: ConversationId, users: ReadonlySet<UserId>): void {
    this.#accesses.revoke(conversation, users, 'You are no longer a member of this conversation.')
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweep)
    this.#retiring.stop()
    this.#hocuspocus.flushPendingStores()
    for (const document of this.#hocuspocus.documents.values()) await document.saveMutex.waitForUnlock()
    await this.#personal.stop()
  }

  // ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #open(client: Client, known: Access | undefined, { key, name }: DocumentFrame, bytes: Uint8Array): void {
    if (known !== undefined && !this.#hasFailed(known)) {
      // Left and came back while it was being opened: it is still on its way. Else it is open or opening already.
      if (known.revoked === LEFT) known.revoked = null
      return
    }
    if (parseDocumentName(name) === null) return client.send(denied(key, UNKNOWN))
    if (this.#accesses.count(client) >= DOCUMENTS_PER_CONNECTION) {
      return client.close(CLOSE.rateLimited, `More than ${DOCUMENTS_PER_CONNECTION} documents on one socket.`)
    }
    this.#arriving = { client, key, name, stage: 'asking', conversation: null, revoked: null, close: null }
    this.#accesses.add(this.#arriving)
    this.#connectionOf(client).handleMessage(bytes)
  }

  /** Permitted, no longer loading and not open. Hocuspocus has told the client so, and nobody else. */
  #hasFailed(access: Access): boolean {
    return access.stage === 'loading' && !this.#hocuspocus.loadingDocuments.has(access.name)
  }

  /** Made with the first document: idle connections have none. */
  #connectionOf(client: Client): ClientConnection {
    const known = this.#connections.get(client)
    if (known !== undefined) return known
    // Hocuspocus copies this context for each document in the very call that brings its first frame, so the getter is
    // asked then. The hooks could not tell two openings of one document apart otherwise.
    const arriving = () => this.#arriving
    const connection = this.#hocuspocus.handleConnection(webSocketOf(client), REQUEST, {
      client,
      get access() {
        return arriving()
      },
    })
    this.#connections.set(client, connection)
    return connection
  }

  async #authenticate({ access }: Context, token: string, config: { readOnly: boolean }): Promise<void> {
    if (access === null) throw new Denied(UNKNOWN)
    try {
      await this.#permit(access, token, config)
      await this.#unloaded(access.name)
      if (access.revoked !== null) throw new Denied(access.revoked)
      access.stage = 'loading'
    } catch (error) {
      this.#accesses.delete(access)
      if (error instanceof Denied) throw error
      this.#deps.logger.error({ err: error }, 'a document could not be opened')
      throw new Denied('The server could not open it. Try again in a moment.')
    }
  }

  async #permit(access: Access, token: string, config: { readOnly: boolean }): Promise<void> {
    const document = parseDocumentName(access.name)
    if (document === null) throw new Denied(UNKNOWN)
    const session = access.client.session ?? (await this.#deps.signIn(access.client, token))
    if (session === null) throw new Denied('Sign in again.')

    if (document.kind === 'personal') return await this.#permitPersonal(access, document, session)
    config.readOnly = true
    // Before the question is asked: a removal after it must find this opening.
    this.#accesses.bind(access, document.kind === 'log' ? document.place.conversation : document.conversation)
    const refused = await refuseReader(this.#deps.database, session.user, document)
    if (refused !== null) throw new Denied(refused)
  }

  async #permitPersonal(access: Access, personal: { user: UserId; generation: number }, session: Session): Promise<void> {
    if (personal.user !== session.user) throw new Denied(UNKNOWN)
    const generation = await this.#personal.generation(session.user)
    if (personal.generation === generation) return
    access.client.tell({ type: 'personal', generation })
    throw new Denied('This document has moved on to a new generation.')
  }

  /** Keeps the document from being unloaded for a while, and waits for an unloading that has begun. */
  async #unloaded(name: string): Promise<void> {
    // Last in order: the map is sorted by time.
    this.#warmUntil.delete(name)
    this.#warmUntil.set(name, this.#deps.clock() + WARM_MS)
    for (let unloading; (unloading = this.#hocuspocus.unloadingDocuments.get(name)) !== undefined; ) await unloading
  }

  async #load({ client }: Context, document: Document, name: string): Promise<void> {
    this.#deps.charge(client, LOAD_PRICE)
    // Its timer looks for silent peers that there are none of.
    document.awareness.destroy()
    const parsed = parseDocumentName(name)
    try {
      if (parsed?.kind === 'log') await this.#logs.open(document, parsed.place, () => document.connections.size)
      if (parsed?.kind === 'control') await this.#controls.open(document, parsed.conversation)
    } catch (error) {
      if (error instanceof MovedOnError) throw new Denied(movedOnReason(error.generation))
      this.#deps.logger.error({ err: error }, 'a log document could not be loaded')
      throw new Denied('The server could not read it. Try again in a moment.')
    }
  }

  /** Something was erased: documents of another generation than the rows are closed, and their names lead to the next one. */
  async #retire(conversation: ConversationId): Promise<void> {
    for (const { segment, generation } of this.#logs.flushed(conversation)) {
      const current = await this.#deps.database.log.generation(conversation, segment)
      if (current === generation) continue
      const name = logDocumentName(conversation, segment, generation)
      this.#accesses.revokeDocument(conversation, name, movedOnReason(current))
      // It is not to stay in memory either.
      this.#warmUntil.delete(name)
      const document = this.#hocuspocus.documents.get(name)
      if (document?.getConnectionsCount() === 0) void this.#hocuspocus.unloadDocument(document)
    }
  }

  #connected({ access }: Context, connection: Connection<Context>): Promise<void> {
    if (access === null) return Promise.resolve()
    access.stage = 'open'
    connection.onClose(() => this.#accesses.delete(access))
    access.close = (reason) => connection.close({ code: 1000, reason })
    if (access.revoked !== null) access.close(access.revoked)
    return Promise.resolve()
  }

  // ── staying warm ─────────────────────────────────────────────────────────────────────────────────────────────────

  #beforeUnload(name: string): Promise<void> {
    const until = this.#warmUntil.get(name) ?? 0
    if (until > this.#deps.clock()) return Promise.reject(new Denied('warm'))
    this.#warmUntil.delete(name)
    return Promise.resolve()
  }

  #unloadCold(): void {
    const now = this.#deps.clock()
    let tooMany = this.#warmUntil.size - WARM_MAX_DOCUMENTS
    for (const [name, until] of this.#warmUntil) {
      const openedAt = until - WARM_MS
      if (until > now && (tooMany <= 0 || openedAt > now - OPENING_MS)) break
      tooMany -= 1
      // Those with readers go when the last of them has left.
      this.#warmUntil.delete(name)
      const document = this.#hocuspocus.documents.get(name)
      if (document?.getConnectionsCount() === 0) void this.#hocuspocus.unloadDocument(document)
    }
  }

  // ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Log documents have one writer, and it is not a client. Personal updates must be worth making durable. */
  #mayWrite(access: Access, { update, isSync }: WriteFrame, client: Client): boolean {
    if (parsePersonalDocumentName(access.name) === null) {
      client.send(notSaved(access.key))
      return false
    }
    const refused = refuseUpdate(update, isSync)
    if (refused === null) return true
    client.tell({ type: 'refused', refusal: refused })
    // Yjs clocks are contiguous: after an update that is not taken, nothing later of that client could be.
    close(access, refused.words)
    return false
  }

  async #beforeSync(context: Context, connection: Connection<Context>, document: Document, type: number, update: Uint8Array): Promise<void> {
    const { access, client } = context
    if (access !== null && access.revoked !== null) throw new Denied(access.revoked)
    if (type === ASK || parsePersonalDocumentName(document.name) === null || isKnown(document, update)) return
    try {
      context.underWay = await this.#personal.begin(document, update)
    } catch (error) {
      if (!(error instanceof RefusedError)) this.#deps.logger.error({ err: error }, 'a personal update was not stored')
      const refused = error instanceof RefusedError ? error : new RefusedError('unavailable', 'The server could not store it. Try again in a moment.')
      client.tell({ type: 'refused', refusal: refused.refusal })
      // Hocuspocus then does not apply it. To throw would have it print.
      connection.readOnly = true
      if (access !== null) close(access, refused.refusal.words)
    }
  }

  async #afterMessage(context: Context, document: Document): Promise<void> {
    if (context.underWay === undefined) return
    this.#personal.end(document, context.underWay)
    delete context.underWay
  }

  /** @hocuspocus/extension-database: loads personal documents and, a while after changes, replaces their updates by a snapshot. */
  #compaction(): Database {
    return new Database({
      fetch: async ({ document, documentName }) => {
        const personal = parsePersonalDocumentName(documentName)
        if (personal === null) return null
        try {
          return await this.#personal.load(document, personal.user, personal.generation)
        } catch (error) {
          this.#deps.logger.error({ err: error }, 'a personal document could not be loaded')
          throw new Denied('The server could not read it. Try again in a moment.')
        }
      },
      store: async ({ document, documentName, state }) => {
        if (parsePersonalDocumentName(documentName) === null) return
        await this.#personal.compact(document, state)
        const moved = await this.#personal.advance(document)
        if (moved !== null) this.#moveOn(moved.user, documentName, moved.generation)
      },
    })
  }

  #moveOn(user: UserId, name: string, generation: number): void {
    if (name === personalDocumentName(user, generation)) return
    this.#deps.hub.tellUser(user, { type: 'personal', generation })
    this.#accesses.revokeNamed(name, this.#deps.hub.ofUser(user), 'This document has moved on to a new generation.')
  }

  // ── messages of stock clients ────────────────────────────────────────────────────────────────────────────────────

  #stateless(connection: Connection<Context>, payload: string): Promise<void> {
    const { access, client } = connection.context
    if (access?.revoked === null && client.session !== null) {
      this.#deps.onStateless(client.session, payload, (answer) => connection.sendStateless(answer))
    }
    return Promise.resolve()
  }
}

/** Step 1 of y-protocols/sync. */
const ASK = 0

type WriteFrame = Extract<DocumentFrame, { type: 'write' }>

const UNKNOWN = 'There is no such document.'
/** What Hocuspocus says when a provider closes a document. */
const LEFT = 'provider_initiated'

function close(access: Access, reason: string): void {
  access.revoked = reason
  access.close?.(reason)
}

function webSocketOf(client: Client): { send(data: Uint8Array): void; close(code?: number, reason?: string): void; readonly readyState: number } {
  return {
    send: (data) => client.send(data),
    close: () => client.close(CLOSE.malformed, 'Not a frame of this protocol.'),
    get readyState() {
      return client.phase !== 'closed' && client.socket.isOpen ? OPEN : CLOSED
    },
  }
}

const OPEN = 1
const CLOSED = 3

/** Hocuspocus sends `reason` to the client and prints `message`, so there is none. */
class Denied extends Error {
  readonly reason: string
  constructor(reason: string) {
    super('')
    this.name = 'Denied'
    this.reason = reason
  }
}
