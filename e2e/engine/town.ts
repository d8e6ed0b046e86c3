// A town for tests: one real server on a real port with a real database, and people whose devices are real engines. The
// network of a device can be cut, and what passes through it is counted.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { onTestFinished } from 'vitest'
import { createEngine } from '../../client/sync/create.ts'
import type { Engine } from '../../client/sync/engine.ts'
import type { Environment } from '../../client/sync/environment.ts'
import { realTimers } from '../../client/sync/environment.ts'
import { createMemoryStore } from '../../client/sync/memoryStore.ts'
import type { ReplicaStore } from '../../client/sync/replicaStore.ts'
import type { TabCoordinator } from '../../client/sync/tabs.ts'
import { soloTab } from '../../client/sync/tabs.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { createLogger } from '../../server/logger.ts'
import type { RunningServer } from '../../server/server.ts'
import { startServer } from '../../server/server.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { Network } from './network.ts'
import { eventually } from './eventually.ts'

const PASSWORD = 'correct horse battery'

export async function startTown(): Promise<Town> {
  const dataDir = mkdtempSync(join(tmpdir(), 'town-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  let server = await serve(dataDir, 0)
  onTestFinished(() => server.drain())
  const errors: unknown[] = []
  onTestFinished(() => {
    if (errors.length > 0) throw new AggregateError(errors, 'An engine reported errors.')
  })

  return {
    get server() {
      return server
    },
    async restart(between) {
      const { port } = server
      await server.drain()
      await between?.()
      server = await serve(dataDir, port)
    },
    async device(handle, { store = createMemoryStore(), tabs = soloTab(), network = new Network(), signIn = true, onAttention, isDead = () => false } = {}) {
      const engine = await createEngine({
        server: new URL(`http://127.0.0.1:${server.port}/`),
        store,
        tabs,
        fetch: network.fetch,
        WebSocket: network.WebSocket,
        onNetworkChange: network.onBack,
        clock: () => Date.now(),
        random: () => Math.random(),
        newId: () => uuidv7(),
        // Hours in tests are seconds: only waits for a server are shortened.
        timers: { after: (milliseconds, callback) => realTimers.after(milliseconds > 100 && milliseconds < 15_000 ? milliseconds / 10 : milliseconds, callback) },
        credentials: 'bearer',
        ...(onAttention === undefined ? {} : { onAttention }),
        deviceLabel: `${handle}'s device`,
        report: (error) => isDead() || errors.push(error),
      })
      onTestFinished(() => (isDead() ? undefined : engine.close()))
      if (signIn && engine.account.get().state !== 'signed-in') await register(engine, handle)
      return { engine, network, store, handle, me: () => idOf(engine) }
    },
    async group(owner, ...members) {
      const made = await owner.engine.createGroup({ name: 'Lunch', members: members.map(({ me }) => me()) })
      if (!made.ok) throw new Error(made.refusal.words)
      return made.value
    },
  }
}

async function serve(dataDir: string, port: number): Promise<RunningServer> {
  return startServer({
    config: { port, host: '127.0.0.1', dataDir, logLevel: 'silent', publicOrigins: [], trustedProxies: 0, sessionDays: 30, signUpsPerHour: 1_000_000 },
    database: await openSqlite({ file: join(dataDir, 'parley.db') }),
    logger: createLogger('silent'),
    // What argon2 costs is measured elsewhere.
    passwords: { hash: (password) => Promise.resolve(password), verify: (hash, password) => Promise.resolve(hash === password) },
  })
}

/** Signs up, or signs in if there is such an account: a second device. */
async function register(engine: Engine, handle: string): Promise<void> {
  const signedUp = await engine.signUp({ handle, name: handle, password: PASSWORD })
  if (signedUp.ok) return
  const signedIn = await engine.signIn({ handle, password: PASSWORD })
  if (!signedIn.ok) throw new Error(signedIn.refusal.words)
}

function idOf(engine: Engine): UserId {
  const account = engine.account.get()
  if (account.state !== 'signed-in') throw new Error('Nobody is signed in.')
  return account.person.id
}

export async function online({ engine }: Pick<Device, 'engine'>): Promise<void> {
  await eventually(() => engine.connection.get().state === 'online')
}

export async function offline({ engine, network }: Pick<Device, 'engine' | 'network'>): Promise<void> {
  network.cut()
  await eventually(() => engine.connection.get().state === 'offline')
}

/** The server knows what was set on this device, or would not have it. */
export async function told({ engine }: Pick<Device, 'engine'>): Promise<void> {
  await eventually(() => engine.changes.get().pending.length === 0)
}

/** What the messages of a conversation say, from the first to the last, holes as `…`. */
export function shown({ engine }: Pick<Device, 'engine'>, id: ConversationId): string[] {
  const conversation = engine.open(id)
  try {
    const { timeline } = conversation
    const items = Array.from({ length: timeline.get().length }, (_, index) => timeline.at(index))
    return items.filter((item) => item?.kind !== 'annotation').map((item) => item?.body.text ?? '…')
  } finally {
    conversation.close()
  }
}

export function marks({ engine }: Pick<Device, 'engine'>, id: ConversationId): string[] {
  const conversation = engine.open(id)
  try {
    const { timeline } = conversation
    return Array.from({ length: timeline.get().length }, (_, index) => timeline.at(index)?.mark.state ?? '…')
  } finally {
    conversation.close()
  }
}

export type Device = { engine: Engine; network: Network; store: ReplicaStore; handle: string; me: () => UserId }

export type Town = {
  readonly server: RunningServer
  restart(between?: () => Promise<void>): Promise<void>
  device(handle: string, options?: { store?: ReplicaStore; tabs?: TabCoordinator; network?: Network; signIn?: boolean; onAttention?: NonNullable<Environment['onAttention']>; isDead?: () => boolean }): Promise<Device>
  group(owner: Device, ...members: Device[]): Promise<ConversationId>
}
