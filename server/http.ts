// The one port: HTTP for everything, and the upgrade of GET /sync to a WebSocket.

import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { ApiEnv } from './api/api.ts'
import type { Sync } from './sync.ts'

export const SYNC_PATH = '/sync'

/** A request that trickles in holds a connection; these are how long it may. */
export const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  /** Longer than proxies keep an idle connection (60 s), so that they close it, not we. */
  keepAliveTimeout: 65_000,
}

/** Longer than an append takes, much shorter than an orchestrator waits before it kills. */
const LAST_ANSWERS_MS = 3_000

/** It answers nothing yet: what, is decided once its port is known. */
export function createHttpServer(timeouts: typeof TIMEOUTS = TIMEOUTS): HttpServer {
  const server = createServer(timeouts)
  const connections = new Set<Socket>()
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })

  return {
    server,
    async close() {
      const closed = once(server, 'close')
      server.close()
      // A client that stopped reading, or never answers the end of its WebSocket, is not waited for.
      const timer = setTimeout(() => {
        for (const socket of connections) socket.destroy()
      }, LAST_ANSWERS_MS)
      await closed
      clearTimeout(timer)
    },
  }
}

/** `close` takes no new connections and resolves when the last one is closed; requests in flight get their answer. */
export type HttpServer = { server: Server; close(): Promise<void> }

export function serve(server: Server, { app, sync }: { app: Hono<ApiEnv>; sync: Pick<Sync, 'handleUpgrade'> }): void {
  const listener = getRequestListener(app.fetch)
  server.on('request', (request, response) => void listener(request, response))
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [path] = (request.url ?? '').split('?', 1)
    if (request.method === 'GET' && path === SYNC_PATH) sync.handleUpgrade(request, socket, head)
    else refuseUpgrade(socket)
  })
}

function refuseUpgrade(socket: Duplex): void {
  // Whoever asked may be gone already; then there is nobody to tell.
  socket.on('error', () => socket.destroy())
  socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy())
}
