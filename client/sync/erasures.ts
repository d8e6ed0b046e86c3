// What was erased must go from this device too, whether or not anybody looks at it: live it comes with the log, and what was
// erased while the device was away it asks for. Of a message, or a reply, and its edits stubs are left, in rows and in whole segments, so
// that what is held here is the same generation as on the server.

import type { Entry } from '../../shared/conversation/entry.ts'
import { isStub, stubOf } from '../../shared/conversation/entry.ts'
import { rangeOf, segmentOf } from '../../shared/conversation/segment.ts'
import type { ConversationId, Seq } from '../../shared/ids.ts'
import { isErasedBy } from './annotations.ts'
import type { Api } from './api.ts'
import { LogDocument, decodeSegment } from './logDocument.ts'
import { Annotation, Entry as StoredEntry, ErasuresKnown, entryKey, segmentKey } from './records.ts'
import type { ReplicaStore, StoreWrite } from './replicaStore.ts'
import { prefixed } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'

export class Erasures {
  readonly #deps: ErasuresDeps
  #known: ErasuresKnown | null = null
  #asking: Promise<boolean> | null = null

  constructor(deps: ErasuresDeps) {
    this.#deps = deps
  }

  async load(): Promise<void> {
    const stored = ErasuresKnown.safeParse(await this.#deps.store.get('profile', 'erasures'))
    if (stored.success) this.#known = stored.data
  }

  /** Asks for what was erased since, and erases it here. False: no answer, ask again. `since`: what a new device begins with. */
  catchUp(since: number): Promise<boolean> {
    this.#asking ??= this.#catchUp(since).finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  clear(): void {
    this.#known = null
  }

  /** From what the device keeps; memory is the log's. */
  async erase(conversation: ConversationId, targets: readonly Seq[]): Promise<void> {
    if (targets.length === 0) return
    const kept = await this.#annotations(conversation)
    for (const target of targets) await this.#deps.writer.write(await this.#writesFor(conversation, target, kept))
  }

  /** Those kept beside the segment of their message, or of the root of their thread: all, since nothing says which thread a reply stands in. */
  async #annotations(conversation: ConversationId): Promise<KeptAnnotation[]> {
    const { from, to } = prefixed(`${conversation}/`)
    const rows = await this.#deps.store.range('annotations', from, to)
    return rows.flatMap(({ key, value }) => {
      const annotation = Annotation.safeParse(value)
      return annotation.success ? [{ key, annotation: annotation.data }] : []
    })
  }

  async #catchUp(since: number): Promise<boolean> {
    const { api, erased } = this.#deps
    if (this.#known === null) return this.#keep({ touched: since })
    for (;;) {
      const answer = await api.erasures(this.#known)
      if (!answer.ok) return false
      const { erasures, more } = answer.value
      for (const [conversation, those] of Map.groupBy(erasures, (erasure) => erasure.conversation)) {
        await erased(conversation, those.map(({ target }) => target))
      }
      const last = erasures.at(-1)
      if (last !== undefined) await this.#keep(last)
      if (!more || last === undefined) return true
    }
  }

  async #keep(known: ErasuresKnown): Promise<true> {
    this.#known = known
    await this.#deps.writer.write([{ type: 'put', table: 'profile', key: 'erasures', value: known }])
    return true
  }

  async #writesFor(conversation: ConversationId, target: Seq, kept: readonly KeptAnnotation[]): Promise<StoreWrite[]> {
    const home = segmentOf(target)
    // Edits in other segments than their message are kept beside it, so they are known wherever they stand.
    const concerned = kept.filter(({ annotation }) => isErasedBy(annotation, target))
    const beside = concerned.map(({ key, annotation }): StoreWrite =>
      annotation.kind === 'reply' ? { type: 'put', table: 'annotations', key, value: stubOf(annotation) } : { type: 'delete', table: 'annotations', key })
    const segments = new Set([home, ...concerned.map(({ annotation }) => segmentOf(annotation.seq))])
    const rewritten = await Promise.all([...segments].map((segment) => this.#segmentWrites(conversation, segment, target)))
    return [...beside, ...rewritten.flat()]
  }

  async #segmentWrites(conversation: ConversationId, segment: number, target: Seq): Promise<StoreWrite[]> {
    const { store } = this.#deps
    const { first, last } = rangeOf(segment)
    const rows = await store.range('entries', entryKey(conversation, first), entryKey(conversation, last + 1))
    const writes = rows.flatMap(({ key, value }): StoreWrite[] => {
      const entry = StoredEntry.parse(value)
      return isStub(entry) || !isErasedBy(entry, target) ? [] : [{ type: 'put', table: 'entries', key, value: stubOf(entry) }]
    })
    const bytes = await store.get('segments', segmentKey(conversation, segment))
    if (!(bytes instanceof Uint8Array)) return writes
    const entries = decodeSegment(segment, bytes)
    const left = entries.map((entry) => (isErasedBy(entry, target) ? stubOf(entry) : entry))
    return [...writes, { type: 'put', table: 'segments', key: segmentKey(conversation, segment), value: encodeSegment(segment, left) }]
  }
}

type KeptAnnotation = { key: string; annotation: Annotation }

/** The bytes that the server would give for these entries. */
export function encodeSegment(segment: number, entries: readonly Entry[]): Uint8Array {
  const document = new LogDocument(segment, entries)
  try {
    return document.encode()
  } finally {
    document.destroy()
  }
}

type ErasuresDeps = {
  api: Pick<Api, 'erasures'>
  store: ReplicaStore
  writer: StoreWriter
  /** From memory and the store, here and in other tabs. */
  erased: (conversation: ConversationId, targets: readonly Seq[]) => Promise<void>
}
