// One device for the time of one connection, as little client as can be, so that thousands fit beside the server:
//
//   hello ─▶ welcome ─▶ open ─▶ opened ─▶ the tail as a document, from what it holds ─▶ synced ─▶ append ─▶ appended

import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { v7 as uuidv7 } from 'uuid'
import { WebSocket } from 'ws'
import { PING_FRAME } from '../../server/gateway/frames.ts'
import { logDocumentName } from '../../shared/conversation/segment.ts'
import { ServerMessage } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { Somebody } from './crowd.ts'

export type Visit = {
  /** Head of the conversation when it was opened. */
  head: number
  /** Number of the entry it wrote. */
  seq: number
  /** What the document brought that was not held. */
  update: Uint8Array
  socket: WebSocket
}

/** Rejects when the server closes the connection, or refuses anything. `holds`: entries on the device already. */
export function visit(url: string, { token, room }: Somebody, holds: number): Promise<Visit> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    const name = logDocumentName(room, 0)
    const found: Partial<Visit> = {}
    const say = (message: unknown) => socket.send(JSON.stringify(message))

    socket.on('open', () => say({ type: 'hello', version: PROTOCOL_VERSION, token }))
    socket.on('error', reject)
    socket.on('close', (code, reason) => reject(new Error(`closed: ${code} ${reason.toString()}`)))
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        const update = updateOf(data)
        if (update === null || found.update !== undefined) return
        found.update = update
        say({ type: 'append', ref: 2, conversation: room, entries: [{ id: uuidv7(), at: Date.now(), kind: 'message', body: { text: 'I am back' } }] })
        return
      }
      const message = ServerMessage.parse(JSON.parse(data.toString()))
      if (message.type === 'welcome') say({ type: 'open', ref: 1, conversation: room })
      else if (message.type === 'opened') {
        found.head = message.paint.conversation.head
        for (const frame of [authFrame(name), askFrame(name, holds)]) socket.send(frame)
      } else if (message.type === 'refused') reject(new Error(message.refusal.words))
      else if (message.type === 'appended') {
        const [result] = message.results
        if (result === undefined || !('seq' in result) || found.update === undefined || found.head === undefined) return reject(new Error('not appended'))
        resolve({ head: found.head, update: found.update, seq: result.seq, socket })
      }
    })
  })
}

const [SYNC, AUTH, SYNC_REPLY] = [0, 2, 4]
const STEP_2 = 1

function authFrame(name: string): Uint8Array {
  const to = encoding.createEncoder()
  encoding.writeVarString(to, name)
  encoding.writeVarUint(to, AUTH)
  encoding.writeVarUint(to, 0)
  encoding.writeVarString(to, '')
  return encoding.toUint8Array(to)
}

/** With the state vector of a device that holds so many entries. */
function askFrame(name: string, holds: number): Uint8Array {
  const to = encoding.createEncoder()
  encoding.writeVarString(to, name)
  encoding.writeVarUint(to, SYNC)
  encoding.writeVarUint(to, 0)
  encoding.writeVarUint8Array(to, encodeVector(holds))
  return encoding.toUint8Array(to)
}

function encodeVector(holds: number): Uint8Array {
  const to = encoding.createEncoder()
  for (const part of holds === 0 ? [0] : [1, 1, holds]) encoding.writeVarUint(to, part)
  return encoding.toUint8Array(to)
}

/** Of an answer to our asking; null for everything else. */
function updateOf(frame: Buffer): Uint8Array | null {
  // To who has not said hello yet, on a busy machine.
  if (PING_FRAME.length === frame.length) return null
  const from = decoding.createDecoder(frame)
  decoding.readVarString(from)
  const type = decoding.readVarUint(from)
  if ((type !== SYNC && type !== SYNC_REPLY) || decoding.readVarUint(from) !== STEP_2) return null
  return Uint8Array.from(decoding.readVarUint8Array(from))
}
