// What was erased stands in the write-ahead log until that is copied into the file and cut off, which SQLite does by itself
// only every few thousand pages. So an erasure asks for it here: soon, but not in the transaction, whose author waits; once
// for all erasures of a moment; and again when a reader from outside (a backup, a look with the sqlite3 shell) holds it up.

import Sqlite from 'better-sqlite3'
import { backoff } from '../../shared/backoff.ts'

export class Checkpoints {
  readonly #sqlite: Sqlite.Database
  #timer: NodeJS.Timeout | null = null

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite
  }

  soon(): void {
    this.#timer ??= setTimeout(() => this.#turn(0), SOON_MS).unref()
  }

  /** At the start: whoever was killed had no time for it. */
  now(): void {
    this.#turn(0)
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #turn(attempt: number): void {
    this.#timer = this.#cutLog() ? null : setTimeout(() => this.#turn(attempt + 1), SOON_MS + backoff(attempt, Math.random())).unref()
  }

  /** False: it has to be tried again. */
  #cutLog(): boolean {
    const patience = this.#sqlite.pragma('busy_timeout', { simple: true })
    // Everybody would wait with it.
    this.#sqlite.pragma('busy_timeout = 0')
    try {
      return this.#sqlite.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === DONE
    } catch (error) {
      // No room, or a disk that fails: those who write are told so. What is in the log stays there until it succeeds.
      if (!(error instanceof Sqlite.SqliteError)) throw error
      return false
    } finally {
      this.#sqlite.pragma(`busy_timeout = ${Number(patience)}`)
    }
  }
}

const SOON_MS = 1_000
/** The first column of the answer: 1 when somebody was in the way. */
const DONE = 0
