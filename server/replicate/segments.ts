// Full segments for HTTP: bytes that never change under one name, built once and kept while there is room. An erasure makes
// another generation of a segment, which is another name.

import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { generationOf, isFull, logDocumentName, parseLogDocumentName, rangeOf } from '../../shared/conversation/segment.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { SEGMENT_CACHE_BYTES } from '../../shared/limits.ts'
import type { LogStore } from '../../storage/database.ts'
import { encodeEntries } from './logDocument.ts'

export type Segment = { update: Uint8Array; etag: string; generation: number }

type Rows = Pick<LogStore, 'head' | 'read' | 'generation'>

export class Segments {
  readonly #log: Rows
  readonly #cache: LRUCache<string, Segment>

  constructor(log: Rows) {
    this.#log = log
    this.#cache = new LRUCache({
      maxSize: SEGMENT_CACHE_BYTES,
      sizeCalculation: ({ update }) => update.byteLength,
      // Many devices ask for the same segment at once; `fetch` builds it once.
      fetchMethod: (name) => build(log, name),
    })
  }

  /** As it is now; null while the segment is live or beyond the head. */
  async get(conversation: ConversationId, segment: number): Promise<Segment | null> {
    const generation = await this.#log.generation(conversation, segment)
    const found = (await this.#cache.fetch(logDocumentName(conversation, segment, generation))) ?? null
    // Erased between the two questions: under that name nothing is kept.
    if (found === null || found.generation === generation) return found
    this.#cache.delete(logDocumentName(conversation, segment, generation))
    return this.get(conversation, segment)
  }

  /** Nothing of what was erased is to stay in memory. */
  forget(conversation: ConversationId): void {
    for (const name of this.#cache.keys()) if (parseLogDocumentName(name)?.conversation === conversation) this.#cache.delete(name)
  }
}

async function build(log: Rows, name: string): Promise<Segment | undefined> {
  const parsed = parseLogDocumentName(name)
  if (parsed === null || !isFull(parsed.segment, await log.head(parsed.conversation))) return undefined
  const { first, last } = rangeOf(parsed.segment)
  const entries = await log.read(parsed.conversation, first, last)
  const update = encodeEntries(entries)
  return { update, etag: `"${createHash('sha256').update(update).digest('base64url')}"`, generation: generationOf(entries) }
}
