import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from '../targets/target.ts'
import { SERVER_CORE } from './cores.ts'

/** What `npm start` runs our server with; the yardsticks get the same. */
const NODE_FLAGS = ['--max-semi-space-size=32']

/** A target's server in a process of its own, on its own core, with an empty folder on a real disk. */
export class ServerProcess {
  readonly pid: number
  readonly port: number
  readonly #child: ChildProcess
  readonly #folder: string

  static async start(target: Target): Promise<ServerProcess> {
    const port = await freePort()
    // Not the system's temporary folder: that may be memory, where a flush to disk costs nothing.
    const folder = resolve(import.meta.dirname, `../results/.data-${process.pid}-${port}`)
    mkdirSync(folder, { recursive: true })
    const { script, env } = target.server(port, folder)
    const child = spawn('taskset', ['-c', String(SERVER_CORE), process.execPath, ...NODE_FLAGS, script], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const server = new ServerProcess(child, port, folder)
    await server.#listening()
    return server
  }

  private constructor(child: ChildProcess, port: number, folder: string) {
    if (child.pid === undefined) throw new Error('the server did not start')
    this.pid = child.pid
    this.port = port
    this.#child = child
    this.#folder = folder
    process.on('exit', this.#remove)
  }

  async stop(): Promise<void> {
    const gone = new Promise((done) => this.#child.once('exit', done))
    this.#child.kill('SIGKILL')
    await gone
    process.off('exit', this.#remove)
    this.#remove()
  }

  /** Killed, not asked: a closing server has work that belongs to no measurement. */
  readonly #remove = (): void => {
    this.#child.kill('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #listening(): Promise<void> {
    const deadline = Date.now() + START_LIMIT_MS
    while (!(await accepts(this.port))) {
      if (this.#child.exitCode !== null) throw new Error(`the server exited with ${this.#child.exitCode}`)
      if (Date.now() > deadline) throw new Error(`the server did not listen within ${START_LIMIT_MS} ms`)
      await sleep(20)
    }
  }
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolvePromise) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolvePromise(true)
    })
    socket.on('error', () => resolvePromise(false))
  })

const freePort = (): Promise<number> =>
  new Promise((resolvePromise) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      // A listening TCP server has an address with a port.
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolvePromise(port))
    })
  })

const START_LIMIT_MS = 20_000
