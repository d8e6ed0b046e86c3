import { request as httpRequest } from 'node:http'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { LOG_ROOT, SEGMENT_ENTRIES } from '../../shared/conversation/segment.ts'
import { ConversationId } from '../../shared/ids.ts'
import { APPEND_MAX_ENTRIES } from '../../shared/limits.ts'
import { newServer } from '../testing/newServer.ts'
import type { TestServer } from '../testing/newServer.ts'
import type { Device } from '../testing/signUp.ts'
import { signUp } from '../testing/signUp.ts'

async function setup() {
  const server = await newServer()
  const [alice, bob] = [await signUp(server, 'alice'), await signUp(server, 'bob')]
  const id = ConversationId.parse(uuidv7())
  await alice.request('POST', '/api/conversations', { kind: 'group', id, name: 'Trip', members: [bob.account.id] })
  for (let left = SEGMENT_ENTRIES + 1; left > 0; left -= APPEND_MAX_ENTRIES) {
    const entries = Array.from({ length: Math.min(left, APPEND_MAX_ENTRIES) }, () => ({ id: uuidv7(), at: Date.now(), kind: 'message', body: { text: 'la la la' } }))
    await alice.request('POST', `/api/conversations/${id}/entries`, { entries })
  }
  return { server, alice, bob, group: `/api/conversations/${id}` }
}

/** Without fetch, which would decode what it gets. */
function get(server: TestServer, device: Device, path: string, headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: server.port, path, headers: { cookie: device.cookie, ...headers } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) }))
    })
      .on('error', reject)
      .end()
  })
}

function entriesIn(update: Uint8Array): unknown[] {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc.getArray(LOG_ROOT).toArray()
}

test('[L4] a full segment is an update of its entries, compressed as asked, to be kept for good', async () => {
  const { server, bob, group } = await setup()
  const plain = await get(server, bob, `${group}/segments/0?generation=0`, {})
  expect(plain.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'cache-control': 'private, max-age=31536000, immutable',
    vary: 'Accept-Encoding, Authorization, Cookie',
    etag: expect.stringMatching(/^"[^"]+"$/),
  })
  expect(plain.headers).not.toHaveProperty('content-encoding')
  expect(entriesIn(plain.bytes)).toHaveLength(SEGMENT_ENTRIES)

  for (const [accepted, encoding, decode] of [
    ['gzip, deflate, br, zstd', 'zstd', zstdDecompressSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
  ] as const) {
    const answer = await get(server, bob, `${group}/segments/0?generation=0`, { 'accept-encoding': accepted })
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(decode(answer.bytes)).toEqual(plain.bytes)
    expect(answer.bytes.length).toBeLessThan(plain.bytes.length)
    expect(answer.headers['etag']).not.toBe(plain.headers['etag'])
  }
})

test('who has it already is told so, in the encoding they have', async () => {
  const { server, bob, group } = await setup()
  const headers = { 'accept-encoding': 'gzip' }
  const first = await get(server, bob, `${group}/segments/0?generation=0`, headers)
  const tag = String(first.headers['etag'])
  for (const ifNoneMatch of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
    const again = await get(server, bob, `${group}/segments/0?generation=0`, { ...headers, 'if-none-match': ifNoneMatch })
    expect([again.status, again.bytes.length, again.headers['etag'], again.headers['cache-control']]).toEqual([304, 0, tag, 'private, max-age=31536000, immutable'])
  }
  expect((await get(server, bob, `${group}/segments/0?generation=0`, { 'accept-encoding': 'br', 'if-none-match': tag })).status).toBe(200)
})

test('[L4] a removed member is not even told that their copy is right', async () => {
  const { server, alice, bob, group } = await setup()
  const { headers } = await get(server, bob, `${group}/segments/0?generation=0`, {})
  await alice.request('DELETE', `${group}/members/${bob.account.id}`)
  expect((await get(server, bob, `${group}/segments/0?generation=0`, { 'if-none-match': String(headers['etag']) })).status).toBe(404)
  expect((await get(server, { ...bob, cookie: '' }, `${group}/segments/0?generation=0`, { 'if-none-match': String(headers['etag']) })).status).toBe(401)
})

test('[L6] the live segment and those to come are not served', async () => {
  const { server, bob, group } = await setup()
  for (const number of ['1', '2', '999999999']) expect((await get(server, bob, `${group}/segments/${number}`, {})).status).toBe(404)
  for (const number of ['-1', '00', '1e3', '0x0', '9999999999']) expect((await get(server, bob, `${group}/segments/${number}`, {})).status).toBe(400)
})

test('[L4] an erasure makes another generation: the old address leads there, and nothing of what was erased is left', async () => {
  const { server, alice, bob, group } = await setup()
  const before = await get(server, bob, `${group}/segments/0?generation=0`, {})
  const [first] = entriesIn(before.bytes) as { id: string }[]
  await alice.request('POST', `${group}/entries`, { entries: [{ id: uuidv7(), at: Date.now(), kind: 'erase', body: { of: first!.id } }] })
  const old = await get(server, bob, `${group}/segments/0?generation=0`, {})
  expect([old.status, old.headers['location'], old.headers['cache-control']]).toEqual([307, `${group}/segments/0?generation=1`, 'no-store'])
  const now = await get(server, bob, `${group}/segments/0?generation=1`, {})
  expect(now.headers['cache-control']).toBe('private, max-age=31536000, immutable')
  expect(entriesIn(now.bytes)[0]).toMatchObject({ id: first!.id, seq: 1, kind: 'erased', body: {} })
  const current = await get(server, bob, `${group}/segments/0`, {})
  expect([current.headers['cache-control'], current.headers['etag']]).toEqual(['private, no-cache', now.headers['etag']])
  expect(current.bytes).toEqual(now.bytes)
})
