// A world from a seed: people with devices, the network between them, one server that can crash, and the time that all
// of them share. Made and brought down by simulate.ts; what happens in it is decided by actions.ts.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { Random } from '../random.ts'
import { Device } from './device.ts'
import { Network } from './network.ts'
import { Recorder } from './recorder.ts'
import { ServerNode } from './serverNode.ts'
import { VirtualTime } from './virtualTime.ts'

const DAY_MS = 86_400_000

export class World {
  readonly time = new VirtualTime()
  readonly random: Random
  readonly recorder = new Recorder(this.time)
  readonly network: Network
  readonly devices: Device[] = []
  /** `owner`: who may add and remove people; null in a direct conversation. */
  readonly conversations: { id: ConversationId; name: string; owner: string | null }[] = []
  /** Makes each text the only one of its kind. */
  said = 0
  readonly userIds = new Map<string, UserId>()
  /** Errors that nobody caught: each is a failure of the run, whatever the history says. */
  readonly errors: unknown[] = []
  readonly #directory = mkdtempSync(join(scratch(), 'parley-simulation-'))
  readonly #restore: () => void
  #server: ServerNode | null = null
  #serverIds = 0

  constructor(seed: number) {
    this.random = new Random(seed)
    this.network = new Network(this.time, this.random.fork(), this.recorder.traffic)
    this.#restore = this.time.install()
  }

  get server(): ServerNode | null {
    return this.#server
  }

  addDevice(user: string, kind: string): Device {
    const random = this.random.fork()
    // A third of all clocks are right, the others wrong by up to a day.
    const skew = random.chance(1 / 3) ? 0 : random.int(-DAY_MS, DAY_MS)
    const device = new Device(user, kind, this.network.link(`${user}/${kind}`), {
      time: this.time,
      recorder: this.recorder,
      random,
      skew,
      work: (promise) => this.work(promise),
      fail: this.fail,
    })
    this.devices.push(device)
    return device
  }

  /** Something that goes on by itself while time passes. */
  work(promise: Promise<unknown>): void {
    promise.catch(this.fail)
  }

  readonly fail = (error: unknown): void => {
    this.errors.push(error)
  }

  async startServer(): Promise<void> {
    if (this.#server !== null) return
    const ids = this.random.fork()
    this.#server = await ServerNode.start({
      file: join(this.#directory, 'parley.db'),
      witness: this.recorder.witness,
      clock: () => Math.floor(this.time.now),
      newId: () => uuidv7({ msecs: Math.floor(this.time.now), seq: this.#serverIds++, random: ids.bytes(16) }),
      // What the server calls an error is one: it is held against the run.
      logger: pino({ level: 'error' }, { write: (line: string) => this.fail(new Error(`the server logged ${line}`)) }),
    })
    this.network.host = this.#server
  }

  /** The database and its write-ahead log, as they lie on the disk. */
  serverFiles(): string {
    return readdirSync(this.#directory).map((name) => readFileSync(join(this.#directory, name)).toString('latin1')).join('\n')
  }

  /** What was not committed is gone. Comes back by `startServer`. */
  crashServer(): void {
    const server = this.#server
    if (server === null) return
    this.#server = null
    this.network.hostCrashed()
    this.work(server.crash())
  }

  /** Runs `action` to its end, however much time it takes, within `ms`. */
  async untilDone<T>(action: () => Promise<T>, ms = 60_000): Promise<T> {
    const outcome: { value?: { value: T }; error?: { error: unknown } } = {}
    action().then(
      (value) => (outcome.value = { value }),
      (error: unknown) => (outcome.error = { error }),
    )
    await this.time.runFor(ms, () => outcome.value !== undefined || outcome.error !== undefined)
    if (outcome.error !== undefined) throw outcome.error.error
    if (outcome.value === undefined) throw new Error(`nothing came of it within ${ms} ms`)
    return outcome.value.value
  }

  async end(): Promise<void> {
    for (const device of this.devices) device.crash()
    await this.#server?.crash()
    await this.time.drain()
    this.#restore()
    rmSync(this.#directory, { recursive: true })
  }
}

/** Memory where there is some: the file and its write-ahead log are real, only the disk's wait is not. */
function scratch(): string {
  const memory = '/dev/shm'
  return statSync(memory, { throwIfNoEntry: false })?.isDirectory() === true ? memory : tmpdir()
}
