// Personal documents: the only Yjs that clients write. An update is durable before Hocuspocus applies and acknowledges it;
// the log of updates is compacted into a snapshot now and then; a document that collected too many client ids moves on to
// a new generation.
//
// Compaction races with updates under way. Each update is numbered when it becomes durable and applied a moment later, so
// a snapshot may only claim what was applied: everything below the first update still under way.
//
//   begin ─▶ appendUpdate (number n) ─▶ applied by Hocuspocus ─▶ end

import * as Y from 'yjs'
import type { UserId } from '../../shared/ids.ts'
import { PERSONAL_DOCUMENT_MAX_BYTES, PERSONAL_MAX_CLIENT_IDS, PERSONAL_UPDATE_MAX_BYTES } from '../../shared/limits.ts'
import { PERSONAL_ROOTS, isDraftRoot } from '../../shared/personal/document.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import { RefusedError, refusal } from '../../shared/protocol/refusal.ts'
import type { PersonalStore } from '../../storage/database.ts'
import { StorageFullError } from '../../storage/database.ts'

export class PersonalDocuments {
  readonly #store: PersonalStore
  readonly #open = new WeakMap<Y.Doc, OpenDocument>()
  readonly #appending = new Set<Promise<number>>()
  #stopped = false

  constructor(store: PersonalStore) {
    this.#store = store
  }

  generation(user: UserId): Promise<number> {
    return this.#store.generation(user)
  }

  /** Everything stored, as one update; null for a document that was never written. */
  async load(doc: Y.Doc, user: UserId, generation: number): Promise<Uint8Array | null> {
    const { snapshot, updates } = await this.#store.load(user, generation)
    const parts = [...(snapshot === null ? [] : [snapshot]), ...updates.map(({ update }) => update)]
    const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0)
    this.#open.set(doc, { user, generation, bytes, applied: updates.at(-1)?.number ?? 0, highest: updates.at(-1)?.number ?? 0, underWay: new Set(), closed: false })
    return parts.length === 0 ? null : Y.mergeUpdates(parts)
  }

  /** Makes an update durable. Rejects with RefusedError: then it must not be applied. */
  async begin(doc: Y.Doc, update: Uint8Array): Promise<UnderWay> {
    const open = this.#opened(doc)
    if (this.#stopped) throw new RefusedError('draining', 'The server restarts.')
    if (open.closed) throw new RefusedError('unavailable', 'This document has moved on to a new generation.')
    if (open.bytes + update.byteLength > PERSONAL_DOCUMENT_MAX_BYTES) {
      // The sum counts what has been overwritten since; the true size is dearer to ask.
      open.bytes = Y.encodeStateAsUpdate(doc).byteLength
      if (open.bytes + update.byteLength > PERSONAL_DOCUMENT_MAX_BYTES) throw refusedBecause('personal-full')
    }
    const underWay: UnderWay = { after: open.highest, number: null }
    open.underWay.add(underWay)
    try {
      const appending = this.#store.appendUpdate(open.user, open.generation, update)
      this.#appending.add(appending)
      underWay.number = await appending.finally(() => this.#appending.delete(appending))
    } catch (error) {
      open.underWay.delete(underWay)
      if (error instanceof StorageFullError) throw new RefusedError('storage-full', 'The server has no room left. The change stays on this device.', 10_000)
      throw error
    }
    open.highest = Math.max(open.highest, underWay.number)
    open.bytes += update.byteLength
    return underWay
  }

  /** The update has been applied, or given up. */
  end(doc: Y.Doc, underWay: UnderWay): void {
    const open = this.#opened(doc)
    open.underWay.delete(underWay)
    open.applied = Math.max(open.applied, underWay.number ?? 0)
  }

  /** `state` is the document as encoded just now. */
  async compact(doc: Y.Doc, state: Uint8Array): Promise<void> {
    const open = this.#opened(doc)
    open.bytes = state.byteLength
    const upTo = Math.min(open.applied, ...[...open.underWay].map(({ after }) => after))
    if (!open.closed && !this.#stopped) await this.#store.compact(open.user, open.generation, state, upTo)
  }

  /**
   * Moves a document with too many client ids on to the next generation. Null when there is no need, or when updates are
   * under way: they belong into the snapshot, so it waits for the next time.
   */
  async advance(doc: Y.Doc): Promise<{ user: UserId; generation: number } | null> {
    const open = this.#opened(doc)
    if (this.#stopped || open.closed || open.underWay.size > 0 || doc.store.clients.size <= PERSONAL_MAX_CLIENT_IDS) return null
    open.closed = true
    try {
      await this.#store.advance(open.user, open.generation, rewritten(doc))
    } catch (error) {
      open.closed = false
      throw error
    }
    return { user: open.user, generation: await this.#store.generation(open.user) }
  }

  /** From here on nothing is written; what is on its way to the disk arrives. */
  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.allSettled(this.#appending)
  }

  #opened(doc: Y.Doc): OpenDocument {
    const open = this.#open.get(doc)
    if (open === undefined) throw new Error('This is no personal document, or it was never loaded.')
    return open
  }
}

export type UnderWay = {
  /** The highest number known when it began: its own is greater. */
  readonly after: number
  number: number | null
}

/** Null: worth storing. `isSync`: everything a device wrote while offline comes as one. */
export function refuseUpdate(update: Uint8Array, isSync: boolean): Refusal | null {
  if (!isSync && update.byteLength > PERSONAL_UPDATE_MAX_BYTES) return refusedBecause('change-too-large').refusal
  try {
    return Y.decodeUpdate(update).structs.every(isPlain) ? null : refusal('malformed', 'This document holds plain values and text only.')
  } catch (error) {
    // lib0 and Yjs throw plain errors, of many kinds, on bytes that are none of theirs.
    if (error instanceof Error) return refusal('malformed', 'Not a Yjs update.')
    throw error
  }
}

/**
 * Types within types, and values nested deeper than anybody nests them, are read without harm and then overflow the stack
 * of whoever writes or copies them: the document could never be opened again.
 */
function isPlain(struct: ReturnType<typeof Y.decodeUpdate>['structs'][number]): boolean {
  if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted) return true
  // Drafts are made of text; its first letter says where it belongs.
  const parent: unknown = struct.parent
  if (struct.content instanceof Y.ContentString) return typeof parent !== 'string' || isDraftRoot(parent)
  return struct.content instanceof Y.ContentAny && struct.content.arr.every((value) => isShallow(value, VALUE_MAX_LEVELS))
}

const VALUE_MAX_LEVELS = 16

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1))
}

/** Does the document hold all of it already? A device that reconnects sends its deletions again each time, if not more. */
export function isKnown(doc: Y.Doc, update: Uint8Array): boolean {
  return Y.snapshotContainsUpdate(Y.snapshot(doc), update)
}

/** The same content written by one client id. */
function rewritten(doc: Y.Doc): Uint8Array {
  const next = new Y.Doc()
  next.transact(() => {
    for (const root of Object.values(PERSONAL_ROOTS)) {
      for (const [key, value] of doc.getMap(root)) {
        next.getMap(root).set(key, value instanceof Y.AbstractType ? value.clone() : value)
      }
    }
    for (const name of doc.share.keys()) {
      const text = isDraftRoot(name) ? doc.getText(name).toJSON() : ''
      if (text !== '') next.getText(name).insert(0, text)
    }
  })
  const state = Y.encodeStateAsUpdate(next)
  next.destroy()
  return state
}

type OpenDocument = {
  readonly user: UserId
  readonly generation: number
  /** An upper bound of the size. */
  bytes: number
  /** Highest number that is in the document. */
  applied: number
  /** Highest number that is durable. */
  highest: number
  readonly underWay: Set<UnderWay>
  /** A new generation has taken its place. */
  closed: boolean
}
