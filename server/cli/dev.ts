// The server of `npm run dev`, restarted when a source changes. The client comes from Vite on its own port, so pages from
// there have to be ours as well.

import { env } from 'node:process'

const VITE_PORT = 5173

env['PUBLIC_ORIGIN'] ??= ['localhost', '127.0.0.1'].flatMap((host) => [`http://${host}:${VITE_PORT}`, `http://${host}:3000`]).join(',')
await import('../main.ts')
