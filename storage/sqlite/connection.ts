// The one connection of the process, and the two ways to use it. SQLite answers synchronously, so everything inside one
// `read` or `write` happens with nothing in between; errors leave here in the words of the port.

import type Sqlite from 'better-sqlite3'
import { Checkpoints } from './checkpoints.ts'
import { portError } from './failures.ts'

export class Connection {
  readonly #sqlite: Sqlite.Database
  readonly #transaction: Sqlite.Transaction<(work: () => unknown) => unknown>
  readonly #tick: Sqlite.Statement<[number], number>
  readonly #countPing: Sqlite.Statement<[]>
  readonly #checkpoints: Checkpoints

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite
    this.#transaction = sqlite.transaction((work: () => unknown) => work())
    this.#tick = sqlite.prepare<[number], number>('UPDATE clock SET touched = max(touched + 1, ?) RETURNING touched').pluck()
    this.#countPing = sqlite.prepare('UPDATE clock SET pings = pings + 1')
    this.#checkpoints = new Checkpoints(sqlite)
    this.#checkpoints.now()
  }

  prepare<Parameters extends unknown[], Row = never>(sql: string): Sqlite.Statement<Parameters, Row> {
    return this.#sqlite.prepare<Parameters, Row>(sql)
  }

  /** For a question of one statement or two. */
  async read<T>(work: () => T): Promise<T> {
    return this.#inWordsOfThePort(work)
  }

  /** For many statements: one read transaction spares each of them two lock calls to the system. */
  async readMany<T>(work: () => T): Promise<T> {
    // `#transaction` returns what `work` returns.
    return this.#inWordsOfThePort(() => this.#transaction.deferred(work) as T)
  }

  /** All of `work` or nothing of it; on disk when the promise resolves. Work that changes nothing costs no sync. */
  async write<T>(work: () => T): Promise<T> {
    // As above. IMMEDIATE: a transaction that begins by reading must not find on its first write that it came too late.
    return this.#inWordsOfThePort(() => this.#transaction.immediate(work) as T)
  }

  /**
   * The value of `touched` for everything a transaction changes. Each call gets a greater one, also within a millisecond,
   * after a step back of the system clock and after a restart; so whoever has seen all up to n misses nothing by asking
   * for what is greater than n. Call it once in a transaction.
   */
  tick(now: number): number {
    const touched = this.#tick.get(now)
    if (touched === undefined) throw new Error('The row of the clock is missing.')
    return touched
  }

  /** Writes for certain: on a full disk a SELECT would succeed, and so would an UPDATE that changes nothing, which SQLite skips. */
  async ping(): Promise<void> {
    await this.write(() => this.#countPing.run())
  }

  /** Inside a transaction that erases: what it erased is to be gone from the write-ahead log too, soon after. */
  erased(): void {
    this.#checkpoints.soon()
  }

  close(): void {
    this.#checkpoints.stop()
    this.#sqlite.close()
  }

  #inWordsOfThePort<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw portError(error, this.#sqlite.name)
    }
  }
}
