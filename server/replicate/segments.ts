// Full segments for HTTP: bytes that never change, built once and kept while there is room.

import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { isFull, logDocumentName, parseLogDocumentName, rangeOf } from '../../shared/conversation/segment.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { SEGMENT_CACHE_BYTES } from '../../shared/limits.ts'
import type { LogStore } from '../../storage/database.ts'
import { encodeEntries } from './logDocument.ts'

export type Segment = { update: Uint8Array; etag: string }

export class Segments {
  readonly #cache: LRUCache<string, Segment>

  constructor(log: Pick<LogStore, 'head' | 'read'>) {
    this.#cache = new LRUCache({
      maxSize: SEGMENT_CACHE_BYTES,
      sizeCalculation: ({ update }) => update.byteLength,
      // Many devices ask for the same segment at once; `fetch` builds it once.
      fetchMethod: (name) => build(log, name),
    })
  }

  /** Null while the segment is live or beyond the head. */
  async get(conversation: ConversationId, segment: number): Promise<Segment | null> {
    return (await this.#cache.fetch(logDocumentName(conversation, segment))) ?? null
  }
}

async function build(log: Pick<LogStore, 'head' | 'read'>, name: string): Promise<Segment | undefined> {
  const parsed = parseLogDocumentName(name)
  if (parsed === null || !isFull(parsed.segment, await log.head(parsed.conversation))) return undefined
  const { first, last } = rangeOf(parsed.segment)
  const update = encodeEntries(await log.read(parsed.conversation, first, last))
  return { update, etag: `"${createHash('sha256').update(update).digest('base64url')}"` }
}
