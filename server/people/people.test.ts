import { deflateSync, crc32 } from 'node:zlib'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { ConversationAnswer } from '../../shared/protocol/api.ts'
import { ReportAnswer, ReportsPage } from '../../shared/protocol/administration.ts'
import { OwnProfile } from '../../shared/protocol/messages.ts'
import { REPORT_RATE_REPORTS } from '../../shared/limits.ts'
import { entry } from '../gateway/stage.ts'
import { newServer } from '../testing/newServer.ts'
import type { Device } from '../testing/signUp.ts'
import { anonymous, signUp } from '../testing/signUp.ts'

const code = async (answer: Response) => [answer.status, (await answer.json()).refusal?.code]

async function setup() {
  const server = await newServer()
  return { server, alice: await signUp(server, 'alice'), bob: await signUp(server, 'bob') }
}

async function profileOf({ request }: Device): Promise<OwnProfile> {
  return OwnProfile.parse(await (await request('GET', '/api/me/profile')).json())
}

async function direct({ request }: Device, other: Device) {
  const answer = await request('POST', '/api/conversations', { kind: 'direct', with: other.account.id })
  expect(answer.status).toBe(200)
  return ConversationAnswer.parse(await answer.json()).row.conversation
}

describe('profile', () => {
  test('[U1] is changed and taken back; the handle is not part of it', async () => {
    const { alice, bob } = await setup()
    const answer = await alice.request('PATCH', '/api/me/profile', { name: 'Alice A.', status: { text: 'at sea', emoji: '⛵' }, dnd: {} })
    expect(answer.status).toBe(200)
    expect((await profileOf(alice)).person).toEqual({ id: alice.account.id, handle: 'alice', name: 'Alice A.', placeholder: false, status: { text: 'at sea', emoji: '⛵' }, dnd: {} })
    const seen = await (await bob.request('GET', `/api/people?ids=${alice.account.id}`)).json()
    expect(seen.people).toMatchObject([{ name: 'Alice A.', status: { text: 'at sea' } }])
    expect(await code(await alice.request('PATCH', '/api/me/profile', { handle: 'root' }))).toEqual([400, 'malformed'])
  })

  test.each([
    [{ name: '\u202etxt' }],
    [{ status: { text: '\u200b' } }],
    [{ status: { text: 'x'.repeat(101) } }],
    [{ status: { text: 'x', emoji: 'not one' } }],
    [{ privacy: { presence: 'friends' } }],
    [{ dnd: { until: -1 } }],
  ])('[U1] refuses %j', async (change) => {
    const { alice } = await setup()
    expect(await code(await alice.request('PATCH', '/api/me/profile', change))).toEqual([400, 'malformed'])
  })
})

describe('pictures', () => {
  test('[U3] are served under their hash, unchanging, to the signed-in, and can do nothing', async () => {
    const { server, alice, bob } = await setup()
    // What it is said to be does not count.
    const { picture } = await (await put(alice, server, png(64, 64), 'image/jpeg')).json()
    expect((await profileOf(alice)).person.picture).toBe(picture)
    const path = `/api/pictures/${picture}`
    const answer = await bob.request('GET', path)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png(64, 64))
    expect(Object.fromEntries(['content-type', 'cache-control', 'content-security-policy', 'x-content-type-options', 'etag'].map((name) => [name, answer.headers.get(name)]))).toEqual({
      'content-type': 'image/png',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      etag: `"${picture}"`,
    })
    expect((await bob.request('GET', path, undefined, { 'if-none-match': `"${picture}"` })).status).toBe(304)
    expect((await anonymous(server)('GET', path)).status).toBe(401)
    expect((await alice.request('DELETE', '/api/me/picture')).status).toBe(204)
    expect(await code(await bob.request('GET', path))).toEqual([404, 'not-found'])
  })

  test.each([
    ['not square', () => png(64, 32)],
    ['too many pixels', () => png(513, 513)],
    ['no picture', () => new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')],
    ['nothing', () => new Uint8Array()],
    ['a header that lies', () => png(64, 64).slice(0, 20)],
    ['with Exif', () => png(64, 64, chunk('eXIf', new Uint8Array(8)))],
    ['with text', () => png(64, 64, chunk('tEXt', new TextEncoder().encode('GPS\0somewhere')))],
  ])('[U3] %s is refused', async (_what, bytes) => {
    const { server, alice } = await setup()
    expect(await code(await put(alice, server, bytes()))).toEqual([400, 'malformed'])
    expect((await profileOf(alice)).person.picture).toBeUndefined()
  })

  test('[C6] a group has one as people do, from whoever may describe it; the log says so, and its row shows it', async () => {
    const { server, alice, bob } = await setup()
    const created = await alice.request('POST', '/api/conversations', { kind: 'group', id: uuidv7(), name: 'Choir', members: [bob.account.id] })
    const { conversation } = ConversationAnswer.parse(await created.json()).row
    const path = `/api/conversations/${conversation}/picture`
    const row = async (device: Device) => ConversationAnswer.parse(await (await device.request('GET', `/api/conversations/${conversation}`)).json()).row
    const last = async () => (await (await bob.request('GET', `/api/conversations/${conversation}/paint`)).json()).tail.at(-1)

    expect(await code(await put(bob, server, png(64, 64), 'image/png', path))).toEqual([403, 'forbidden'])
    expect(await code(await put(await signUp(server, 'eve'), server, png(64, 64), 'image/png', path))).toEqual([404, 'not-member'])
    expect(await code(await put(alice, server, png(64, 32), 'image/png', path))).toEqual([400, 'malformed'])
    expect((await row(bob)).picture).toBeUndefined()

    const { picture } = await (await put(alice, server, png(64, 64), 'image/png', path)).json()
    expect((await row(bob)).picture).toBe(picture)
    expect((await bob.request('GET', `/api/pictures/${picture}`)).status).toBe(200)
    expect(await last()).toMatchObject({ kind: 'event', author: alice.account.id, body: { type: 'picture', picture } })
    const { head } = await row(bob)
    await put(alice, server, png(64, 64), 'image/png', path)
    expect((await row(bob)).head).toBe(head)

    expect(await code(await bob.request('DELETE', path))).toEqual([403, 'forbidden'])
    expect((await alice.request('DELETE', path)).status).toBe(204)
    expect((await row(bob)).picture).toBeUndefined()
    expect(await last()).toMatchObject({ body: { type: 'picture', picture: null } })
    expect(await code(await bob.request('GET', `/api/pictures/${picture}`))).toEqual([404, 'not-found'])
  })

  test('[U3] too many bytes are refused', async () => {
    const { server, alice } = await setup()
    expect(await code(await put(alice, server, png(64, 64, chunk('zzZz', new Uint8Array(128 * 1024)))))).toEqual([413, 'too-large'])
  })
})

describe('blocks', () => {
  test('[U4] who is blocked writes nothing into the direct conversation, by whatever entrance, and starts none', async () => {
    const { server, alice, bob } = await setup()
    const talk = await direct(bob, alice)
    expect((await alice.request('POST', `/api/me/blocks/${bob.account.id}`)).status).toBe(204)
    expect(await code(await bob.request('POST', `/api/conversations/${talk}/entries`, { entries: [entry('let me in')] }))).toEqual([403, 'forbidden'])
    await expect(server.sync.append({ user: bob.account.id, device: bob.session.device }, talk, [entry('let me in')])).rejects.toMatchObject({
      refusal: { code: 'forbidden', retry: false, words: 'This person does not take messages from you.' },
    })
    expect(await server.database.log.head(talk)).toBe(0)
    const carol = await signUp(server, 'carol')
    await alice.request('POST', `/api/me/blocks/${carol.account.id}`)
    expect(await code(await carol.request('POST', '/api/conversations', { kind: 'direct', with: alice.account.id }))).toEqual([403, 'forbidden'])
    expect(await server.database.conversations.inbox(carol.account.id, { since: null, before: null, limit: 9 })).toEqual([])
  })

  test('[U4] who is blocked adds the other to no group', async () => {
    const { alice, bob } = await setup()
    await alice.request('POST', `/api/me/blocks/${bob.account.id}`)
    const group = { kind: 'group', id: crypto.randomUUID(), name: 'Trap', members: [alice.account.id] }
    expect(await code(await bob.request('POST', '/api/conversations', group))).toEqual([403, 'forbidden'])
    expect((await bob.request('POST', '/api/conversations', { ...group, members: [] })).status).toBe(200)
    expect(await code(await bob.request('POST', `/api/conversations/${group.id}/members`, { users: [alice.account.id] }))).toEqual([403, 'forbidden'])
    await alice.request('DELETE', `/api/me/blocks/${bob.account.id}`)
    expect((await bob.request('POST', `/api/conversations/${group.id}/members`, { users: [alice.account.id] })).status).toBe(200)
  })

  test('are listed for their owner; nobody blocks themselves or nobody', async () => {
    const { alice, bob } = await setup()
    await alice.request('POST', `/api/me/blocks/${bob.account.id}`)
    expect(await (await alice.request('GET', '/api/me/blocks')).json()).toMatchObject({ blocked: [bob.account.id], people: [{ handle: 'bob' }] })
    expect(await (await bob.request('GET', '/api/me/blocks')).json()).toEqual({ blocked: [], people: [] })
    expect(await code(await alice.request('POST', `/api/me/blocks/${alice.account.id}`))).toEqual([400, 'malformed'])
    expect(await code(await alice.request('POST', `/api/me/blocks/${crypto.randomUUID()}`))).toEqual([404, 'not-found'])
  })
})

describe('reports', () => {
  test('[U9][S13] reach the administrators with what was shown, and nothing else', async () => {
    const { server, alice, bob } = await setup()
    const talk = await direct(alice, bob)
    const [threat, harmless] = [entry('I know where you live'), entry('lovely weather')]
    await server.sync.append({ user: alice.account.id, device: alice.session.device }, talk, [threat, harmless])
    const filed = await bob.request('POST', '/api/reports', { about: alice.account.id, reason: 'harassment', words: 'please', conversation: talk, entries: [threat.id] })
    expect(filed.status).toBe(201)
    const listed = await (await alice.request('GET', '/api/admin/reports?state=open')).text()
    expect(ReportsPage.parse(JSON.parse(listed)).reports).toMatchObject([{ by: bob.account.id, about: alice.account.id, reason: 'harassment', entries: 1, resolvedAt: null }])
    expect(listed).not.toContain('where you live')
    const path = `/api/admin/reports/${(await filed.json()).report}`
    const { report, people } = ReportAnswer.parse(await (await alice.request('GET', path)).json())
    expect(report).toMatchObject({ words: 'please', shown: [{ id: threat.id, texts: ['I know where you live'] }] })
    expect(people.map(({ handle }) => handle).toSorted()).toEqual(['alice', 'bob'])
    expect((await alice.request('POST', `${path}/resolved`)).status).toBe(204)
    expect(await (await alice.request('GET', '/api/admin/reports?state=open')).json()).toEqual({ reports: [], people: [] })
    expect(await code(await bob.request('GET', path))).toEqual([403, 'forbidden'])
  })

  test('[U9] that are sent again, because their answer was lost, are there once', async () => {
    const { alice, bob } = await setup()
    const report = { id: crypto.randomUUID(), about: alice.account.id, reason: 'spam' }
    for (const _ of ['sent', 'again']) expect(await (await bob.request('POST', '/api/reports', report)).json()).toEqual({ report: report.id })
    expect(await code(await alice.request('POST', '/api/reports', { ...report, about: bob.account.id }))).toEqual([409, 'id-conflict'])
    expect(ReportsPage.parse(await (await alice.request('GET', '/api/admin/reports')).json()).reports).toMatchObject([{ id: report.id }])
    expect(await code(await bob.request('POST', '/api/reports', { ...report, id: 'mine' }))).toEqual([400, 'malformed'])
  })

  test('[U9] of foreign messages, of oneself and too many are refused', async () => {
    const { alice, bob } = await setup()
    const carols = await direct(alice, bob)
    const about = { about: alice.account.id, reason: 'spam' }
    expect(await code(await bob.request('POST', '/api/reports', { ...about, about: bob.account.id }))).toEqual([400, 'malformed'])
    expect(await code(await bob.request('POST', '/api/reports', { ...about, conversation: carols, entries: [crypto.randomUUID()] }))).toEqual([404, 'not-found'])
    expect(await code(await bob.request('POST', '/api/reports', { ...about, entries: [crypto.randomUUID()] }))).toEqual([400, 'malformed'])
    for (let count = 2; count < REPORT_RATE_REPORTS; count += 1) expect((await bob.request('POST', '/api/reports', about)).status).toBe(201)
    expect(await code(await bob.request('POST', '/api/reports', about))).toEqual([429, 'rate-limited'])
  })
})

/** Grey, of this size, with another chunk before the end. */
function png(width: number, height: number, ...more: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const pixels = deflateSync(Buffer.alloc((width + 1) * height))
  return new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', pixels), ...more, chunk('IEND', new Uint8Array())]))
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.byteLength)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}

async function put({ cookie }: Device, { port, origin }: { port: number; origin: string }, bytes: Uint8Array<ArrayBuffer>, type = 'image/png', path = '/api/me/picture'): Promise<Response> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'PUT', headers: { cookie, origin, 'content-type': type }, body: bytes })
  return new Response(await answer.arrayBuffer(), answer)
}
