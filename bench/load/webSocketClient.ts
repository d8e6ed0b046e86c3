/**
 * The cheapest WebSocket client that is still a client: thousands of them share one core with the
 * sender, so what they cost is subtracted from what the bench can see. All sockets read into one
 * buffer, nothing is copied unless a frame is split over two reads, and nothing is validated.
 */
import { connect, type Socket } from 'node:net'

export class WebSocketClient {
  readonly #socket: Socket
  readonly #listener: Listener
  #state: 'handshake' | 'open' | 'closed' = 'handshake'
  #rest: Buffer | null = null
  #opened: () => void = () => {}

  static open(address: Address, listener: Listener): Promise<WebSocketClient> {
    return new Promise((resolve, reject) => {
      const client = new WebSocketClient(address, listener)
      client.#opened = () => resolve(client)
      client.#socket.on('error', reject)
      client.#socket.on('close', () => {
        reject(new Error(`socket closed during ${client.#state}`))
        client.#state = 'closed'
        listener.closed()
      })
    })
  }

  private constructor({ port, path, headers = {} }: Address, listener: Listener) {
    this.#listener = listener
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (size) => {
          this.#read(readBuffer.subarray(0, size))
          return true
        },
      },
    })
    const lines = Object.entries({ ...handshakeHeaders, ...headers }).map(([name, value]) => `${name}: ${value}`)
    this.#socket.write([`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
  }

  sendText(text: string): void {
    this.#socket.write(encodeFrame(0x1, Buffer.from(text)))
  }

  sendBinary(bytes: Uint8Array): void {
    this.#socket.write(encodeFrame(0x2, bytes))
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(received: Buffer): void {
    const bytes = this.#rest === null ? received : Buffer.concat([this.#rest, received])
    const start = this.#state === 'handshake' ? this.#readHandshake(bytes) : 0
    const end = this.#readFrames(bytes, start)
    this.#rest = end === bytes.length ? null : Buffer.from(bytes.subarray(end))
  }

  #readHandshake(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n')
    if (end === -1) return 0
    const status = bytes.toString('latin1', 0, bytes.indexOf('\r\n'))
    if (!status.startsWith('HTTP/1.1 101')) {
      this.#socket.destroy(new Error(`no WebSocket here: ${status}`))
      return bytes.length
    }
    this.#state = 'open'
    this.#opened()
    return end + 4
  }

  /** Hands every whole frame to the listener; returns where the unread rest begins. */
  #readFrames(bytes: Buffer, from: number): number {
    let at = from
    while (this.#state === 'open' && at + 2 <= bytes.length) {
      const header = decodeHeader(bytes, at)
      if (header === null || header.end > bytes.length) break
      this.#handle(header.opcode, bytes.subarray(header.start, header.end))
      at = header.end
    }
    return at
  }

  #handle(opcode: number, payload: Buffer): void {
    if (opcode === 0x1) this.#listener.text(payload, this)
    else if (opcode === 0x2) this.#listener.binary(payload, this)
    else if (opcode === 0x9) this.#socket.write(encodeFrame(0xa, payload))
  }
}

/** A masked client frame. The mask is constant but not zero: a server skips unmasking for zero. */
const encodeFrame = (opcode: number, payload: Uint8Array): Buffer => {
  const { length } = payload
  if (length > 0xffff) throw new Error('the bench sends no frames above 64 KiB')
  const start = length < 126 ? 6 : 8
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = 0x80 | opcode
  if (length < 126) frame[1] = 0x80 | length
  else {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  }
  frame.fill(MASK, start - 4, start)
  for (let index = 0; index < length; index += 1) frame[start + index] = (payload[index] ?? 0) ^ MASK
  return frame
}

/** Server frames are unmasked and, from the servers measured here, never fragmented. */
const decodeHeader = (bytes: Buffer, at: number): Header | null => {
  const opcode = (bytes[at] ?? 0) & 0x0f
  const short = (bytes[at + 1] ?? 0) & 0x7f
  if (short < 126) return { opcode, start: at + 2, end: at + 2 + short }
  if (short === 126) {
    if (at + 4 > bytes.length) return null
    return { opcode, start: at + 4, end: at + 4 + bytes.readUInt16BE(at + 2) }
  }
  if (at + 10 > bytes.length) return null
  return { opcode, start: at + 10, end: at + 10 + Number(bytes.readBigUInt64BE(at + 2)) }
}

const MASK = 0x5a
const readBuffer = Buffer.allocUnsafe(256 * 1024)
const handshakeHeaders = {
  Host: '127.0.0.1',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'cGFybGV5LWJlbmNobWFyaw==',
}

/**
 * A payload is a view of the shared read buffer: copy what must outlive the call. The client comes
 * along because the first frame may arrive with the handshake, before `open` has resolved.
 */
export type Listener = {
  text(payload: Buffer, client: WebSocketClient): void
  binary(payload: Buffer, client: WebSocketClient): void
  closed(): void
}

export type Address = { port: number; path: string; headers?: Record<string, string> }

type Header = { opcode: number; start: number; end: number }
