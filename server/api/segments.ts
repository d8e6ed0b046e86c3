// Full segments of a log: immutable, so they are fetched once and kept for good, by the browser's cache and by the
// replica. Every request is authorised, also the one that ends in "not modified": a cache must not tell a removed member
// that it still has the right bytes. A segment that is still being written is only on the socket.

import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import { promisify } from 'node:util'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { etag } from 'hono/etag'
import { LRUCache } from 'lru-cache'
import { rangeOf } from '../../shared/conversation/segment.ts'
import { ConversationId, Seq } from '../../shared/ids.ts'
import { ANNOTATIONS_PAGE } from '../../shared/limits.ts'
import { AnnotationsPage, AnnotationsQuery } from '../../shared/protocol/api.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { notMember } from '../conversations/conversations.ts'
import type { Api, ApiDeps } from './api.ts'
import { json, refusals, SIGNED_IN } from './describe.ts'

/** About 600 compressed segments: 300,000 entries of what people scroll through right now. */
const COMPRESSED_CACHE_BYTES = 32 * 1024 * 1024

const SegmentParam = z.object({ id: ConversationId, segment: z.string().regex(/^(0|[1-9]\d{0,8})$/).transform(Number).openapi({ type: 'integer' }) })

const segment = createRoute({
  method: 'get',
  path: '/conversations/{id}/segments/{segment}',
  summary: 'A full segment of the log as one Yjs update; never changes',
  security: SIGNED_IN,
  middleware: [etag()],
  request: { params: SegmentParam },
  responses: {
    200: { description: 'Bytes for Y.applyUpdate.', content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } } },
    304: { description: 'The copy with this ETag is still right.' },
    ...refusals('signed-out', 'malformed', 'not-member', 'not-found'),
  },
})

const annotations = createRoute({
  method: 'get',
  path: '/conversations/{id}/segments/{segment}/annotations',
  summary: 'Edits and reactions that came after a segment and say something about its messages',
  security: SIGNED_IN,
  request: { params: SegmentParam, query: AnnotationsQuery },
  responses: { 200: json(AnnotationsPage, 'A page, in order of seq.'), ...refusals('signed-out', 'malformed', 'not-member') },
})

export function segmentRoute(api: Api, { sync, database }: ApiDeps): void {
  const compressed = new LRUCache<string, Uint8Array<ArrayBuffer>, Source>({
    maxSize: COMPRESSED_CACHE_BYTES,
    sizeCalculation: (bytes) => bytes.byteLength,
    fetchMethod: (_key, _stale, { context }) => COMPRESS[context.encoding](context.update),
  })

  api.openapi(annotations, async (c) => {
    const { id, segment: number } = c.req.valid('param')
    if ((await database.conversations.role(id, c.var.session.user)) === null) throw notMember()
    const { first, last } = rangeOf(number)
    // What stands in the segment itself comes with it.
    const after = Seq.parse(Math.max(c.req.valid('query').after ?? 0, last))
    const head = await database.log.head(id)
    const entries = await database.log.annotations(id, first, last, after)
    const more = entries.length === ANNOTATIONS_PAGE
    return c.json({ entries, upTo: (more ? entries.at(-1)?.seq : undefined) ?? Seq.parse(Math.max(head, after)), more }, 200)
  })

  api.openapi(segment, async (c) => {
    const { id, segment: number } = c.req.valid('param')
    if ((await database.conversations.role(id, c.var.session.user)) === null) throw notMember()
    const full = await sync.segment(id, number)
    if (full === null) throw new RefusedError('not-found', 'This segment is not full yet: it is on the sync socket.')

    c.header('Cache-Control', 'private, max-age=31536000, immutable')
    c.header('Vary', 'Accept-Encoding, Authorization, Cookie')
    c.header('Content-Type', 'application/octet-stream')
    const encoding = encodingFor(c)
    if (encoding === 'identity') {
      c.header('ETag', full.etag)
      return c.body(new Uint8Array(full.update), 200)
    }
    c.header('Content-Encoding', encoding)
    // A strong tag names bytes, and each encoding has its own.
    c.header('ETag', full.etag.replace(/"$/, `-${encoding}"`))
    const key = `${id}/${number}/${full.etag}/${encoding}`
    return c.body(await compressed.forceFetch(key, { context: { update: full.update, encoding } }), 200)
  })
}

const ENCODINGS = ['zstd', 'br', 'gzip'] as const
type Encoding = (typeof ENCODINGS)[number]
type Source = { update: Uint8Array; encoding: Encoding }

const COMPRESS: Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>> = {
  zstd: async (bytes) => new Uint8Array(await promisify(zstdCompress)(bytes)),
  // 5: at 11, the default, brotli takes a second for 20 % less.
  br: async (bytes) => new Uint8Array(await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
  gzip: async (bytes) => new Uint8Array(await promisify(gzip)(bytes)),
}

/** Ours in our order: browsers name all they know without saying which they like best. */
function encodingFor(c: Context): Encoding | 'identity' {
  const chosen = accepts(c, {
    header: 'Accept-Encoding',
    supports: [...ENCODINGS],
    default: 'identity',
    match: (accepted, { supports, default: none }) => supports.find((ours) => accepted.some(({ type, q }) => type.toLowerCase() === ours && q > 0)) ?? none,
  })
  return ENCODINGS.find((ours) => ours === chosen) ?? 'identity'
}
