// The real server in a process of its own, to be killed. It always comes back on the same port with the same data, as
// under any supervisor, so that clients find it again by themselves.

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const MAIN = resolve(import.meta.dirname, '../../server/main.ts')
const START_MAX_MS = 60_000

export class ServerProcess {
  readonly dataDir: string
  readonly port: number
  readonly #flags: readonly string[]
  #child: ChildProcess | null = null
  #words = ''

  private constructor(dataDir: string, port: number, flags: readonly string[]) {
    this.dataDir = dataDir
    this.port = port
    this.#flags = flags
    process.on('exit', this.#killNow)
  }

  /** Not started yet. `dataDir`: an empty folder of its own unless given. `flags`: of Node. */
  static async create(dataDir = mkdtempSync(join(tmpdir(), 'parley-crash-')), flags: readonly string[] = []): Promise<ServerProcess> {
    return new ServerProcess(dataDir, await freePort(), flags)
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get pid(): number {
    const pid = this.#child?.pid
    if (pid === undefined) throw new Error('the server is not running')
    return pid
  }

  /** What it has said on stdout and stderr since it was last started. */
  get words(): string {
    return this.#words
  }

  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Until it says that it is ready. */
  async start(): Promise<void> {
    const child = this.#spawn()
    await new Promise<void>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`the server was not ready within ${START_MAX_MS} ms:\n${this.#words}`)), START_MAX_MS)
      child.stdout?.on('data', () => {
        if (!this.#words.includes('Parley is ready')) return
        clearTimeout(late)
        done()
      })
      child.once('close', () => {
        clearTimeout(late)
        fail(new Error(`the server did not start:\n${this.#words}`))
      })
    })
  }

  /** For a start that must fail: resolves with the exit code. */
  async startAndExit(): Promise<number | null> {
    this.#spawn()
    return this.#exited()
  }

  /** SIGKILL: no warning, no last write. */
  async kill(): Promise<void> {
    const gone = this.#exited()
    this.#child?.kill('SIGKILL')
    await gone
  }

  /** SIGTERM: the polite way. Resolves with the exit code. */
  async terminate(): Promise<number | null> {
    const gone = this.#exited()
    this.#child?.kill('SIGTERM')
    return gone
  }

  async remove(): Promise<void> {
    if (this.running) await this.kill()
    process.off('exit', this.#killNow)
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  #spawn(): ChildProcess {
    this.#words = ''
    const environment = {
      PATH: process.env['PATH'] ?? '',
      PORT: String(this.port),
      DATA_DIR: this.dataDir,
      LOG_LEVEL: 'warn',
      SIGN_UPS_PER_HOUR: '1000000',
    }
    const child = spawn(process.execPath, [...this.#flags, MAIN], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (words: string) => (this.#words += words))
    this.#child = child
    return child
  }

  #exited(): Promise<number | null> {
    const child = this.#child
    if (child === null) throw new Error('the server was never started')
    // 'close' comes after the last byte of its output; 'exit' may come before.
    if (child.stdout?.closed === true && !this.running) return Promise.resolve(child.exitCode)
    return new Promise((done) => child.once('close', (code) => done(code)))
  }

  readonly #killNow = (): void => {
    this.#child?.kill('SIGKILL')
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      // A listening TCP server has an address with a port.
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}
