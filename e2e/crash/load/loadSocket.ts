// A client for load: the wire protocol of shared/protocol/messages.ts on a bare WebSocket, and nothing between them
// that could retry, hide or repair.

import { WebSocket } from 'ws'
import type { ClientMessage } from '../../../shared/protocol/messages.ts'
import { ServerMessage } from '../../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts'

export class LoadSocket {
  readonly #socket: WebSocket
  readonly #listeners = new Set<(message: ServerMessage) => void>()
  /** Resolves with the close code. */
  readonly closed: Promise<number>
  readonly welcome: Promise<Extract<ServerMessage, { type: 'welcome' }>>

  constructor(origin: string, token: string) {
    this.#socket = new WebSocket(`${origin.replace('http', 'ws')}/sync`)
    // A request in flight holds a listener of its own.
    this.#socket.setMaxListeners(100)
    this.closed = new Promise((done) => this.#socket.once('close', done))
    this.welcome = this.next((message) => message.type === 'welcome')
    // A refused or cut connection is what these tests make; 'close' follows and is what they look at.
    this.#socket.on('error', () => this.#socket.terminate())
    this.#socket.once('open', () => this.send({ type: 'hello', version: PROTOCOL_VERSION, token }))
    this.#socket.on('message', (data, binary) => {
      if (binary) return
      // Text frames arrive as one Buffer unless the socket is told otherwise.
      const message = ServerMessage.parse(JSON.parse((data as Buffer).toString('utf8')))
      for (const listener of this.#listeners) listener(message)
    })
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }

  send(message: ClientMessage): void {
    if (this.open) this.#socket.send(JSON.stringify(message))
  }

  on(listener: (message: ServerMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The first message that fits. Rejects with ConnectionLost when none came before the end. */
  next<M extends ServerMessage>(fits: (message: ServerMessage) => message is M): Promise<M> {
    const answer = new Promise<M>((resolve, reject) => {
      const lost = (code: number): void => {
        off()
        reject(new ConnectionLost(code))
      }
      const off = this.on((message) => {
        if (!fits(message)) return
        off()
        this.#socket.off('close', lost)
        resolve(message)
      })
      this.#socket.once('close', lost)
    })
    // Whoever awaits it is told; nobody is forced to wait.
    answer.catch(() => {})
    return answer
  }

  close(): void {
    this.#socket.terminate()
  }
}

export class ConnectionLost extends Error {
  readonly code: number

  constructor(code: number) {
    super(`the connection closed with ${code}`)
    this.name = 'ConnectionLost'
    this.code = code
  }
}
