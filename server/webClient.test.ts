import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newServer } from './testing/newServer.ts'
import { rawRequest } from './testing/rawRequest.ts'
import { anonymous } from './testing/signUp.ts'
import { tempDir } from './testing/tempDir.ts'

async function setup() {
  const dir = tempDir()
  const dist = join(dir, 'dist')
  mkdirSync(join(dist, 'assets'), { recursive: true })
  writeFileSync(join(dir, 'secret.txt'), 's3cret')
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Parley</title>')
  writeFileSync(join(dist, 'sw.js'), '// service worker')
  writeFileSync(join(dist, 'assets/app-4f9a1c.js'), `// ${'app '.repeat(1000)}`)
  const server = await newServer({ webClientDist: dist })
  return { server, get: (path: string, headers: Record<string, string> = {}) => anonymous(server)('GET', path, undefined, headers) }
}

describe('the web client', () => {
  test('files that carry a hash are kept for good, the page and the service worker are asked for again', async () => {
    const { get } = await setup()
    const cached = async (path: string) => (await get(path)).headers.get('cache-control')
    expect(await cached('/assets/app-4f9a1c.js')).toBe('public, max-age=31536000, immutable')
    expect(await cached('/')).toBe('no-cache')
    expect(await cached('/index.html')).toBe('no-cache')
    expect(await cached('/sw.js')).toBe('no-cache')
    expect(await cached('/conversations/1')).toBe('no-cache')
  })

  test('any address that is no file is the page', async () => {
    const { get } = await setup()
    const answer = await get('/conversations/0193a4f0')
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await answer.text()).toContain('<title>Parley')
  })

  test('a file that is not there (any more) is not the page', async () => {
    const { get } = await setup()
    for (const path of ['/assets/app-old.js', '/assets/', '/assets/x', '/favicon.ico', '/api/nothing']) expect([path, (await get(path)).headers.get('content-type')]).not.toEqual([path, expect.stringContaining('html')])
    expect((await get('/assets/app-old.js')).headers.get('cache-control')).toBeNull()
  })

  test('a page that has not changed is not sent again', async () => {
    const { get } = await setup()
    const etag = (await get('/')).headers.get('etag') ?? ''
    expect((await get('/', { 'if-none-match': etag })).status).toBe(304)
  })

  test('large files are compressed', async () => {
    const { get } = await setup()
    expect((await get('/assets/app-4f9a1c.js')).headers.get('content-encoding')).toBe('gzip')
  })

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/%252e%252e/secret.txt',
    '/....//secret.txt',
    '//secret.txt',
    '/./../secret.txt',
    '/assets/..;/..;/secret.txt',
    '/secret.txt%00.js',
    '/%c0%ae%c0%ae/secret.txt',
    'http://localhost/../secret.txt',
    '../secret.txt',
    '/etc/passwd',
  ])('%s does not lead out of it', async (path) => {
    const { server } = await setup()
    const answer = await rawRequest(server.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect(answer).not.toContain('s3cret')
    expect(answer).not.toContain('root:')
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404) /)
  })
})

test('without a built client the server says how to build it, and serves its API', async () => {
  const server = await newServer({ webClientDist: join(tempDir(), 'nothing') })
  expect(await (await anonymous(server)('GET', '/')).text()).toMatch(/npm start/)
  expect((await anonymous(server)('GET', '/api/openapi.json')).status).toBe(200)
})
