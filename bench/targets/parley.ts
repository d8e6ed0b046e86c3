/**
 * Speaks to our server as the client engine does with a conversation on screen: hello, open, then the tail document over
 * the Hocuspocus protocol, the next segment attached before the tail is full.
 */
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { resolve } from 'node:path'
import { json } from 'node:stream/consumers'
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array, type Encoder } from 'lib0/encoding'
import { SEGMENT_ENTRIES, attachNextAt, logDocumentName } from '../../shared/conversation/segment.ts'
import { ServerMessage } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { z } from 'zod'
import { WebSocketClient } from '../load/webSocketClient.ts'
import { findStamps } from '../load/stamp.ts'
import { Seeded, seedSocket, type SeedRequest } from './parleyServer.ts'
import type { Load, Seat, Target } from './target.ts'

const folders = new Map<number, string>()

export const parley: Target = {
  name: 'ours',
  server: (port, dataFolder) => {
    folders.set(port, dataFolder)
    return {
      script: resolve(import.meta.dirname, 'parleyServer.ts'),
      env: { PORT: String(port), DATA_DIR: dataFolder, LOG_LEVEL: 'warn' },
    }
  },
  openLoad: async (port, plan) => {
    const seeded = await seed(port, { rooms: plan })
    const conversations = new Map(seeded.rooms.map(({ room, id }) => [room, id]))
    const tokens = new Map(seeded.people.map(({ member, token }) => [member, token]))
    return {
      join: (room, member, received) => {
        const [conversation, token] = [conversations.get(room), tokens.get(member)]
        if (conversation === undefined || token === undefined) throw new Error(`${member} in ${room} was not planned`)
        return ParleySeat.join({ port, conversation, token, received })
      },
      close: () => {},
    } satisfies Load
  },
}

/** People and rooms for the server on this port. */
export const seed = async (port: number, plan: SeedRequest): Promise<z.infer<typeof Seeded>> => {
  const folder = folders.get(port)
  if (folder === undefined) throw new Error(`no server was started on port ${port}`)
  const asked = request({ socketPath: seedSocket(folder), method: 'POST', path: '/' })
  asked.end(JSON.stringify(plan))
  // `once` rejects when the request fails.
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return Seeded.parse(await json(response))
}

/** One member in a conversation that was seeded. */
export const takeSeat = (options: SeatOptions): Promise<Seat> => ParleySeat.join(options)

class ParleySeat implements Seat {
  readonly #options: SeatOptions
  #client!: WebSocketClient // set in `join`, before anything else happens
  #ref = 0
  #segment = 0
  /** Entries seen of the current segment. */
  #length = 0
  readonly #attachAt = attachNextAt(Math.random())
  readonly #joined = Promise.withResolvers<void>()

  static async join(options: SeatOptions): Promise<ParleySeat> {
    const seat = new ParleySeat(options)
    seat.#client = await WebSocketClient.open(
      { port: options.port, path: '/sync' },
      {
        text: (payload) => seat.#text(payload),
        binary: (payload) => seat.#binary(payload),
        closed: () => seat.#joined.reject(new Error('our server closed the socket')),
      },
    )
    seat.#say({ type: 'hello', version: PROTOCOL_VERSION, token: options.token })
    await seat.#joined.promise
    return seat
  }

  private constructor(options: SeatOptions) {
    this.#options = options
  }

  send(id: string, body: string): void {
    this.#ref += 1
    const entries = [{ id, at: Date.now(), kind: 'message', body: { text: body } }]
    this.#say({ type: 'append', ref: this.#ref, conversation: this.#options.conversation, entries })
  }

  close(): void {
    this.#client.close()
  }

  #say(message: object): void {
    this.#client.sendText(JSON.stringify(message))
  }

  /** Only what is rare is parsed: an answer to an append is read like a person reads it, by its first words. */
  #text(payload: Buffer): void {
    const head = payload.toString('latin1', 0, 24)
    if (head.startsWith('{"type":"appended"')) return
    const message = ServerMessage.parse(JSON.parse(payload.toString()))
    if (message.type === 'welcome') this.#say({ type: 'open', ref: 0, conversation: this.#options.conversation })
    else if (message.type === 'opened') this.#attach(0)
    // More than it can take: what it refuses for now counts as not delivered.
    else if (message.type === 'refused' && !message.refusal.retry) throw new Error(`our server refused: ${message.refusal.words}`)
  }

  #binary(payload: Buffer): void {
    const nameLength = payload[0]! // the name is shorter than 128 bytes: one byte of length, then the name, then the type
    const [type, step] = [payload[nameLength + 1], payload[nameLength + 2]]
    if (type !== SYNC) return
    if (step === SYNC_STEP_2) this.#joined.resolve()
    if (step === SYNC_STEP_2 && this.#segmentOf(payload, nameLength) === this.#segment) return
    if (step === SYNC_UPDATE || step === SYNC_STEP_2) {
      this.#options.received(payload)
      this.#count(payload)
    }
  }

  #segmentOf(payload: Buffer, nameLength: number): number {
    return Number(payload.toString('latin1', 1 + NAME_PREFIX, 1 + nameLength))
  }

  /** Attaches the next segment in time and leaves the full one. */
  #count(payload: Buffer): void {
    const before = this.#length
    findStamps(payload, () => (this.#length += 1))
    if (before < this.#attachAt && this.#length >= this.#attachAt) this.#attach(this.#segment + 1)
    if (this.#length < SEGMENT_ENTRIES) return
    this.#client.sendBinary(frame(logDocumentName(this.#options.conversation, this.#segment), CLOSE, () => undefined))
    this.#segment += 1
    this.#length -= SEGMENT_ENTRIES
  }

  #attach(segment: number): void {
    const name = logDocumentName(this.#options.conversation, segment)
    this.#client.sendBinary(
      frame(name, AUTH, (encoder) => {
        writeVarUint(encoder, AUTH_TOKEN)
        writeVarString(encoder, '')
      }),
    )
    this.#client.sendBinary(
      frame(name, SYNC, (encoder) => {
        writeVarUint(encoder, SYNC_STEP_1)
        writeVarUint8Array(encoder, EMPTY_STATE_VECTOR)
      }),
    )
  }
}

const frame = (name: string, type: number, body: (encoder: Encoder) => void): Uint8Array => {
  const encoder = createEncoder()
  writeVarString(encoder, name)
  writeVarUint(encoder, type)
  body(encoder)
  return toUint8Array(encoder)
}

/** `log/`, a conversation id and a slash. */
const NAME_PREFIX = 4 + 36 + 1
const SYNC = 0
const AUTH = 2
const CLOSE = 7
const SYNC_STEP_1 = 0
const SYNC_STEP_2 = 1
const SYNC_UPDATE = 2
const AUTH_TOKEN = 0
const EMPTY_STATE_VECTOR = Uint8Array.of(0)

type SeatOptions = { port: number; conversation: ConversationId; token: string; received: (frame: Buffer) => void }
