// Documents attached over the socket. A document is authenticated, synced from our state vector, and then gets updates.
// After the connection was lost each attached document resumes the same way, so nothing is downloaded twice.
//
// A name that was closed may be wanted again before the server confirmed the close; opening it in between would leave
// a document that answers but hears nothing, so it waits for the confirmation.
//
//   idle ──attach──▶ open ──detach──▶ closing ──close from the server──▶ idle
//                     └──── denied, or closed by the server ────▶ idle, and the peer is told

import type { Connection } from './connection.ts'
import type { DocumentFrame, OutgoingFrame } from './documentFrames.ts'
import { decodeDocumentFrame, encodeDocumentFrame } from './documentFrames.ts'

export class Documents {
  readonly #connection: Pick<Connection, 'isUp' | 'sendFrame'>
  readonly #slots = new Map<string, Slot>()

  constructor(connection: Pick<Connection, 'isUp' | 'sendFrame'>) {
    this.#connection = connection
  }

  attach(document: string, peer: DocumentPeer): Attachment {
    const slot = this.#slots.get(document) ?? { state: 'idle', peer: null }
    slot.peer = peer
    this.#slots.set(document, slot)
    if (slot.state === 'idle') this.#open(document, slot)
    return {
      send: (update, type) => {
        const open = slot.peer === peer && slot.state === 'open'
        if (open) this.#send({ document, type, update })
        return open
      },
      detach: () => {
        if (slot.peer === peer) this.#leave(document, slot)
      },
    }
  }

  up(): void {
    for (const [document, slot] of this.#slots) this.#open(document, slot)
  }

  down(): void {
    for (const [document, slot] of this.#slots) {
      slot.state = 'idle'
      if (slot.peer === null) this.#slots.delete(document)
    }
  }

  /** Throws on bytes that are no frame. */
  receive(bytes: Uint8Array<ArrayBuffer>): void {
    const frame = decodeDocumentFrame(bytes)
    const slot = this.#slots.get(frame.document)
    if (slot !== undefined) this.#handle(slot, frame)
  }

  #send(frame: OutgoingFrame): void {
    this.#connection.sendFrame(encodeDocumentFrame(frame))
  }

  #open(document: string, slot: Slot): void {
    if (!this.#connection.isUp() || slot.peer === null) return
    slot.state = 'open'
    this.#send({ document, type: 'auth' })
    this.#send({ document, type: 'step1', stateVector: slot.peer.stateVector() })
  }

  #leave(document: string, slot: Slot): void {
    slot.peer = null
    if (slot.state === 'idle') this.#slots.delete(document)
    if (slot.state !== 'open') return
    slot.state = 'closing'
    this.#send({ document, type: 'close', reason: 'closed' })
  }

  #handle(slot: Slot, frame: DocumentFrame): void {
    if (frame.type === 'denied' || frame.type === 'close') return this.#ended(frame.document, slot, frame.reason)
    const { peer } = slot
    if (slot.state !== 'open' || peer === null) return
    switch (frame.type) {
      case 'step1': {
        const update = peer.answer?.(frame.stateVector)
        if (update !== undefined) this.#send({ document: frame.document, type: 'step2', update })
        return
      }
      case 'step2':
      case 'update':
        return peer.update(frame.update, frame.type)
      case 'status':
        return peer.status?.(frame.applied)
      case 'auth':
        return this.#send({ document: frame.document, type: 'auth' })
      case 'authenticated':
      case 'other':
        return
      default:
        frame satisfies never
    }
  }

  #ended(document: string, slot: Slot, reason: string): void {
    const { state, peer } = slot
    slot.state = 'idle'
    if (state === 'closing' && peer !== null) return this.#open(document, slot)
    this.#slots.delete(document)
    if (state === 'open') peer?.ended(reason)
  }
}

export type DocumentPeer = {
  stateVector(): Uint8Array
  /** `step2` holds everything that we lacked when we asked; `update` is what came since. */
  update(update: Uint8Array<ArrayBuffer>, type: 'step2' | 'update'): void
  /** What the server lacks; left out by documents that only the server writes. */
  answer?(stateVector: Uint8Array): Uint8Array<ArrayBuffer>
  /** Answer to each of our updates, in order. */
  status?(applied: boolean): void
  /** The server will not, or no longer, serve it. The attachment is gone. */
  ended(reason: string): void
}

/** `send` answers whether it was sent: before the document is open, the exchange of state vectors will carry it. */
export type Attachment = { send(update: Uint8Array<ArrayBuffer>, type: 'step2' | 'update'): boolean; detach(): void }

type Slot = { state: 'idle' | 'open' | 'closing'; peer: DocumentPeer | null }
