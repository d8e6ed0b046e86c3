import { createRoute, z } from '@hono/zod-openapi'
import { etag } from 'hono/etag'
import { PictureId } from '../../shared/ids.ts'
import { PictureAnswer } from '../../shared/protocol/api.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { Api, ApiDeps } from './api.ts'
import { ConversationParam, json, NOTHING, refusals, SIGNED_IN } from './describe.ts'
import { ChangeHeaders, madeOnce } from './madeOnce.ts'

const bytes = { schema: z.string().openapi({ format: 'binary' }) }
const IMAGE = { 'image/webp': bytes, 'image/png': bytes, 'image/jpeg': bytes }

const put = createRoute({
  method: 'put',
  path: '/me/picture',
  summary: 'Set my picture: square, up to 512 × 512 pixels and 128 KiB, without metadata',
  security: SIGNED_IN,
  request: { body: { required: true, content: IMAGE }, headers: ChangeHeaders },
  responses: { 200: json(PictureAnswer, 'Its address is /pictures/ and this.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'forbidden', 'too-large', 'storage-full') },
})

const remove = createRoute({
  method: 'delete',
  path: '/me/picture',
  summary: 'Take my picture away',
  security: SIGNED_IN,
  request: { headers: ChangeHeaders },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'forbidden', 'storage-full') },
})

const putOf = createRoute({
  method: 'put',
  path: '/conversations/{id}/picture',
  summary: 'Set the picture of a group or a channel; the same is asked of it as of mine',
  security: SIGNED_IN,
  request: { params: ConversationParam, body: { required: true, content: IMAGE } },
  responses: { 200: json(PictureAnswer, 'Its address is /pictures/ and this.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'forbidden', 'too-large', 'storage-full') },
})

const removeOf = createRoute({
  method: 'delete',
  path: '/conversations/{id}/picture',
  summary: 'Take the picture of a group or a channel away',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'forbidden', 'storage-full') },
})

const get = createRoute({
  method: 'get',
  path: '/pictures/{id}',
  summary: 'A picture; never changes',
  security: SIGNED_IN,
  middleware: [etag()],
  request: { params: z.object({ id: PictureId }) },
  responses: { 200: { description: 'The picture.', content: IMAGE }, 304: { description: 'The copy with this ETag is still right.' }, ...refusals('signed-out', 'malformed', 'not-found') },
})

export function pictureRoutes(api: Api, { people, conversations, database }: ApiDeps): void {
  api.openapi(put, async (c) => {
    const picture = await people.setPicture(c.var.session.user, new Uint8Array(await c.req.arrayBuffer()), madeOnce(c.var.session, c.req.valid('header')))
    return c.json({ picture }, 200)
  })

  api.openapi(remove, async (c) => {
    await people.removePicture(c.var.session.user, madeOnce(c.var.session, c.req.valid('header')))
    return c.body(null, 204)
  })

  api.openapi(putOf, async (c) => {
    const picture = await conversations.setPicture(c.var.session, c.req.valid('param').id, new Uint8Array(await c.req.arrayBuffer()))
    if (picture === null) throw new Error('a picture that was set has an id')
    return c.json({ picture }, 200)
  })

  api.openapi(removeOf, async (c) => {
    await conversations.setPicture(c.var.session, c.req.valid('param').id, null)
    return c.body(null, 204)
  })

  api.openapi(get, async (c) => {
    const { id } = c.req.valid('param')
    const picture = await database.pictures.get(id)
    if (picture === null) throw refusedBecause('picture-gone')
    return c.body(new Uint8Array(picture.bytes), 200, {
      'Content-Type': picture.type,
      ETag: `"${id}"`,
      // `private`: only to the signed-in, so nothing between may keep it for others.
      'Cache-Control': 'private, max-age=31536000, immutable',
      // Opened by itself it is a page of ours; it was made by anybody.
      'Content-Security-Policy': 'sandbox',
      'X-Content-Type-Options': 'nosniff',
    })
  })
}
