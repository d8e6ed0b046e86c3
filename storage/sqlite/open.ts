// Opens the embedded database: one file, one connection, one process.

import Sqlite from 'better-sqlite3'
import type { Database } from '../database.ts'
import { createAccountStore } from './accounts.ts'
import { createAdministrationStore } from './administration.ts'
import { createBulkStore } from './bulk.ts'
import { checkBesides, checkOurs, checkSound } from './check.ts'
import { Connection } from './connection.ts'
import { createConversationStore } from './conversations.ts'
import { portError } from './failures.ts'
import { createJoinLinkStore } from './joinLinks.ts'
import { takeLock } from './lock.ts'
import { createLogStore } from './log.ts'
import { migrate } from './migrate.ts'
import { createPeopleStore } from './people.ts'
import { createPersonalStore } from './personal.ts'
import { createPictureStore } from './pictures.ts'
import { createReceiptStore } from './receipts.ts'
import { createRegistrationStore } from './registration.ts'
import { createReportStore } from './reports.ts'
import { createSessionStore } from './sessions.ts'
import { createThreadStore } from './threads.ts'

/**
 * Rejects with a DatabaseUnusableError whose message says what to do when the file is damaged, another program's, from a
 * newer version, or open in another process. The directory must exist.
 */
export async function openSqlite({ file }: { file: string }): Promise<Database> {
  const lock = takeLock(file)
  try {
    const connection = connect(file)
    return {
      log: createLogStore(connection),
      accounts: createAccountStore(connection),
      sessions: createSessionStore(connection),
      conversations: createConversationStore(connection),
      receipts: createReceiptStore(connection),
      personal: createPersonalStore(connection),
      bulk: createBulkStore(connection),
      administration: createAdministrationStore(connection),
      registration: createRegistrationStore(connection),
      people: createPeopleStore(connection),
      pictures: createPictureStore(connection),
      joinLinks: createJoinLinkStore(connection),
      reports: createReportStore(connection),
      threads: createThreadStore(connection),
      ping: () => connection.ping(),
      async close() {
        connection.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function connect(file: string): Connection {
  checkBesides(file)
  const sqlite = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    checkOurs(sqlite)
    configure(sqlite)
    checkSound(sqlite)
    migrate(sqlite)
    return new Connection(sqlite)
  } catch (error) {
    sqlite.close()
    throw portError(error, file)
  }
}

/** Nobody else writes; a reader from outside can hold a checkpoint up for a moment. */
const BUSY_TIMEOUT_MS = 2_000

function configure(sqlite: Sqlite.Database): void {
  sqlite.pragma('journal_mode = WAL')
  // In WAL mode the default build syncs only at checkpoints, and a power cut could take back what was acknowledged.
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  // What is erased is overwritten with zeros, not only unlinked.
  sqlite.pragma('secure_delete = ON')
  // Holds the tails of some ten thousand conversations. Pages stay at 4 KiB: a group commit writes one page for each
  // conversation it touches, whatever the size, and larger ones would only make the write-ahead log longer.
  sqlite.pragma('cache_size = -65536')
  // A page that cannot be read from a mapped file kills the process with SIGBUS; read() makes it an error with words.
  sqlite.pragma('mmap_size = 0')
  // A checkpoint copies each changed page once, however often it changed: every 16 MB instead of 4 saves most copies of the
  // hot ones, and measured commits of 50 entries took half the time. The log's file is used again from its start; only
  // after a peak is it cut back, since growing it anew makes every sync dearer.
  sqlite.pragma('wal_autocheckpoint = 4096')
  sqlite.pragma('journal_size_limit = 67108864')
  sqlite.pragma('temp_store = MEMORY')
}
