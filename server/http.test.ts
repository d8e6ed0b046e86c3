import { once } from 'node:events'
import { WebSocket } from 'ws'
import { describe, expect, test } from 'vitest'
import { HTTP_BODY_MAX_BYTES } from '../shared/limits.ts'
import { TIMEOUTS } from './http.ts'
import { newServer } from './testing/newServer.ts'
import { rawConnection, rawRequest } from './testing/rawRequest.ts'
import { anonymous, newDeviceId, PASSWORD, signUp } from './testing/signUp.ts'

const code = async (answer: Response) => [answer.status, (await answer.json()).refusal?.code]

describe('requests from elsewhere', () => {
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://localhost:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a site that begins like ours', { origin: 'http://localhost.evil.example' }],
  ])('[S3] %s cannot use a cookie to change anything', async (_who, headers) => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    for (const [method, path, body] of [
      ['POST', '/api/conversations', { kind: 'direct', with: alice.account.id }],
      ['DELETE', '/api/sessions/current', undefined],
      ['POST', '/api/account/password', { current: PASSWORD, next: 'stolen by someone else' }],
    ] as const) {
      expect(await code(await alice.request(method, path, body, headers))).toEqual([403, 'forbidden'])
    }
    expect((await alice.request('GET', '/api/account')).status).toBe(200)
  })

  test('[S3] nor can a browser that names no origin but says it is cross-site, nor a program that borrowed a cookie', async () => {
    const server = await newServer()
    const { cookie } = await signUp(server, 'alice')
    const signOut = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${server.port}/api/sessions/current`, { method: 'DELETE', headers: { cookie, ...headers } })
    expect(await code(await signOut({ 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'forbidden'])
    expect(await code(await signOut({ 'sec-fetch-site': 'same-site' }))).toEqual([403, 'forbidden'])
    expect(await code(await signOut({}))).toEqual([403, 'forbidden'])
    expect((await signOut({ 'sec-fetch-site': 'same-origin' })).status).toBe(204)
  })

  test('[S3] nobody is signed in to another account by a page from elsewhere', async () => {
    const server = await newServer()
    await signUp(server, 'eve')
    const answer = await anonymous(server)('POST', '/api/sessions', { handle: 'eve', password: PASSWORD, device: { id: newDeviceId(), label: 'x' } }, { origin: 'https://evil.example' })
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await code(answer)).toEqual([403, 'forbidden'])
  })

  test('no answer invites other sites to read it', async () => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    for (const method of ['GET', 'OPTIONS', 'HEAD']) {
      const answer = await alice.request(method, '/api/account', undefined, { origin: 'https://evil.example', 'access-control-request-method': 'POST' })
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      await answer.text()
    }
  })
})

describe('bodies', () => {
  test.each(['{', '{"handle":', 'null', '[]', '"x"', '', '[[[[[[', '\u0000'])('[P1] %j is refused in words', async (body) => {
    const server = await newServer()
    expect(await code(await anonymous(server)('POST', '/api/sessions', body))).toEqual([400, 'malformed'])
  })

  test('a form is no JSON, whatever it holds', async () => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect(await code(await alice.request('POST', '/api/conversations', '{"kind":"direct"}', { 'content-type': type }))).toEqual([400, 'malformed'])
    }
  })

  test('JSON as deep as fits ends in a refusal', async () => {
    const server = await newServer()
    const deep = `{"handle":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    expect(await code(await anonymous(server)('POST', '/api/sessions', deep))).toEqual([400, 'malformed'])
  })

  test('__proto__ pollutes nothing', async () => {
    const server = await newServer()
    await anonymous(server)('POST', '/api/sessions', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    expect({}).not.toHaveProperty('polluted')
  })

  test('[P1] what is larger than the limit is refused, announced or not', async () => {
    const server = await newServer()
    expect(await code(await anonymous(server)('POST', '/api/sessions', 'x'.repeat(HTTP_BODY_MAX_BYTES + 1)))).toEqual([413, 'too-large'])

    const head = 'POST /api/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n'
    const chunk = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`
    expect(await rawRequest(server.port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(9)}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 .*too-large/s)
    // Announced and never sent: nobody waits for it.
    expect(await rawRequest(server.port, `${head}Content-Length: 100000000\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 .*too-large/s)
    expect(await rawRequest(server.port, `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('headers', () => {
  test('line breaks in what people send never become headers', async () => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    const injected = 'x\r\nSet-Cookie: parley_session=evil'
    const answers = [
      await alice.request('GET', `/api/people?q=${encodeURIComponent(injected)}`),
      await alice.request('GET', `/api/${encodeURIComponent(injected)}`),
      await alice.request('GET', `/${encodeURIComponent(injected)}`),
      await anonymous(server)('POST', '/api/sessions', { handle: injected.slice(0, 32), password: injected, device: { id: newDeviceId(), label: injected } }),
    ]
    for (const answer of answers) expect([answer.headers.get('set-cookie'), answer.status < 500]).toEqual([null, true])
  })

  test('a request id of somebody else is taken over only if it is harmless', async () => {
    const server = await newServer()
    const requestId = async (given: string) => (await anonymous(server)('GET', '/healthz', undefined, { 'x-request-id': given })).headers.get('x-request-id')
    expect(await requestId('trace-1')).toBe('trace-1')
    expect(await requestId('<script>')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test.each(['', 'evil.example', 'evil.example:80', 'a b', '[::1', 'localhost@evil.example', '../..'])('the host %j breaks nothing', async (host) => {
    const server = await newServer()
    const answer = await rawRequest(server.port, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400) /)
    expect(answer).not.toMatch(/^location:/im)
    expect(await rawRequest(server.port, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('headers without end are refused', async () => {
    const server = await newServer()
    expect(await rawRequest(server.port, `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
  })
})

describe('methods', () => {
  test('HEAD answers what GET would, without the body', async () => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    const answer = await alice.request('HEAD', '/api/account')
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'application/json', ''])
  })

  test.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])('%s where there is no such route is refused in words', async (method) => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    expect(await code(await alice.request(method, '/api/account'))).toEqual([404, 'not-found'])
  })

  test('TRACE and CONNECT echo nothing', async () => {
    const server = await newServer()
    for (const method of ['TRACE', 'CONNECT']) {
      const answer = await rawRequest(server.port, `${method} /api/account HTTP/1.1\r\nHost: localhost\r\nX-Secret: s3cret\r\nConnection: close\r\n\r\n`)
      expect(answer).not.toContain('s3cret')
      expect(answer).not.toMatch(/^HTTP\/1\.1 (2|5)/)
    }
  })
})

describe('upgrades', () => {
  test.each(['/', '/api/account', '/syncc', '/sync/', '/%73ync', '//sync'])('there is no socket at %s', async (path) => {
    const server = await newServer()
    expect(await rawRequest(server.port, upgrade(path))).toMatch(/^HTTP\/1\.1 404 /)
  })

  test('nor for another method', async () => {
    const server = await newServer()
    expect(await rawRequest(server.port, upgrade('/sync', 'POST'))).toMatch(/^HTTP\/1\.1 404 /)
  })

  test('there is one at /sync, for the cookie of somebody who is signed in', async () => {
    const server = await newServer()
    const { cookie } = await signUp(server, 'alice')
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/sync?x=1`, { headers: { cookie, origin: server.origin } })
    await once(socket, 'open')
    expect(server.sync.connections()).toBe(1)
    socket.close()
    await expect.poll(() => server.sync.connections()).toBe(0)
  })

  test('[S4] ending a session closes its socket', async () => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/sync`, { headers: { cookie: alice.cookie, origin: server.origin } })
    await once(socket, 'open')
    const closed = once(socket, 'close')
    await alice.request('DELETE', '/api/sessions/current')
    expect(await closed).toEqual([4401, expect.anything()])
  })
})

/** As a browser asks for a socket. */
function upgrade(path: string, method = 'GET'): string {
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
}

describe('slow clients', () => {
  const timeouts = { ...TIMEOUTS, headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 100 }

  test('headers that trickle in are cut off', async () => {
    const server = await newServer({ timeouts })
    const { socket, closed } = rawConnection(server.port)
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n')
    expect(await closed).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('so is a body', async () => {
    const server = await newServer({ timeouts })
    const { socket, closed } = rawConnection(server.port)
    socket.write('POST /api/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{')
    expect(await closed).not.toMatch(/^HTTP\/1\.1 2/)
  })
})

describe('when something breaks', () => {
  test('[P1] the answer tells nothing about the inside, the log does, and the process stays up', async () => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    server.database.conversations.inbox = () => Promise.reject(new Error('the inside, in words'))
    const answer = await alice.request('GET', '/api/inbox')
    const text = await answer.text()
    expect(answer.status).toBe(500)
    expect(JSON.parse(text)).toEqual({ refusal: { code: 'unavailable', retry: true, words: expect.any(String) } })
    expect(text).not.toMatch(/inside|\.ts|Error/)
    const [line = ''] = server.logged.filter((entry) => entry.includes('request failed'))
    expect(JSON.parse(line)).toMatchObject({ level: 50, err: { message: 'the inside, in words', stack: expect.stringContaining('.ts') }, requestId: answer.headers.get('x-request-id') })
    expect((await alice.request('GET', '/api/account')).status).toBe(200)
  })

  test('a database that takes no writes makes the process not ready, but it is up', async () => {
    const server = await newServer()
    const get = (path: string) => anonymous(server)('GET', path)
    expect([(await get('/healthz')).status, (await get('/readyz')).status]).toEqual([200, 200])
    server.database.ping = () => Promise.reject(new Error('read-only file system'))
    expect([(await get('/healthz')).status, (await get('/readyz')).status]).toEqual([200, 503])
  })
})
