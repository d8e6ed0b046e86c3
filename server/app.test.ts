import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newServer } from './testing/newServer.ts'
import { anonymous } from './testing/signUp.ts'
import { tempDir } from './testing/tempDir.ts'

async function setup(settings: Record<string, string> = {}) {
  const dist = tempDir()
  mkdirSync(join(dist, 'assets'))
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Parley</title>')
  writeFileSync(join(dist, 'assets/app-4f9a1c.js'), '// app')
  const server = await newServer({ webClientDist: dist, settings })
  return (path: string) => anonymous(server)('GET', path)
}

const KINDS = [
  ['the page', '/', 200],
  ['an asset', '/assets/app-4f9a1c.js', 200],
  ['the API', '/api/openapi.json', 200],
  ['a refusal of the API', '/api/account', 401],
  ['what is not there', '/nothing.js', 404],
  ['the health check', '/healthz', 200],
] as const

test.each(KINDS)('%s says how it may be used', async (_what, path, status) => {
  const answer = await (await setup())(path)
  expect(answer.status).toBe(status)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self'; .*object-src 'none'; base-uri 'none'; .*frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default$/),
    'content-type': expect.stringMatching(/; charset=utf-8$|^application\/json$/i),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': 'geolocation=(), usb=(), serial=(), payment=()',
  })
  expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
  // Nobody else's page reads our answers, and what runs here is nobody's business.
  for (const header of ['access-control-allow-origin', 'access-control-allow-credentials', 'server', 'x-powered-by']) expect([header, answer.headers.get(header)]).toEqual([header, null])
})

test.each(KINDS)('behind TLS %s tells browsers to stay there for a year, with all names below', async (_what, path) => {
  const get = await setup({ PUBLIC_ORIGIN: 'https://chat.example.org' })
  expect((await get(path)).headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
})

test('without TLS nothing is said about it, or an address that never has TLS could not be reached again', async () => {
  expect((await (await setup())('/')).headers.get('strict-transport-security')).toBeNull()
})
