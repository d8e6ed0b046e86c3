// What SQLite throws → what the port promises to throw.

import Sqlite from 'better-sqlite3'
import { DatabaseDamagedError, StorageFullError } from '../database.ts'

export function portError(error: unknown, file: string): unknown {
  // The only text parsed inside a store is a body that commit wrote.
  if (error instanceof SyntaxError) return damaged(file, 'a body is not JSON', error)
  if (!(error instanceof Sqlite.SqliteError)) return error
  if (FULL.has(error.code)) return new StorageFullError({ cause: error })
  if (isDamage(error.code)) return damaged(file, error.message, error)
  return error
}

export function damaged(file: string, finding: string, cause?: unknown): DatabaseDamagedError {
  return new DatabaseDamagedError(
    `The database ${file} is damaged: ${finding}. ` +
      `Move ${file}, ${file}-wal and ${file}-shm (those that exist) to a safe place, then put a backup in their place and start again. ` +
      `Without a backup, \`sqlite3 ${file} .recover | sqlite3 rescued.db\` on the moved files saves what can still be read. ` +
      `To begin with an empty database, start again after moving them.`,
    { cause },
  )
}

/**
 * A disk or quota without room shows as FULL when a page is written, as SHMSIZE when the index of the write-ahead log
 * cannot grow, and as WRITE on some network file systems. A failed fsync is left out: that is a dying disk.
 */
const FULL = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE'])

function isDamage(code: string): boolean {
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')
}
