// One process at a time. SQLite itself would let a second one write, safely, but what it wrote would reach nobody who is
// connected to the first: its log documents would fall behind their rows. So whoever opens the database, the server, an
// import or another command, holds this lock; a command that finds it taken says so and stops.
//
// The lock is SQLite's own, on an empty database of its own beside the real one: the system frees it however the process
// dies, so there is no stale lock file and no guessing whether a process id still lives. `locking_mode=EXCLUSIVE` on the
// database would do as well but shut out readers who do no harm: a backup, a replicator, a look with the sqlite3 shell.

import Sqlite from 'better-sqlite3'
import { DatabaseInUseError } from '../database.ts'
import { portError } from './failures.ts'

/** A restart may overlap the end of the process before. */
const PATIENCE_MS = 2_000

export function takeLock(file: string): { release(): void } {
  const path = `${file}.lock`
  const holder = new Sqlite(path, { timeout: PATIENCE_MS })
  try {
    holder.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    holder.close()
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_BUSY') throw portError(error, path)
    throw new DatabaseInUseError(
      `The database ${file} is in use by another process. Stop the Parley that runs on it, or give this one another DATA_DIR, and start again.`,
      { cause: error },
    )
  }
  // The file stays: deleting it would let one process lock a name and the next a new file of that name.
  return { release: () => void holder.close() }
}
