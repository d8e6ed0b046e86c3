// The built web client. Files whose name carries a hash of their content are kept for good; the page and the service
// worker are asked for again each time, so that a new version arrives. Any address that is not a file is the page's own.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import type { ApiEnv } from './api/api.ts'

const HASHED = '/assets/'

export function createWebClient(dist: string): Hono<ApiEnv> {
  const web = new Hono<ApiEnv>()
  // A server without its client still serves the API: in development the client comes from elsewhere.
  if (!existsSync(join(dist, 'index.html'))) {
    return web.get('/', (c) => c.text('The web client is not built. Run `npm start`, or `npm run dev` to work on it.', 404))
  }

  web.use(async (c, next) => {
    await next()
    if (c.res.ok) c.header('Cache-Control', c.req.path.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache')
  })
  web.get(`${HASHED}*`, serveStatic({ root: dist }), (c) => c.notFound())
  web.use(etag())
  web.get('*', serveStatic({ root: dist }))

  const page = serveStatic({ root: dist, path: 'index.html' })
  web.get('*', (c, next) => (isPageAddress(c.req.path) ? page(c, next) : next()))
  return web
}

/** Somebody typed it or reloaded there; what has a dot is a file that is not (any more) there. */
function isPageAddress(path: string): boolean {
  return !path.includes('.')
}
