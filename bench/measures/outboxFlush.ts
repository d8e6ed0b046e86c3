import { v7 as uuidv7 } from 'uuid'
import { createEngine } from '../../client/sync/create.ts'
import type { Engine, Readable } from '../../client/sync/engine.ts'
import { realTimers, type SocketConstructor } from '../../client/sync/environment.ts'
import { createMemoryStore } from '../../client/sync/memoryStore.ts'
import { soloTab } from '../../client/sync/tabs.ts'
import { ServerProcess } from '../host/serverProcess.ts'
import type { Target } from '../targets/target.ts'
import { median } from './median.ts'
import type { Measure, Reading, Sizes } from './measure.ts'

/** A device that wrote a thousand entries offline comes back: from being connected to an empty outbox, all durable. */
export const outboxFlush: Measure = {
  name: 'flush',
  targets: ['ours'],
  cases: ({ flush }) => [
    {
      title: `outbox of ${flush.entries.toLocaleString('en')}`,
      headline: { figure: 'flush ms', better: 'less' },
      run: (target) => run(target, flush),
    },
  ],
}

const run = async (target: Target, { entries, repeats }: Sizes['flush']): Promise<Reading> => {
  const server = await ServerProcess.start(target)
  const network = new Network()
  const engine = await createEngine({
    server: new URL(`http://127.0.0.1:${server.port}/`),
    store: createMemoryStore(),
    tabs: soloTab(),
    fetch: (request) => fetch(request),
    WebSocket: network.WebSocket,
    clock: Date.now,
    random: Math.random,
    newId: () => uuidv7(),
    timers: realTimers,
    credentials: 'bearer',
    deviceLabel: 'bench',
    onNetworkChange: (listener) => network.onChange(listener),
    report: (error) => {
      throw error
    },
  })
  const conversation = await talk(engine)
  const took: number[] = []
  while (took.length < repeats) took.push(await flush(engine, conversation, network, entries))
  await engine.close()
  await server.stop()
  const milliseconds = median(took)
  return { figures: { 'flush ms': milliseconds, 'entries/s': (entries * 1000) / milliseconds }, marks: ['engine and store in the load process'] }
}

const talk = async (engine: Engine) => {
  const signedUp = await engine.signUp({ handle: 'alice', name: 'Alice', password: 'a long walk by the sea' })
  if (!signedUp.ok) throw new Error(signedUp.refusal.words)
  const created = await engine.createGroup({ name: 'Notes', members: [] })
  if (!created.ok) throw new Error(created.refusal.words)
  return engine.open(created.value)
}

const flush = async (engine: Engine, conversation: ReturnType<Engine['open']>, network: Network, entries: number): Promise<number> => {
  await until(engine.connection, ({ state }) => state === 'online')
  network.set(false)
  await until(engine.connection, ({ state }) => state === 'offline')
  for (let written = 0; written < entries; written += 1) await conversation.send({ text: `note ${written} of this walk` })
  network.set(true)
  await until(engine.connection, ({ state }) => state === 'online')
  const started = performance.now()
  await until(engine.outbox, ({ pending }) => pending === 0)
  return performance.now() - started
}

const until = <T>(readable: Readable<T>, holds: (value: T) => boolean): Promise<void> =>
  new Promise((done) => {
    if (holds(readable.get())) return done()
    const stop = readable.subscribe(() => {
      if (!holds(readable.get())) return
      stop()
      done()
    })
  })

/** A network that can be switched off: sockets are cut and none can be opened. */
class Network {
  readonly WebSocket: SocketConstructor
  #on = true
  readonly #sockets = new Set<WebSocket>()
  readonly #listeners = new Set<(online: boolean) => void>()

  constructor() {
    const isOn = () => this.#on
    const sockets = this.#sockets
    this.WebSocket = class extends WebSocket {
      constructor(url: string) {
        super(url)
        sockets.add(this)
        if (!isOn()) this.close()
      }
    }
  }

  set(on: boolean): void {
    this.#on = on
    if (!on) for (const socket of this.#sockets) socket.close()
    for (const listener of this.#listeners) listener(on)
  }

  onChange(listener: (online: boolean) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
