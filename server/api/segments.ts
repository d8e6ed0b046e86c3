// Full segments of a log. Under its generation a segment is immutable, so it is fetched once and kept for good, by caches and
// by the replica; an erasure makes another generation, to which the old address leads. Every request is authorised, also the one that ends in "not modified": a cache must not tell a removed member
// that it still has the right bytes. A segment that is still being written is only on the socket.

import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import { promisify } from 'node:util'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { etag } from 'hono/etag'
import { rangeOf } from '../../shared/conversation/segment.ts'
import { ConversationId, Seq } from '../../shared/ids.ts'
import { ANNOTATIONS_PAGE, ERASURES_PAGE } from '../../shared/limits.ts'
import { AnnotationsPage, AnnotationsQuery, ErasuresPage, ErasuresQuery, SegmentQuery } from '../../shared/protocol/api.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { notMember } from '../conversations/conversations.ts'
import type { Segment } from '../replicate/segments.ts'
import type { Api, ApiDeps } from './api.ts'
import { json, refusals, SIGNED_IN } from './describe.ts'

const SegmentParam = z.object({ id: ConversationId, segment: z.string().regex(/^(0|[1-9]\d{0,8})$/).transform(Number).openapi({ type: 'integer' }) })

const segment = createRoute({
  method: 'get',
  path: '/conversations/{id}/segments/{segment}',
  summary: 'A full segment of the log as one Yjs update; with its generation it never changes',
  security: SIGNED_IN,
  middleware: [etag()],
  request: { params: SegmentParam, query: SegmentQuery },
  responses: {
    200: { description: 'Bytes for Y.applyUpdate.', content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } } },
    304: { description: 'The copy with this ETag is still right.' },
    307: { description: 'Something in it was erased: the current generation is there.' },
    ...refusals('signed-out', 'malformed', 'not-member', 'not-found'),
  },
})

const annotations = createRoute({
  method: 'get',
  path: '/conversations/{id}/segments/{segment}/annotations',
  summary: 'What came after a segment and says something about its messages: edits, reactions, pins, erasures',
  security: SIGNED_IN,
  request: { params: SegmentParam, query: AnnotationsQuery },
  responses: { 200: json(AnnotationsPage, 'A page, in order of seq.'), ...refusals('signed-out', 'malformed', 'not-member') },
})

const erasures = createRoute({
  method: 'get',
  path: '/erasures',
  summary: 'Which messages of my conversations were erased, oldest first: what a device that was away has to forget',
  security: SIGNED_IN,
  request: { query: ErasuresQuery },
  responses: { 200: json(ErasuresPage, 'A page; go on from its last.'), ...refusals('signed-out', 'malformed') },
})

export function segmentRoute(api: Api, { sync, database }: ApiDeps): void {
  /** As long as the segment itself is kept. */
  const compressed = new WeakMap<Segment, Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>>()

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

  api.openapi(erasures, async (c) => {
    const { touched, conversation = null, target } = c.req.valid('query')
    const page = await database.log.erasures(c.var.session.user, { touched, conversation, target }, ERASURES_PAGE)
    return c.json({ erasures: page, more: page.length === ERASURES_PAGE }, 200)
  })

  api.openapi(segment, async (c) => {
    const { id, segment: number } = c.req.valid('param')
    if ((await database.conversations.role(id, c.var.session.user)) === null) throw notMember()
    const full = await sync.segment(id, number)
    if (full === null) throw new RefusedError('not-found', 'This segment is not full yet: it is on the sync socket.')

    const { generation } = c.req.valid('query')
    if (generation !== undefined && generation !== full.generation) return c.redirect(`${c.req.path}?generation=${full.generation}`, 307)

    c.header('Cache-Control', generation === undefined ? 'private, no-cache' : 'private, max-age=31536000, immutable')
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
    return c.body(await inEncoding(full, encoding), 200)
  })

  function inEncoding(full: Segment, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    const known = compressed.get(full) ?? new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>()
    compressed.set(full, known)
    const bytes = known.get(encoding) ?? COMPRESS[encoding](full.update)
    known.set(encoding, bytes)
    return bytes
  }
}

const ENCODINGS = ['zstd', 'br', 'gzip'] as const
type Encoding = (typeof ENCODINGS)[number]

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
