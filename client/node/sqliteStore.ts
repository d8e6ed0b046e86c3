// The replica store of a bot, an import or a desktop shell: one SQLite file, one process.

import { deserialize, serialize } from 'node:v8'
import Database from 'better-sqlite3'
import type { ReplicaStore, StoreWrite } from '../sync/replicaStore.ts'

/** Other processes find the file locked: the replica has one writer. */
export class ReplicaInUseError extends Error {
  constructor(file: string, options?: ErrorOptions) {
    super(`Another process uses ${file}. Give each engine its own file, or stop the other one.`, options)
    this.name = 'ReplicaInUseError'
  }
}

export function createSqliteStore(file: string): ReplicaStore {
  const database = open(file)
  const get = database.prepare<[string, string], { value: Buffer }>('SELECT value FROM replica WHERE tbl = ? AND key = ?')
  const range = database.prepare<[string, string, string, number], { key: string; value: Buffer }>(
    'SELECT key, value FROM replica WHERE tbl = ? AND key >= ? AND key < ? ORDER BY key LIMIT ?',
  )
  const put = database.prepare<[string, string, Buffer]>('INSERT INTO replica (tbl, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
  const del = database.prepare<[string, string]>('DELETE FROM replica WHERE tbl = ? AND key = ?')
  const deleteRange = database.prepare<[string, string, string]>('DELETE FROM replica WHERE tbl = ? AND key >= ? AND key < ?')

  const writeAll = database.transaction((batch: readonly StoreWrite[]) => {
    for (const write of batch) {
      if (write.type === 'put') put.run(write.table, write.key, serialize(write.value))
      else if (write.type === 'delete') del.run(write.table, write.key)
      else deleteRange.run(write.table, write.from, write.to)
    }
  })
  let strict = false

  // Callers hold promises: what SQLite throws must reach them as a rejection.
  /* oxlint-disable typescript/require-await */
  return {
    get: async (table, key) => {
      const row = get.get(table, key)
      return row === undefined ? undefined : (deserialize(row.value) as unknown)
    },
    range: async (table, from, to, limit = -1) => range.all(table, from, to, limit).map((row) => ({ key: row.key, value: deserialize(row.value) as unknown })),
    write: async (batch, durability) => {
      // WAL with NORMAL survives a crash of the process; FULL also a power cut.
      if ((durability === 'strict') !== strict) {
        strict = !strict
        database.pragma(`synchronous = ${strict ? 'FULL' : 'NORMAL'}`)
      }
      writeAll.immediate(batch)
    },
    close: async () => {
      database.close()
    },
  }
  /* oxlint-enable typescript/require-await */
}

function open(file: string): Database.Database {
  const database = new Database(file, { timeout: 0 })
  try {
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    database.exec('CREATE TABLE IF NOT EXISTS replica (tbl TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (tbl, key)) WITHOUT ROWID')
    // Takes the lock now rather than at the first write.
    database.exec('BEGIN IMMEDIATE; COMMIT')
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw new ReplicaInUseError(file, { cause: error })
    throw error
  }
  return database
}
