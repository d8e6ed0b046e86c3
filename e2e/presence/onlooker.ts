// One device in a crowd, as little client as can be, so that thousands fit beside the server. It counts what it is told.

import { WebSocket } from 'ws'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { ClientMessage, ServerMessage } from '../../shared/protocol/messages.ts'
import { ServerMessage as ServerMessageSchema } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'

export class Onlooker {
  readonly user: UserId
  /** By type of message, since the last `forget`. */
  #heard = new Map<string, Heard>()
  readonly #url: string
  readonly #token: string
  #socket: WebSocket | null = null
  #wake: (() => void)[] = []
  /** Who is online, as far as this device was told. */
  readonly online = new Map<UserId, boolean>()
  /** Who types, as its screen would show it. */
  readonly typing = new Set<UserId>()
  /** The most that typed at once. */
  mostTyping = 0
  head = 0
  /** How many there are in the conversation it was told of last. */
  members = 0

  constructor(url: string, { user, token }: { user: UserId; token: string }) {
    this.#url = url
    this.user = user
    this.#token = token
  }

  /** Resolves when it is welcome. */
  async connect(): Promise<void> {
    const socket = new WebSocket(this.#url, { perMessageDeflate: false })
    this.#socket = socket
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => this.say({ type: 'hello', version: PROTOCOL_VERSION, token: this.#token }))
      socket.once('error', reject)
      socket.once('close', (code, reason) => reject(new Error(`closed: ${code} ${reason.toString()}`)))
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) return
        const message = ServerMessageSchema.parse(JSON.parse(data.toString()))
        if (message.type === 'welcome') resolve()
        this.#hear(message, data.length)
      })
    })
  }

  async leave(): Promise<void> {
    const socket = this.#socket
    if (socket === null) return
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.close()
    await closed
    this.#socket = null
  }

  cut(): void {
    this.#socket?.terminate()
  }

  say(message: ClientMessage): void {
    if (this.#socket === null) throw new Error('It is not connected.')
    this.#socket.send(JSON.stringify(message))
  }

  async open(conversation: ConversationId): Promise<void> {
    this.say({ type: 'open', ref: 1, conversation })
    await this.until(() => this.heard('opened').frames > 0)
  }

  /** Everything said before was served, and everything told before was heard. */
  async roundTrip(): Promise<void> {
    const before = this.heard('pong').frames
    this.say({ type: 'ping' })
    await this.until(() => this.heard('pong').frames > before)
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#socket?.readyState !== WebSocket.OPEN) throw new Error('The connection ended while something was expected of it.')
      await new Promise<void>((resolve) => this.#wake.push(resolve))
    }
  }

  heard(type: ServerMessage['type']): Heard {
    return this.#heard.get(type) ?? { frames: 0, items: 0, bytes: 0 }
  }

  get heardTypes(): string[] {
    return [...this.#heard.keys()]
  }

  forget(): void {
    this.#heard = new Map()
    this.mostTyping = 0
  }

  #hear(message: ServerMessage, bytes: number): void {
    const before = this.heard(message.type)
    const items = message.type === 'presence' || message.type === 'activity' ? message.items.length : 1
    this.#heard.set(message.type, { frames: before.frames + 1, items: before.items + items, bytes: before.bytes + bytes })
    if (message.type === 'presence') for (const { user, online } of message.items) this.online.set(user, online)
    if (message.type === 'activity') for (const { head } of message.items) this.head = Math.max(this.head, head)
    if (message.type === 'inbox') for (const { members } of message.rows) this.members = members
    if (message.type === 'conversation') this.members = message.conversation.memberCount
    if (message.type === 'typing') {
      if (message.on) this.typing.add(message.user)
      else this.typing.delete(message.user)
      this.mostTyping = Math.max(this.mostTyping, this.typing.size)
    }
    for (const wake of this.#wake.splice(0)) wake()
  }
}

export type Heard = { frames: number; items: number; bytes: number }
