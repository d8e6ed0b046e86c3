// One segment of a log as the Yjs document that the server replicates. The log has one writer and its clock is the index
// in the segment, so a document is rebuilt from the entries a device holds: same entries, same state vector.

import * as Y from 'yjs'
import { Entry } from '../../shared/conversation/entry.ts'
import { LOG_CLIENT_ID, LOG_ROOT, rangeOf } from '../../shared/conversation/segment.ts'

export class LogDocument {
  readonly segment: number
  readonly #doc: Y.Doc
  readonly #log: Y.Array<unknown>

  /** `held`: entries of this segment from its first on, without a hole. */
  constructor(segment: number, held: readonly Entry[]) {
    this.segment = segment
    this.#doc = new Y.Doc({ gc: false, guid: '' })
    this.#log = this.#doc.getArray(LOG_ROOT)
    this.#doc.clientID = LOG_CLIENT_ID
    if (held.length > 0) this.#log.push([...held])
    // From here on it only reads; a document whose own id comes from outside would take another one, and complain.
    this.#doc.clientID = READER_CLIENT_ID
  }

  get length(): number {
    return this.#log.length
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc)
  }

  /** The entries that are new. Throws BrokenLogError when the update does not continue what is held. */
  apply(update: Uint8Array): Entry[] {
    const before = this.#log.length
    Y.applyUpdate(this.#doc, update)
    if (this.#doc.store.pendingStructs !== null) throw new BrokenLogError('The update left a gap.')
    const { first } = rangeOf(this.segment)
    return this.#log.slice(before).map((value, index) => {
      const entry = Entry.safeParse(value)
      if (!entry.success) throw new BrokenLogError('The log holds something that is no entry.')
      if (entry.data.seq !== first + before + index) throw new BrokenLogError(`Entry ${entry.data.seq} stands at ${first + before + index}.`)
      return entry.data
    })
  }

  encode(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Y.encodeStateAsUpdate(this.#doc))
  }

  destroy(): void {
    this.#doc.destroy()
  }
}

/** Never writes, so any that is not the log's. */
const READER_CLIENT_ID = 0

/** What this device holds and what the server sends do not fit: drop the document and load it anew. */
export class BrokenLogError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BrokenLogError'
  }
}

/** The entries of a segment that came as bytes, from the server or the store. Throws BrokenLogError. */
export function decodeSegment(segment: number, update: Uint8Array): Entry[] {
  const document = new LogDocument(segment, [])
  try {
    return document.apply(update)
  } finally {
    document.destroy()
  }
}
