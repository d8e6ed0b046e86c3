// The network of a simulated world, as a device sees it: `WebSocket` and `fetch`. Each device has a link with its own
// delays; a link can be split (nothing arrives, nobody is told), and what runs over it can be cut.
//
// Two connections of one device are two orders: what was sent on an old one may arrive after what was sent on its
// successor. That is how an append comes twice, and how an answer comes to somebody who no longer waits for it.

import type { SocketConstructor, SocketLike } from '../../client/sync/environment.ts'
import type { ServerSocket } from '../../server/gateway/socket.ts'
import type { Delay } from './channel.ts'
import { Channel } from './channel.ts'
import type { Random } from '../random.ts'
import type { VirtualTime } from './virtualTime.ts'

/** The server as the network reaches it. */
export type Host = {
  accept(socket: ServerSocket): void
  fetch(request: Request): Promise<Response>
}

/** Everything that is said, when it leaves whoever says it, whether or not it arrives. Connections are numbered. */
export type Traffic = {
  clientSaid(connection: number, device: string, data: string | Uint8Array): void
  serverSaid(connection: number, device: string, data: string | Uint8Array): void
  /** The body of an HTTP answer, a byte a character. */
  answered(device: string, body: string): void
}

/** After this a connect or a request that nobody answered is given up by the device's system. */
const SYSTEM_GIVES_UP_MS = 60_000
const REFUSED_CONNECTION_MS = 30
/** How long one side may take to notice that the other is gone. */
const NOTICED_AFTER: Delay = { min: 0, max: 30_000 }

export class Network {
  readonly #time: VirtualTime
  readonly #random: Random
  readonly #traffic: Traffic
  readonly #links = new Map<string, Link>()
  /** Null while the server is down. */
  host: Host | null = null

  constructor(time: VirtualTime, random: Random, traffic: Traffic) {
    this.#time = time
    this.#random = random
    this.#traffic = traffic
  }

  /** The way a device reaches the server; it keeps its condition from one life of the device to the next. */
  link(device: string): Link {
    const known = this.#links.get(device)
    if (known !== undefined) return known
    const link = new Link(device, this.#time, this.#random.fork(), this.#traffic, () => this.host)
    this.#links.set(device, link)
    return link
  }

  /** The server is gone: everything that was open breaks. */
  hostCrashed(): void {
    this.host = null
    for (const link of this.#links.values()) link.serverGone()
  }
}

export class Link {
  readonly device: string
  readonly time: VirtualTime
  readonly random: Random
  readonly traffic: Traffic
  readonly host: () => Host | null
  delay: Delay = { min: 5, max: 80 }
  /** Probability that a request, or its answer, is lost. */
  loss = 0
  #split = false
  #connections = new Set<Connection>()
  #requests = new Set<(error: Error) => void>()

  constructor(device: string, time: VirtualTime, random: Random, traffic: Traffic, host: () => Host | null) {
    this.device = device
    this.time = time
    this.random = random
    this.traffic = traffic
    this.host = host
  }

  get split(): boolean {
    return this.#split
  }

  set split(split: boolean) {
    this.#split = split
    for (const connection of this.#connections) connection.setSplit(split)
  }

  /** Everything that runs over the link breaks; each side notices when it does. */
  cut(): void {
    for (const connection of this.#connections) connection.cut()
    this.#failRequests()
  }

  /** The device's process is gone; nobody on this side notices anything any more. */
  deviceCrashed(): void {
    for (const connection of this.#connections) connection.deviceGone()
    this.#requests.clear()
  }

  serverGone(): void {
    for (const connection of this.#connections) connection.serverGone()
    this.#failRequests()
  }

  webSocket(): SocketConstructor {
    // `this` of the class below is the socket.
    // oxlint-disable-next-line typescript/no-this-alias
    const link = this
    return class extends ClientSocket {
      constructor() {
        super(link, link.#connections)
      }
    }
  }

  fetch = (request: Request): Promise<Response> =>
    new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        this.#requests.delete(fail)
        reject(error)
      }
      this.#requests.add(fail)
      const lost = () => this.random.chance(this.loss)
      const hop = () => this.random.int(this.delay.min, this.delay.max)
      const answer = (response: Response): void => {
        if (this.#split || lost()) return
        this.time.after(hop(), () => {
          if (!this.#requests.delete(fail)) return
          if (this.#split) this.#requests.add(fail)
          else resolve(response)
        })
      }
      request.signal.addEventListener('abort', () => fail(new DOMException('The request was given up.', 'AbortError')))
      this.time.after(SYSTEM_GIVES_UP_MS, () => fail(new TypeError('fetch failed')))
      if (this.#split || lost()) return
      this.time.after(hop(), () => {
        const host = this.host()
        if (host === null) fail(new TypeError('fetch failed'))
        else if (!this.#split && this.#requests.has(fail)) void this.time.outside(this.#ask(host, request)).then(answer, fail)
      })
    })

  async #ask(host: Host, request: Request): Promise<Response> {
    const response = await host.fetch(request)
    const body = Buffer.from(await response.arrayBuffer())
    this.traffic.answered(this.device, body.toString('latin1'))
    return new Response(body.length === 0 ? null : body, response)
  }

  #failRequests(): void {
    for (const fail of this.#requests) {
      this.#requests.delete(fail)
      this.time.after(this.random.int(0, 5_000), () => fail(new TypeError('fetch failed')))
    }
  }
}

class ClientSocket implements SocketLike {
  binaryType = 'blob'
  readonly #connection: Connection
  readonly #listeners: { type: string; listener: (event: SocketEvent) => void }[] = []

  constructor(link: Link, connections: Set<Connection>) {
    this.#connection = new Connection(link, this, connections)
  }

  get readyState(): number {
    return this.#connection.readyState
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    // Copied, as a network does: the sender may use its buffer again.
    this.#connection.clientSays(typeof data === 'string' ? data : data.slice())
  }

  close(): void {
    this.#connection.clientCloses()
  }

  addEventListener(type: string, listener: (event: SocketEvent) => void): void {
    this.#listeners.push({ type, listener })
  }

  dispatch(type: 'open' | 'error' | 'message' | 'close', event: Partial<SocketEvent> = {}): void {
    for (const held of this.#listeners) if (held.type === type) held.listener({ data: null, code: 1006, reason: '', ...event })
  }
}

/** What the events of a WebSocket carry; each kind of event has its part of it. */
type SocketEvent = { data: unknown; code: number; reason: string }

type Data = string | Uint8Array<ArrayBuffer>

let connections = 0

/** One WebSocket, both ends and what flies between them. */
class Connection {
  readonly #link: Link
  readonly #client: ClientSocket
  readonly #all: Set<Connection>
  readonly #number = connections++
  readonly up: Channel<Data>
  readonly down: Channel<Data>
  readonly #server: PipeEnd
  #clientOpen = true
  #opened = false

  constructor(link: Link, client: ClientSocket, all: Set<Connection>) {
    this.#link = link
    this.#client = client
    this.#all = all
    const delay = () => link.delay
    this.up = new Channel(link.time, link.random, delay, (data) => this.#server.receive(data))
    this.down = new Channel(link.time, link.random, delay, (data) => {
      if (this.#clientOpen) client.dispatch('message', { data: typeof data === 'string' ? data : data.buffer })
    })
    this.#server = new PipeEnd(this.down, (data) => link.traffic.serverSaid(this.#number, link.device, data), (code, reason) => this.#serverCloses(code, reason))
    all.add(this)
    if (link.split) this.setSplit(true)
    this.#connect()
  }

  /** As the client's end would say; it knows no CLOSING, as its close event comes at once. */
  get readyState(): number {
    if (!this.#clientOpen) return WebSocket.CLOSED
    return this.#opened ? WebSocket.OPEN : WebSocket.CONNECTING
  }

  setSplit(split: boolean): void {
    for (const channel of [this.up, this.down]) {
      if (split) channel.stall()
      else channel.resume()
    }
  }

  cut(): void {
    this.up.cut(() => this.#later(() => this.#server.end()))
    this.down.cut(() => this.#later(() => this.#clientEnds(1006, '')))
  }

  deviceGone(): void {
    this.#clientOpen = false
    this.down.cut(() => {})
    this.up.cut(() => this.#later(() => this.#server.end()))
    this.#all.delete(this)
  }

  serverGone(): void {
    this.#server.abandon()
    this.up.cut(() => {})
    this.down.cut(() => this.#clientEnds(1006, ''))
  }

  clientSays(data: Data): void {
    this.#link.traffic.clientSaid(this.#number, this.#link.device, data)
    this.up.send(data)
  }

  clientCloses(): void {
    if (!this.#clientOpen) return
    this.#clientOpen = false
    this.#all.delete(this)
    this.down.cut(() => {})
    this.up.finish(() => this.#server.end())
    this.#link.time.after(1, () => this.#client.dispatch('close', { code: 1000 }))
  }

  #connect(): void {
    const { time, random, delay } = this.#link
    time.after(SYSTEM_GIVES_UP_MS, () => {
      if (!this.#opened) this.#clientEnds(1006, '')
    })
    const attempt = (): void => {
      if (!this.#clientOpen || this.#opened) return
      // The system knocks again while nobody answers.
      if (this.#link.split) return void time.after(1_000, attempt)
      const host = this.#link.host()
      if (host === null) return void time.after(REFUSED_CONNECTION_MS, () => this.#clientEnds(1006, ''))
      this.#opened = true
      host.accept(this.#server)
      this.#client.dispatch('open')
    }
    time.after(random.int(delay.min, delay.max) * 2, attempt)
  }

  #serverCloses(code: number, reason: string): void {
    this.down.finish(() => this.#clientEnds(code, reason))
    this.up.cut(() => this.#server.end())
  }

  #clientEnds(code: number, reason: string): void {
    if (!this.#clientOpen) return
    this.#clientOpen = false
    this.#all.delete(this)
    if (!this.#opened) this.#client.dispatch('error')
    this.#client.dispatch('close', { code, reason })
    this.up.cut(() => this.#server.end())
  }

  #later(notice: () => void): void {
    this.#link.time.after(this.#link.random.int(NOTICED_AFTER.min, NOTICED_AFTER.max), notice)
  }
}

/** The server's end of a connection. */
class PipeEnd implements ServerSocket {
  readonly #down: Channel<Data>
  readonly #said: (data: Data) => void
  readonly #closes: (code: number, reason: string) => void
  #state: 'open' | 'closing' | 'closed' = 'open'
  #onMessage: (data: Data) => void = () => {}
  #onClose: () => void = () => {}

  constructor(down: Channel<Data>, said: (data: Data) => void, closes: (code: number, reason: string) => void) {
    this.#down = down
    this.#said = said
    this.#closes = closes
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }

  get bufferedAmount(): number {
    return this.#down.waiting.reduce((sum, data) => sum + data.length, 0)
  }

  send(data: string | Uint8Array): void {
    if (this.#state !== 'open') return
    const copy = typeof data === 'string' ? data : new Uint8Array(data)
    this.#said(copy)
    this.#down.send(copy)
  }

  close(code: number, reason: string): void {
    if (this.#state !== 'open') return
    this.#state = 'closing'
    this.#closes(code, reason)
  }

  onMessage(listener: (data: Data) => void): void {
    this.#onMessage = listener
  }

  onClose(listener: () => void): void {
    this.#onClose = listener
  }

  receive(data: Data): void {
    if (this.#state === 'open') this.#onMessage(data)
  }

  /** However it came about; told once. */
  end(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#onClose()
  }

  /** The process at this end is gone: nobody is told. */
  abandon(): void {
    this.#state = 'closed'
    this.#onMessage = () => {}
    this.#onClose = () => {}
  }
}
