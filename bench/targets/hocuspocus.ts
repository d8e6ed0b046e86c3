/**
 * Speaks the Hocuspocus protocol by hand: document name, message type, payload. A seat does what a
 * provider does on connecting (authenticate, both sync steps); it sends no awareness.
 */
import { resolve } from 'node:path'
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array, type Encoder } from 'lib0/encoding'
import { WebSocketClient } from '../load/webSocketClient.ts'
import { YjsRoom, type YjsAuthor } from '../load/yjsAuthor.ts'
import type { Load, Seat, Target } from './target.ts'

export const hocuspocus: Target = {
  name: 'hocuspocus',
  server: (port, dataFolder) => ({
    script: resolve(import.meta.dirname, '../yardsticks/hocuspocus/server.ts'),
    env: { PORT: String(port), DATABASE: `${dataFolder}/documents.sqlite` },
  }),
  openLoad: async (port) => {
    const rooms = new Map<string, YjsRoom>()
    return {
      join: (...seat) => {
        const [name] = seat
        const known = rooms.get(name)
        const room = known ?? new YjsRoom()
        rooms.set(name, room)
        // The first member of a room reads its updates for all authors of the room.
        return join(port, room, known === undefined, ...seat)
      },
      close: () => rooms.forEach((room) => room.close()),
    }
  },
}

const join = async (
  port: number,
  room: YjsRoom,
  reads: boolean,
  ...[name, member, received]: Parameters<Load['join']>
): Promise<Seat> => {
  const joined = Promise.withResolvers<void>()
  // The name is shorter than 128 bytes: one byte of length, then the name, then the type.
  const typeAt = 1 + Buffer.byteLength(name)
  const author: YjsAuthor = { client: clientId(), clock: 0 }
  const client = await WebSocketClient.open(
    { port, path: '/' },
    {
      text: () => {},
      binary: (payload, socket) => {
        if (payload[typeAt] === AUTH) {
          socket.sendBinary(message(name, SYNC, SYNC_STEP_1, (encoder) => writeVarUint8Array(encoder, EMPTY_STATE_VECTOR)))
        } else if (payload[typeAt] === SYNC && payload[typeAt + 1] === SYNC_UPDATE) {
          received(payload)
          if (reads) room.receive(readVarBytes(payload, typeAt + 2))
        } else if (payload[typeAt] === SYNC && payload[typeAt + 1] === SYNC_STEP_1) {
          socket.sendBinary(message(name, SYNC, SYNC_STEP_2, (encoder) => writeVarUint8Array(encoder, EMPTY_UPDATE)))
        } else if (payload[typeAt] === SYNC && payload[typeAt + 1] === SYNC_STEP_2) joined.resolve()
      },
      closed: () => joined.reject(new Error('Hocuspocus closed the socket')),
    },
  )
  client.sendBinary(message(name, AUTH, AUTH_TOKEN, (encoder) => writeVarString(encoder, member)))
  await joined.promise
  return {
    send: (id, text) => {
      const update = room.push(author, { id, author: member, at: Date.now(), text })
      client.sendBinary(message(name, SYNC, SYNC_UPDATE, (encoder) => writeVarUint8Array(encoder, update)))
    },
    close: () => client.close(),
  }
}

const message = (name: string, type: number, kind: number, body: (encoder: Encoder) => void): Uint8Array => {
  const encoder = createEncoder()
  writeVarString(encoder, name)
  writeVarUint(encoder, type)
  writeVarUint(encoder, kind)
  body(encoder)
  return toUint8Array(encoder)
}

/** A copy: the payload is a view of a shared buffer. */
const readVarBytes = (payload: Buffer, from: number): Uint8Array => {
  let at = from
  while ((payload[at] ?? 0) >= 0x80) at += 1
  return Uint8Array.from(payload.subarray(at + 1))
}

/** 32 random bits, as Yjs gives every document it makes. */
const clientId = (): number => Math.floor(Math.random() * 2 ** 32)

const SYNC = 0
const AUTH = 2
const SYNC_STEP_1 = 0
const SYNC_STEP_2 = 1
const SYNC_UPDATE = 2
const AUTH_TOKEN = 0
const EMPTY_STATE_VECTOR = Uint8Array.of(0)
const EMPTY_UPDATE = Uint8Array.of(0, 0)
