import { expect, test } from 'vitest'
import { PING_INTERVAL_MS } from '../../shared/limits.ts'
import { CLOSE } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { Connection, ConnectionLostError } from './connection.ts'
import type { SocketLike } from './environment.ts'
import { alice, device, lunch } from './people.testing.ts'
import { createHandTimers } from './timers.testing.ts'

const WELCOME = { type: 'welcome', version: PROTOCOL_VERSION, user: alice, device, session: device, personalGeneration: 0, own: { person: { id: alice, handle: 'alice', name: 'Alice', placeholder: false }, privacy: { presence: 'everyone', privateReceipts: false }, blocked: [] }, now: 0 }

/** A connection whose server is this test, and whose clock moves by hand. */
function setup() {
  const timers = createHandTimers()
  const sockets: FakeSocket[] = []
  const log: string[] = []
  const connection = new Connection(
    {
      url: new URL('ws://localhost/sync'),
      WebSocket: class extends FakeSocket {
        constructor(url: string) {
          super(url)
          sockets.push(this)
        }
      },
      clock: () => timers.now,
      random: () => 0.5,
      timers,
      hello: () => ({ token: 'secret' }),
    },
    {
      state: (state) => log.push(state.state),
      up: () => log.push('up'),
      down: () => log.push('down'),
      message: (message) => log.push(message.type),
      frame: (frame) => log.push(`frame of ${frame.length}`),
      heard: (ping) => log.push(`pong ${ping}`),
      rejected: () => log.push('rejected'),
    },
  )
  connection.start()
  // `start` made the first.
  const server = () => sockets.at(-1) as FakeSocket
  return { connection, timers, sockets, server, log }
}

test('says hello with the token, and is up with the welcome', () => {
  const { server, log } = setup()
  server().happen('open', undefined)
  expect(server().sent).toEqual([JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, token: 'secret' })])
  expect(log).toEqual(['connecting'])
  server().say(WELCOME)
  expect(log).toEqual(['connecting', 'online', 'up'])
})

test('matches answers to requests in whatever order they come', async () => {
  const { connection, server } = setup()
  server().say(WELCOME)
  const first = connection.request({ type: 'open', conversation: lunch })
  const second = connection.request({ type: 'open', conversation: lunch })
  server().say({ type: 'refused', ref: 1, refusal: { code: 'not-member', retry: false, words: 'second' } })
  server().say({ type: 'refused', ref: 0, refusal: { code: 'not-member', retry: false, words: 'first' } })
  expect(await first).toMatchObject({ refusal: { words: 'first' } })
  expect(await second).toMatchObject({ refusal: { words: 'second' } })
})

test('what waits for an answer learns that the connection was lost, and the connection comes back', async () => {
  const { connection, timers, sockets, server, log } = setup()
  server().say(WELCOME)
  const answer = connection.request({ type: 'open', conversation: lunch })
  server().happen('close', { code: 1006, reason: '' })
  await expect(answer).rejects.toThrow(ConnectionLostError)
  await expect(connection.request({ type: 'open', conversation: lunch })).rejects.toThrow(ConnectionLostError)
  expect(log.slice(3)).toEqual(['down', 'offline'])
  timers.advance(1_000)
  expect(sockets).toHaveLength(2)
})

test('waits longer each time it fails, and a moment again after it was well', () => {
  const { timers, sockets, server } = setup()
  const waits: number[] = []
  const failAndWait = (code: number) => {
    const [failedAt, before] = [timers.now, sockets.length]
    server().happen('close', { code, reason: '' })
    while (sockets.length === before) timers.advance(50)
    waits.push(timers.now - failedAt)
  }
  for (let failure = 0; failure < 8; failure++) failAndWait(1006)
  server().say(WELCOME)
  timers.advance(10_000)
  failAndWait(CLOSE.draining)
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 500])
})

test('a network that comes back is tried at once', () => {
  const { connection, sockets, server } = setup()
  server().happen('close', { code: 1006, reason: '' })
  connection.wake()
  expect(sockets).toHaveLength(2)
})

test('what failed while there was no network makes nothing wait once it is back', () => {
  const { connection, timers, sockets, server } = setup()
  for (let failures = 0; failures < 8; failures += 1) {
    server().happen('close', { code: 1006, reason: '' })
    timers.advance(30_000)
  }
  // One more try is under way, and cannot come through any more.
  connection.wake()
  const tries = sockets.length
  server().happen('close', { code: 1006, reason: '' })
  timers.advance(1_000)
  expect(sockets.length).toBe(tries + 1)
})

test('a network that comes back while the socket is still closing is tried at once', () => {
  const { connection, sockets, server, log } = setup()
  server().say(WELCOME)
  server().readyState = 2
  connection.wake()
  expect(sockets.length).toBe(2)
  expect(log.slice(3)).toEqual(['down', 'connecting'])
})

test('silence is noticed although nobody says that the connection is gone', () => {
  const { timers, server, log } = setup()
  server().say(WELCOME)
  timers.advance(PING_INTERVAL_MS)
  server().say({ type: 'pong' })
  expect(log.at(-1)).toBe('pong 0')
  timers.advance(PING_INTERVAL_MS * 3)
  expect(log.slice(-2)).toEqual(['down', 'offline'])
})

test('signed out is not tried again', () => {
  const { timers, sockets, server, log } = setup()
  server().happen('close', { code: CLOSE.signedOut, reason: '' })
  timers.advance(100_000)
  expect(log).toEqual(['connecting', 'offline', 'rejected'])
  expect(sockets).toHaveLength(1)
})

test.each(['not JSON', '{"type":"from the future"}', '[]'])('a server that says %s is left, not guessed at', (words) => {
  const { server, log } = setup()
  server().say(WELCOME)
  server().happen('message', { data: words })
  expect(log.slice(-2)).toEqual(['down', 'offline'])
})

test('a socket that was given up has no say any more', () => {
  const { connection, sockets, server, log } = setup()
  server().say(WELCOME)
  connection.lose('offline')
  const before = log.length
  sockets[0]?.say(WELCOME)
  sockets[0]?.happen('close', { code: 1006, reason: '' })
  expect(log).toHaveLength(before)
})

test('sends nothing into a socket that is closing: what was asked is lost, as it would be a moment later', async () => {
  const { connection, server } = setup()
  server().say(WELCOME)
  const before = server().sent.length
  server().readyState = WebSocket.CLOSING
  expect(connection.isUp()).toBe(false)
  expect(connection.send({ type: 'ping' })).toBe(false)
  await expect(connection.request({ type: 'open', conversation: lunch })).rejects.toThrow(ConnectionLostError)
  expect(server().sent).toHaveLength(before)
})

class FakeSocket implements SocketLike {
  binaryType = 'blob'
  readyState: number = WebSocket.OPEN
  readonly url: string
  readonly sent: (string | Uint8Array)[] = []
  readonly #listeners = new Map<string, ((event: never) => void)[]>()

  constructor(url: string) {
    this.url = url
  }

  send(data: string | Uint8Array): void {
    this.sent.push(data)
  }

  close(): void {
    this.sent.push('(closed)')
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener])
  }

  say(message: object): void {
    this.happen('message', { data: JSON.stringify(message) })
  }

  happen(type: string, event: unknown): void {
    // Each listener takes the event of its type.
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never)
  }
}
