// The network of one device: real sockets that can be cut, and counted bytes.

import type { SocketConstructor } from '../../client/sync/environment.ts'

export class Network {
  readonly WebSocket: SocketConstructor
  readonly fetch: (request: Request) => Promise<Response>
  /** Since the last `count`. */
  received = 0
  requests: string[] = []
  /** Called with each text frame on its way out; true swallows the socket instead of sending. */
  cutBefore: ((frame: string) => boolean) | null = null
  /** Asked about each request on its way out; true loses it. */
  loseRequest: ((request: Request) => boolean) | null = null
  /** Asked about each request that was answered; true loses the answer on its way back. */
  loseAnswer: ((request: Request) => boolean) | null = null
  #up = true
  readonly #sockets = new Set<WebSocket>()
  readonly #listeners = new Set<(online: boolean) => void>()

  constructor() {
    // The constructor of a class made here is the only way to see its sockets.
    // oxlint-disable-next-line typescript/no-this-alias, unicorn/no-this-assignment
    const network = this
    this.WebSocket = class extends WebSocket {
      constructor(url: string) {
        super(network.#up ? url : 'ws://127.0.0.1:1/')
        network.#sockets.add(this)
        this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          network.received += data instanceof ArrayBuffer ? data.byteLength : String(data).length
        })
      }

      override send(data: string | Uint8Array<ArrayBuffer>): void {
        if (typeof data === 'string' && network.cutBefore?.(data) === true) return network.#drop()
        super.send(data)
      }
    }
    this.fetch = async (request) => {
      if (!this.#up || this.loseRequest?.(request) === true) throw new TypeError('fetch failed')
      this.requests.push(`${request.method} ${new URL(request.url).pathname}`)
      const response = await fetch(request)
      const body = await response.clone().arrayBuffer()
      this.received += body.byteLength
      if (!this.#up || this.loseAnswer?.(request) === true) throw new TypeError('fetch failed')
      return response
    }
  }

  cut(): void {
    this.#up = false
    this.#drop()
  }

  /** As the system says it: only that it is back, since a cut is noticed by what fails. */
  readonly onBack = (listener: (online: boolean) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  restore(): void {
    this.#up = true
    for (const listener of this.#listeners) listener(true)
  }

  count(): number {
    const counted = this.received
    this.received = 0
    this.requests = []
    return counted
  }

  #drop(): void {
    for (const socket of this.#sockets) socket.close()
    this.#sockets.clear()
  }
}
