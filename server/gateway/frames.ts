// Reads the head of a binary frame of the Hocuspocus protocol, so that what must not reach Hocuspocus does not: it would
// close the document and print the reason, or queue without end.
//
//   varString key     the document's name, with session-aware providers `name \0 session`
//   varUint type      one of FRAME; Sync goes on with varUint step, varBytes payload

import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'

/** Frame types a client may send, by their numbers in Hocuspocus 4. */
const FRAME = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, syncReply: 4, stateless: 5, close: 7, syncStatus: 8, pong: 10 } as const

const KEY_MAX_CHARS = 256

export type DocumentFrame = { key: string; name: string } & (
  | { type: 'auth' | 'stateless' | 'close' }
  /** Asks for what is missing from a state vector. */
  | { type: 'ask' }
  /** Brings an update. `isSync`: as the answer to our asking, so it holds everything that is new. */
  | { type: 'write'; update: Uint8Array; isSync: boolean }
  /** Valid, and of no use to us: awareness, pongs. */
  | { type: 'idle' }
)

/** Null: not a frame of this protocol. */
export function readFrame(frame: Uint8Array): DocumentFrame | null {
  // A lone Pong carries no name.
  if (frame.length === 1 && frame[0] === FRAME.pong) return { key: '', name: '', type: 'idle' }
  try {
    const decoder = decoding.createDecoder(frame)
    const key = decoding.readVarString(decoder)
    if (key.length > KEY_MAX_CHARS) return null
    const name = key.split('\0', 1)[0] ?? key
    const rest = readRest(decoder)
    return rest === null ? null : { key, name, ...rest }
  } catch (error) {
    // lib0 and Yjs throw plain errors, of many kinds, on bytes that are none of theirs.
    if (error instanceof Error) return null
    throw error
  }
}

/**
 * A stock provider drops a connection on which it hears nothing for 30 s, and it does not count pings of the WebSocket.
 * This one, a type without a document, it answers with a Pong.
 */
export const PING_FRAME: Uint8Array = Uint8Array.of(9)

/** `SyncStatus: not saved`, what a read-only document answers to a write. */
export function notSaved(key: string): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, key)
  encoding.writeVarUint(encoder, FRAME.syncStatus)
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

/** `PermissionDenied`, with the reason in words. */
export function denied(key: string, reason: string): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, key)
  encoding.writeVarUint(encoder, FRAME.auth)
  encoding.writeVarUint(encoder, PERMISSION_DENIED)
  encoding.writeVarString(encoder, reason)
  return encoding.toUint8Array(encoder)
}

const PERMISSION_DENIED = 1

type Rest = DocumentFrame extends infer F ? (F extends { key: string; name: string } ? Omit<F, 'key' | 'name'> : never) : never

function readRest(decoder: decoding.Decoder): Rest | null {
  switch (decoding.readVarUint(decoder)) {
    case FRAME.sync:
    case FRAME.syncReply:
      return readSync(decoder)
    case FRAME.auth:
      // Sub-type and token must be there, or Hocuspocus closes the socket and prints.
      decoding.readVarUint(decoder)
      decoding.readVarString(decoder)
      return { type: 'auth' }
    case FRAME.stateless:
      decoding.readVarString(decoder)
      return { type: 'stateless' }
    case FRAME.close:
      return { type: 'close' }
    case FRAME.awareness:
    case FRAME.queryAwareness:
    case FRAME.syncStatus:
    case FRAME.pong:
      return { type: 'idle' }
    default:
      return null
  }
}

function readSync(decoder: decoding.Decoder): Rest | null {
  const step = decoding.readVarUint(decoder)
  const payload = decoding.readVarUint8Array(decoder)
  switch (step) {
    case messageYjsSyncStep1:
      Y.decodeStateVector(payload)
      return { type: 'ask' }
    case messageYjsSyncStep2:
    case messageYjsUpdate:
      return { type: 'write', update: payload, isSync: step === messageYjsSyncStep2 }
    default:
      return null
  }
}
