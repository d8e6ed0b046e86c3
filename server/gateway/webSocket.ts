// WebSockets as ServerSockets: the only importer of `ws`.

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import * as ws from 'ws'
import { FRAME_MAX_BYTES, PING_INTERVAL_MS } from '../../shared/limits.ts'
import type { ServerSocket } from './socket.ts'

export class WebSockets {
  // Compression would cost six times the CPU of everything else; 100 MiB is what `ws` would take by itself.
  readonly #server = new ws.WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: FRAME_MAX_BYTES,
    clientTracking: false,
    // Answered and counted below: `ws` stops only those who ping and do not read.
    autoPong: false,
    closeTimeout: CLOSE_TIMEOUT_MS,
  } as ws.ServerOptions) // closeTimeout is newer than the type declarations
  readonly #wheel: Set<WebSocketPipe>[] = Array.from({ length: PING_SLOTS }, () => new Set())
  readonly #timer: NodeJS.Timeout
  #slot = 0

  constructor() {
    this.#timer = setInterval(() => this.#turn(), PING_INTERVAL_MS / PING_SLOTS).unref()
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, accept: (socket: ServerSocket) => void): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      // The slot that was served last is the one with the longest wait ahead.
      const slot = this.#wheel[this.#slot]! // #slot < PING_SLOTS
      const pipe = new WebSocketPipe(webSocket, socket, () => slot.delete(pipe))
      slot.add(pipe)
      accept(pipe)
    })
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#server.close()
  }

  /** One timer for all sockets, a share of them at each turn: 2,000 pings at once would hold up everyone's messages. */
  #turn(): void {
    this.#slot = (this.#slot + 1) % PING_SLOTS
    for (const pipe of this.#wheel[this.#slot]!) pipe.ping() // #slot < PING_SLOTS
  }
}

const PING_SLOTS = 20
/** Pings and pongs of a client between two pings of ours; nobody needs more than one a second. */
const CONTROL_FRAMES_PER_PING = 100
/** How long a peer may take to answer our close before it is cut off. */
const CLOSE_TIMEOUT_MS = 2_000

class WebSocketPipe implements ServerSocket {
  readonly #webSocket: WebSocket
  readonly #socket: Duplex
  /** Frames of this turn, until they leave together. Most often it is one, which then needs no list. */
  #frame: Buffer | null = null
  #more: Buffer[] | null = null
  #heardFrom = true
  #controlFrames = 0

  constructor(webSocket: WebSocket, socket: Duplex, closed: () => void) {
    this.#webSocket = webSocket
    this.#socket = socket
    // `ws` closes the connection by itself after an error (a frame that is too large, bytes that are none).
    webSocket.on('error', ignore)
    webSocket.on('pong', () => this.#count())
    webSocket.on('ping', (payload) => {
      this.#count()
      webSocket.pong(payload)
    })
    webSocket.once('close', closed)
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === ws.WebSocket.OPEN
  }

  get bufferedAmount(): number {
    return this.#socket.writableLength
  }

  /**
   * Past `ws` straight to the network: a broadcast is framed once, and what one turn has for a reader is one write; an
   * author's acknowledgement and the entry itself, say. Safe beside the control frames that `ws` writes, because without
   * compression it writes whole frames at once.
   */
  send(data: string | Uint8Array): void {
    if (!this.isOpen) return
    const frame = framed(data)
    if (this.#frame === null) {
      this.#frame = frame
      writeSoon(this)
    } else if (this.#more === null) this.#more = [frame]
    else this.#more.push(frame)
  }

  write(): void {
    const [frame, more] = [this.#frame, this.#more]
    this.#frame = null
    this.#more = null
    if (frame === null || this.#socket.destroyed) return
    this.#socket.write(more === null ? frame : Buffer.concat([frame, ...more]))
  }

  close(code: number, reason: string): void {
    this.write()
    this.#webSocket.close(code, reason)
  }

  onMessage(listener: (data: string | Uint8Array) => void): void {
    this.#webSocket.on('message', (data, isBinary) => {
      this.#heardFrom = true
      // binaryType is the default, 'nodebuffer': a message is one Buffer.
      const bytes = data as Buffer
      listener(isBinary ? bytes : bytes.toString('utf8'))
    })
  }

  onClose(listener: () => void): void {
    this.#webSocket.once('close', listener)
  }

  /** Control frames never reach the one who counts messages. */
  #count(): void {
    this.#heardFrom = true
    this.#controlFrames += 1
    if (this.#controlFrames > CONTROL_FRAMES_PER_PING) this.#webSocket.terminate()
  }

  /** Not a word since the last ping: the peer is gone. */
  ping(): void {
    this.#controlFrames = 0
    if (!this.#heardFrom) return this.#webSocket.terminate()
    this.#heardFrom = false
    this.#webSocket.ping()
  }
}

/** Pipes with something to write at the end of this turn. */
let writing: WebSocketPipe[] = []

function writeSoon(pipe: WebSocketPipe): void {
  if (writing.push(pipe) === 1) queueMicrotask(writeAll)
}

function writeAll(): void {
  const pipes = writing
  writing = []
  for (const pipe of pipes) pipe.write()
}

function ignore(): void {
  // Intended: see the listener.
}

/** The last message framed. A broadcast hands the same object to one socket after the other. */
let last: { data: string | Uint8Array; frame: Buffer } | null = null

function framed(data: string | Uint8Array): Buffer {
  if (last?.data === data) return last.frame
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  const opcode = typeof data === 'string' ? TEXT : BINARY
  const frame = Buffer.concat(Sender.frame(bytes, { fin: true, rsv1: false, opcode, mask: false, readOnly: true }))
  last = { data, frame }
  return frame
}

const TEXT = 1
const BINARY = 2

/** Exported by `ws`, missing in its type declarations. */
const { Sender } = ws as unknown as {
  Sender: { frame(data: Uint8Array, options: { fin: boolean; rsv1: boolean; opcode: number; mask: boolean; readOnly: boolean }): Buffer[] }
}
