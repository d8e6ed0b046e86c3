import { expect, test } from 'vitest'
import { allowedOrigins, mainOrigin } from './origins.ts'

test('a server for this machine is reached by every name of it', () => {
  const config = { publicOrigins: [], host: '127.0.0.1' }
  expect(allowedOrigins(config, 3000)).toEqual(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])
  expect(mainOrigin(config, 3000)).toBe('http://localhost:3000')
})

test('a browser leaves the usual port out, and so do we', () => {
  expect(allowedOrigins({ publicOrigins: [], host: '127.0.0.1' }, 80)).toContain('http://localhost')
})

test('a server for one network is reached by its address there', () => {
  for (const [host, origin] of [['chat.lan', 'http://chat.lan:3000'], ['2001:db8::1', 'http://[2001:db8::1]:3000']] as const) {
    expect(allowedOrigins({ publicOrigins: [], host }, 3000)).toContain(origin)
    expect(mainOrigin({ publicOrigins: [], host }, 3000)).toBe(origin)
  }
})

test('a server for everyone is reached by any address of this machine, and no other', () => {
  const origins = allowedOrigins({ publicOrigins: [], host: '0.0.0.0' }, 3000)
  expect(origins).toContain('http://127.0.0.1:3000')
  expect(origins.every((origin) => URL.canParse(origin))).toBe(true)
  expect(origins).not.toContain('http://0.0.0.0:3000')
})

test('what the owner said is all there is', () => {
  const config = { publicOrigins: ['https://chat.example.org', 'https://old.example.org'], host: '0.0.0.0' }
  expect(allowedOrigins(config, 3000)).toEqual(config.publicOrigins)
  expect(mainOrigin(config, 3000)).toBe('https://chat.example.org')
})
