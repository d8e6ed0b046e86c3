/**
 * Speaks Socket.IO's wire format by hand: an Engine.IO digit (4 message, 2 ping, 3 pong), a Socket.IO
 * digit (0 connect, 2 event, 3 acknowledgement), JSON.
 */
import { resolve } from 'node:path'
import { WebSocketClient } from '../load/webSocketClient.ts'
import type { Load, Seat, Target } from './target.ts'

export const socketio: Target = {
  name: 'socketio',
  server: (port, dataFolder) => ({
    script: resolve(import.meta.dirname, '../yardsticks/socketio/server.ts'),
    env: { PORT: String(port), DATABASE: `${dataFolder}/messages.sqlite` },
  }),
  openLoad: async (port) => ({ join: (...seat) => join(port, ...seat), close: () => {} }),
}

const join = async (port: number, ...[room, member, received]: Parameters<Load['join']>): Promise<Seat> => {
  const joined = Promise.withResolvers<void>()
  const client = await WebSocketClient.open(
    { port, path: '/socket.io/?EIO=4&transport=websocket' },
    {
      text: (payload, socket) => {
        if (isEntry(payload)) received(payload)
        else if (startsWith(payload, '2')) socket.sendText('3')
        else if (startsWith(payload, '0')) socket.sendText(`40${JSON.stringify({ member })}`)
        else if (startsWith(payload, '40')) socket.sendText(`420${JSON.stringify(['join', room])}`)
        else if (startsWith(payload, '430')) joined.resolve()
      },
      binary: () => {},
      closed: () => joined.reject(new Error('Socket.IO closed the socket')),
    },
  )
  await joined.promise
  let acknowledgement = 0
  return {
    send: (id, text) => {
      acknowledgement += 1
      client.sendText(`42${acknowledgement}${JSON.stringify(['entry', room, { id, author: member, at: Date.now(), text }])}`)
    },
    close: () => client.close(),
  }
}

/** An event without an acknowledgement number; the yardstick emits no other than entries. */
const isEntry = (payload: Buffer): boolean => payload[0] === 0x34 && payload[1] === 0x32 && payload[2] === 0x5b

const startsWith = (payload: Buffer, prefix: string): boolean => payload.toString('latin1', 0, prefix.length) === prefix
