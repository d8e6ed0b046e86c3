// What every command that works on the database has around it: settings, the data directory, the lock, and errors in one
// sentence where one sentence is enough.

import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import type { Database } from '../../storage/database.ts'
import { DatabaseInUseError, DatabaseUnusableError, StorageFullError } from '../../storage/database.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { ConfigError, readConfig } from '../config.ts'
import { prepareDataDir } from '../dataDir.ts'
import { ImportRefused } from '../import/formats/importRefused.ts'
import { StartError } from '../startError.ts'

/** Runs `work` and puts what a person can do something about into words. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    // Everything the process makes is for its owner alone.
    process.umask(0o077)
    await work()
  } catch (error) {
    const words = wordsFor(error)
    if (words === null) throw error
    console.error(words)
    process.exitCode = 1
  }
}

export async function withDatabase<T>(work: (opened: { database: Database; dataDir: string }) => Promise<T>): Promise<T> {
  const { dataDir } = readConfig()
  const database = await openSqlite({ file: prepareDataDir(dataDir) })
  try {
    return await work({ database, dataDir })
  } finally {
    await database.close()
  }
}

/** `usage` is what a mistyped command line is answered with. */
export function parseCommandLine<const T extends ParseArgsConfig>(config: T, usage: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    // What parseArgs throws for an option it does not know or that lacks its value.
    if (!(error instanceof TypeError)) throw error
    throw new StartError(`${error.message}\n\n${usage}`, { cause: error })
  }
}

function wordsFor(error: unknown): string | null {
  if (error instanceof DatabaseInUseError) return 'Parley is running on this data directory. Stop it, run this again, and start it afterwards.'
  if (error instanceof StorageFullError || (error instanceof RefusedError && error.refusal.code === 'storage-full')) {
    return 'The disk is full. What was written so far is kept; make room and run the same command again.'
  }
  if (error instanceof RefusedError) return `The database did not take it; the reason stands above. What was written so far is kept.`
  const known = [ConfigError, StartError, ImportRefused, DatabaseUnusableError].some((kind) => error instanceof kind)
  return known && error instanceof Error ? error.message : null
}
