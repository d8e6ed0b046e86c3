// The engine of a program in Node: a bot, an import, a load test, a desktop shell. The same engine as in a browser, with
// a SQLite file for a store, or memory, and a token for a cookie.

import { hostname } from 'node:os'
import { v7 as uuidv7 } from 'uuid'
import { createEngine } from '../sync/create.ts'
import type { Engine } from '../sync/engine.ts'
import { realTimers } from '../sync/environment.ts'
import { createMemoryStore } from '../sync/memoryStore.ts'
import { soloTab } from '../sync/tabs.ts'
import { createSqliteStore } from './sqliteStore.ts'

export type NodeEngineOptions = {
  /** Where the server is, for example `http://localhost:3000`. */
  server: string | URL
  /** Where this device keeps what it holds, one file an engine; without it, in memory for as long as the process lasts. */
  file?: string
  /** How the device is called in the list of sessions; the host's name without it. */
  deviceLabel?: string
}

export function createNodeEngine(options: NodeEngineOptions): Promise<Engine> {
  return createEngine({
    server: new URL('/', options.server),
    store: options.file === undefined ? createMemoryStore() : createSqliteStore(options.file),
    tabs: soloTab(),
    fetch: (request) => fetch(request),
    WebSocket,
    clock: () => Date.now(),
    random: () => Math.random(),
    newId: () => uuidv7(),
    timers: realTimers,
    credentials: 'bearer',
    deviceLabel: options.deviceLabel ?? hostname(),
    report(error) {
      // Nobody waits for it and nothing may swallow it: the process decides, as for any uncaught error.
      queueMicrotask(() => {
        throw error
      })
    },
  })
}
