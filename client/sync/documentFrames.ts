// Binary frames of the sync socket: the Hocuspocus protocol, version 4. Each frame is led by the name of its document,
// then says what it is:
//
//   client → server   auth (token '': the session of the socket counts) · step1 (our state vector) · step2 · update · close
//   server → client   authenticated | denied · step2 (what we lack) · step1 (its state vector) · update · status · close

import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'

const KIND = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, syncReply: 4, stateless: 5, close: 7, syncStatus: 8 } as const
const AUTH = { token: 0, denied: 1, authenticated: 2 } as const

export type DocumentFrame = { document: string } & (
  | { type: 'auth' }
  | { type: 'authenticated' }
  | { type: 'denied'; reason: string }
  | { type: 'step1'; stateVector: Uint8Array }
  | { type: 'step2' | 'update'; update: Uint8Array<ArrayBuffer> }
  | { type: 'close'; reason: string }
  | { type: 'status'; applied: boolean }
  /** Awareness and stateless messages: nothing in them is for this engine. */
  | { type: 'other' }
)

export type OutgoingFrame = Exclude<DocumentFrame, { type: 'authenticated' | 'denied' | 'status' | 'other' }>

export function encodeDocumentFrame(frame: OutgoingFrame): Uint8Array<ArrayBuffer> {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, frame.document)
    switch (frame.type) {
      case 'auth':
        encoding.writeVarUint(encoder, KIND.auth)
        encoding.writeVarUint(encoder, AUTH.token)
        encoding.writeVarString(encoder, '')
        break
      case 'step1':
        encoding.writeVarUint(encoder, KIND.sync)
        encoding.writeVarUint(encoder, messageYjsSyncStep1)
        encoding.writeVarUint8Array(encoder, frame.stateVector)
        break
      case 'step2':
      case 'update':
        encoding.writeVarUint(encoder, KIND.sync)
        encoding.writeVarUint(encoder, frame.type === 'step2' ? messageYjsSyncStep2 : messageYjsUpdate)
        encoding.writeVarUint8Array(encoder, frame.update)
        break
      case 'close':
        encoding.writeVarUint(encoder, KIND.close)
        encoding.writeVarString(encoder, frame.reason)
        break
      default:
        frame satisfies never
    }
  })
}

/** Throws on bytes that are no frame. */
export function decodeDocumentFrame(bytes: Uint8Array<ArrayBuffer>): DocumentFrame {
  const decoder = decoding.createDecoder(bytes)
  const document = decoding.readVarString(decoder)
  switch (decoding.readVarUint(decoder)) {
    case KIND.sync:
    case KIND.syncReply:
      return { document, ...decodeSync(decoder) }
    case KIND.auth:
      return { document, ...decodeAuth(decoder) }
    case KIND.close:
      return { document, type: 'close', reason: decoding.readVarString(decoder) }
    case KIND.syncStatus:
      return { document, type: 'status', applied: decoding.readVarUint(decoder) === 1 }
    default:
      return { document, type: 'other' }
  }
}

type Content<Type extends DocumentFrame['type']> = Omit<Extract<DocumentFrame, { type: Type }>, 'document'>

function decodeSync(decoder: decoding.Decoder): Content<'step1'> | Content<'step2' | 'update'> {
  const type = decoding.readVarUint(decoder)
  // Copied: a view would keep the whole frame, and its buffer may be reused.
  const bytes = decoding.readVarUint8Array(decoder).slice()
  if (type === messageYjsSyncStep1) return { type: 'step1', stateVector: bytes }
  if (type === messageYjsSyncStep2) return { type: 'step2', update: bytes }
  if (type === messageYjsUpdate) return { type: 'update', update: bytes }
  throw new Error(`Unknown sync message ${type}`)
}

function decodeAuth(decoder: decoding.Decoder): Content<'auth'> | Content<'authenticated'> | Content<'denied'> {
  const type = decoding.readVarUint(decoder)
  if (type === AUTH.denied) return { type: 'denied', reason: decoding.readVarString(decoder) }
  return { type: type === AUTH.authenticated ? 'authenticated' : 'auth' }
}
