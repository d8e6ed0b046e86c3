// One socket to the server, kept up. It says hello, matches answers to requests, pings, and when the socket is lost it
// comes back after a jittered wait. What the messages mean is for its listener.

import { PING_INTERVAL_MS } from '../../shared/limits.ts'
import type { ClientMessage } from '../../shared/protocol/messages.ts'
import { CLOSE, ServerMessage } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { backoff } from '../../shared/backoff.ts'
import type { ConnectionState } from './engine.ts'
import type { Environment, SocketLike } from './environment.ts'

/** A dial that got no welcome by then is given up. */
const WELCOME_WITHIN_MS = 15_000
/** Silence longer than this means that the network is gone although nobody told us. */
const SILENCE_MS = PING_INTERVAL_MS * 2.5
/** A connection that fell sooner than this did not prove that the server is well: the backoff goes on growing. */
const WELL_AFTER_MS = 5_000
/** `WebSocket.OPEN`, of whichever implementation. */
const OPEN = 1

export class Connection {
  readonly #environment: ConnectionEnvironment
  readonly #listener: ConnectionListener
  #link: Link = { at: 'stopped' }
  #attempt = 0
  #offlineSince: number | null = null
  #nextRef = 0
  readonly #requests = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()

  constructor(environment: ConnectionEnvironment, listener: ConnectionListener) {
    this.#environment = environment
    this.#listener = listener
  }

  start(): void {
    if (this.#link.at === 'stopped') this.#dial()
  }

  /** Closes for good, until `start`. */
  stop(words: string): void {
    this.#drop({ at: 'stopped' })
    this.#listener.state({ state: 'offline', since: this.#since(), retryAt: null, words })
  }

  /** Tries at once if it was waiting to try, or if its socket is on the way down. What failed before says nothing of what comes. */
  wake(): void {
    this.#attempt = 0
    if (this.#link.at === 'waiting' || (this.#link.at === 'up' && !this.isUp())) this.#dial()
  }

  /** The network is known to be gone. */
  lose(words: string): void {
    if (this.#link.at === 'dialing' || this.#link.at === 'up') this.#wait(words)
  }

  /** Would something sent now go out? Not into a socket that is closing: its close event is on the way. */
  isUp(): boolean {
    return this.#link.at === 'up' && this.#link.socket.readyState === OPEN
  }

  /** On this connection. */
  get pingsSent(): number {
    return this.#link.at === 'up' ? this.#link.pingsSent : 0
  }

  /** Rejects with ConnectionLostError when the answer cannot come any more. */
  request(message: Request): Promise<Answer> {
    const ref = this.#nextRef++
    return new Promise((resolve, reject) => {
      if (!this.send({ ...message, ref })) return reject(new ConnectionLostError())
      this.#requests.set(ref, { resolve, reject })
    })
  }

  /** False when there is no connection. */
  send(message: ClientMessage): boolean {
    if (this.#link.at !== 'up' || !this.isUp()) return false
    this.#link.socket.send(JSON.stringify(message))
    return true
  }

  sendFrame(frame: Uint8Array<ArrayBuffer>): void {
    if (this.#link.at === 'up' && this.isUp()) this.#link.socket.send(frame)
  }

  #dial(): void {
    this.#drop({ at: 'stopped' })
    this.#listener.state({ state: 'connecting' })
    const socket = new this.#environment.WebSocket(this.#environment.url.href)
    socket.binaryType = 'arraybuffer'
    const cancel = this.#environment.timers.after(WELCOME_WITHIN_MS, () => this.#wait('The server does not answer.'))
    this.#link = { at: 'dialing', socket, cancel }
    // A socket that was given up may still speak.
    const mine = (): boolean => 'socket' in this.#link && this.#link.socket === socket
    socket.addEventListener('open', () => {
      const hello: ClientMessage = { type: 'hello', version: PROTOCOL_VERSION, ...this.#environment.hello() }
      if (mine()) socket.send(JSON.stringify(hello))
    })
    socket.addEventListener('message', ({ data }) => {
      if (mine()) this.#receive(socket, data)
    })
    socket.addEventListener('close', ({ code }) => {
      if (mine()) this.#closed(code)
    })
    // An error is always followed by a close, which decides.
    socket.addEventListener('error', () => undefined)
  }

  #receive(socket: SocketLike, data: unknown): void {
    const link = this.#link
    if (link.at === 'up') link.heardAt = this.#environment.clock()
    if (data instanceof ArrayBuffer || data instanceof Uint8Array) {
      // Before the welcome there are no documents, only the pings that the server sends to stock providers.
      if (link.at === 'up') this.#listener.frame(new Uint8Array(data))
      return
    }
    const message = parse(data)
    // A server that speaks otherwise is newer or broken; both need another connection, not a guess.
    if (message === null) return this.#wait('The server sent something this version does not understand.')
    if (message.type === 'welcome') return this.#welcome(socket, message)
    if (message.type === 'refused' && message.ref === undefined && message.refusal.code === 'version') return this.#wait(message.refusal.words)
    if (link.at !== 'up') return
    if (message.type === 'pong') return this.#listener.heard(link.pongs++)
    const ref = 'ref' in message ? message.ref : undefined
    if (ref === undefined || !('ref' in message)) return this.#listener.message(message)
    this.#requests.get(ref)?.resolve(message)
    this.#requests.delete(ref)
  }

  #welcome(socket: SocketLike, message: Welcome): void {
    if (this.#link.at !== 'dialing') return
    this.#link.cancel()
    const now = this.#environment.clock()
    this.#link = { at: 'up', socket, upSince: now, heardAt: now, pingsSent: 0, pongs: 0, cancel: () => undefined }
    this.#schedulePing()
    this.#offlineSince = null
    this.#listener.state({ state: 'online' })
    this.#listener.up(message)
  }

  #schedulePing(): void {
    if (this.#link.at !== 'up') return
    this.#link.cancel = this.#environment.timers.after(PING_INTERVAL_MS, () => {
      if (this.#link.at !== 'up') return
      if (this.#environment.clock() - this.#link.heardAt > SILENCE_MS) return this.#wait('The connection went silent.')
      this.#link.pingsSent += 1
      this.send({ type: 'ping' })
      this.#schedulePing()
    })
  }

  #closed(code: number): void {
    if (code !== CLOSE.signedOut) return this.#wait(wordsFor(code))
    this.stop(wordsFor(code))
    this.#listener.rejected()
  }

  #wait(words: string): void {
    const { clock, random, timers } = this.#environment
    if (this.#link.at === 'up' && clock() - this.#link.upSince >= WELL_AFTER_MS) this.#attempt = 0
    const delay = backoff(this.#attempt, random())
    this.#attempt += 1
    this.#drop({ at: 'waiting', cancel: timers.after(delay, () => this.#dial()) })
    this.#listener.state({ state: 'offline', since: this.#since(), retryAt: clock() + delay, words })
  }

  #since(): number {
    this.#offlineSince ??= this.#environment.clock()
    return this.#offlineSince
  }

  #drop(next: Link): void {
    const before = this.#link
    this.#link = next
    if (before.at === 'stopped') return
    before.cancel()
    if (before.at === 'waiting') return
    before.socket.close(1000)
    const lost = [...this.#requests.values()]
    this.#requests.clear()
    for (const { reject } of lost) reject(new ConnectionLostError())
    if (before.at === 'up') this.#listener.down()
  }
}

/** The answer will not come. Whether the server did what was asked is unknown; asking again must be harmless. */
export class ConnectionLostError extends Error {
  constructor() {
    super('The connection was lost before the answer came.')
    this.name = 'ConnectionLostError'
  }
}

function parse(data: unknown): ServerMessage | null {
  if (typeof data !== 'string') return null
  let json: unknown
  try {
    json = JSON.parse(data)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  const message = ServerMessage.safeParse(json)
  return message.success ? message.data : null
}

function wordsFor(code: number): string {
  switch (code) {
    case CLOSE.draining:
      return 'The server is restarting.'
    case CLOSE.version:
      return 'This version is too old for the server: reload.'
    case CLOSE.signedOut:
      return 'The session is not valid any more.'
    case CLOSE.rateLimited:
      return 'The server asks to slow down.'
    default:
      return 'No connection to the server.'
  }
}

export type ConnectionListener = {
  state(state: ConnectionState): void
  up(welcome: Welcome): void
  down(): void
  message(message: Push): void
  frame(frame: Uint8Array<ArrayBuffer>): void
  /** The nth ping of this connection was answered: everything sent before it has arrived. */
  heard(ping: number): void
  /** The server says that there is no session. */
  rejected(): void
}

export type Welcome = Extract<ServerMessage, { type: 'welcome' }>
export type Answer = Extract<ServerMessage, { ref?: number | undefined }>
export type Push = Exclude<ServerMessage, { type: 'welcome' | 'pong' }>

type Request = Unref<Extract<ClientMessage, { ref: number }>>
type Unref<Message> = Message extends { ref: number } ? Omit<Message, 'ref'> : never

type ConnectionEnvironment = Pick<Environment, 'WebSocket' | 'clock' | 'random' | 'timers'> & {
  url: URL
  /** What the hello proves who we are with; a browser's cookie needs nothing. */
  hello: () => { token?: string }
}

type Link =
  | { at: 'stopped' }
  | { at: 'waiting'; cancel: () => void }
  | { at: 'dialing'; socket: SocketLike; cancel: () => void }
  | { at: 'up'; socket: SocketLike; upSince: number; heardAt: number; pingsSent: number; pongs: number; cancel: () => void }
