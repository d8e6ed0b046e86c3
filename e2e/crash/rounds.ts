// One round: load, SIGKILL at a moment drawn by chance, look into the file, start again, look over the API. The ledger
// goes on from round to round, so the last one still answers for the first.

import { ServerProcess } from './serverProcess.ts'
import type { Wanted } from './found.ts'
import { foundInFile, foundOverApi } from './found.ts'
import { Ledger } from './ledger.ts'
import { changeSettings, readAlong, writeOverHttp, writeOverSocket } from './load/load.ts'
import type { Person } from './people.ts'
import { createGroup, signUp } from './people.ts'

/** The moment is drawn in entries acknowledged, not in milliseconds: so each round has load, on any machine. */
const KILL_AFTER_ENTRIES = { min: 20, max: 400 }
/** And then at any point of what happens every few milliseconds: a commit, its answers, its replication. */
const KILL_JITTER_MS = 25
/** Logs grow by thousands of entries a round; past this many a fresh conversation keeps the comparison fast. */
const ENTRIES_A_CONVERSATION = 5_000

export class CrashTest {
  readonly server: ServerProcess
  readonly ledger = new Ledger()
  readonly #people: Readonly<Record<'alice' | 'bob' | 'carol' | 'dave', Person>>
  readonly #wanted: { conversations: Wanted['conversations'][number][]; people: readonly Person[] }

  private constructor(server: ServerProcess, people: CrashTest['people']) {
    this.server = server
    this.#people = people
    this.#wanted = { conversations: [], people: Object.values(people) }
  }

  static async create(server?: ServerProcess): Promise<CrashTest> {
    const process = server ?? (await ServerProcess.create())
    await process.start()
    const [alice, bob, carol, dave] = await Promise.all(['alice', 'bob', 'carol', 'dave'].map((handle) => signUp(process.origin, handle)))
    if (alice === undefined || bob === undefined || carol === undefined || dave === undefined) throw new Error('four handles make four people')
    const test = new CrashTest(process, { alice, bob, carol, dave })
    await test.#newConversation()
    return test
  }

  get people(): Readonly<Record<'alice' | 'bob' | 'carol' | 'dave', Person>> {
    return this.#people
  }

  get wanted(): Wanted {
    return this.#wanted
  }

  /** `random` in [0, 1) says when. Resolves with the promises that were broken. */
  async round(number: number, random: number): Promise<string[]> {
    if (this.ledger.highest(this.#conversation) > ENTRIES_A_CONVERSATION) await this.#newConversation()
    const load = this.startLoad(number)
    await this.ledger.reached(this.ledger.counts.acknowledged + KILL_AFTER_ENTRIES.min + random * (KILL_AFTER_ENTRIES.max - KILL_AFTER_ENTRIES.min))
    await new Promise((done) => setTimeout(done, ((random * 1_000) % 1) * KILL_JITTER_MS))
    await this.server.kill()
    await load.stop()
    const inFile = this.ledger.broken(await foundInFile(this.server.dataDir, this.#wanted))
    await this.server.start()
    const overApi = this.ledger.broken(await foundOverApi(this.server.origin, this.#wanted))
    return [...inFile.map((words) => `in the file: ${words}`), ...overApi.map((words) => `over the API: ${words}`)]
  }

  /** Two write over sockets, two over HTTP, three read along, two change their settings. */
  startLoad(number: number): { stop(): Promise<void> } {
    const end = new AbortController()
    const load = { origin: this.server.origin, ledger: this.ledger, conversation: this.#conversation, signal: end.signal }
    const { alice, bob, carol, dave } = this.#people
    const loads = [
      writeOverSocket(load, alice),
      writeOverSocket(load, bob),
      writeOverHttp(load, carol),
      writeOverHttp(load, dave),
      readAlong(load, alice),
      readAlong(load, bob),
      readAlong(load, carol),
      changeSettings(load, alice, number),
      changeSettings(load, dave, number),
    ]
    const ended = Promise.all(loads)
    // Awaited by `stop`; until then a failure must not count as nobody's.
    ended.catch(() => {})
    return {
      async stop() {
        end.abort()
        await ended
      },
    }
  }

  async remove(): Promise<void> {
    await this.server.remove()
  }

  get #conversation(): Wanted['conversations'][number] {
    const conversation = this.#wanted.conversations.at(-1)
    if (conversation === undefined) throw new Error('create makes the first conversation')
    return conversation
  }

  async #newConversation(): Promise<void> {
    const { alice, bob, carol, dave } = this.#people
    this.#wanted.conversations.push(await createGroup(this.server.origin, alice, [bob, carol, dave], `room ${this.#wanted.conversations.length + 1}`))
  }
}
