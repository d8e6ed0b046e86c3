// The directory that holds everything. Only its owner may look into it.

import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from './startError.ts'

/** Makes the directory if it is missing, and answers where the database is in it. */
export function prepareDataDir(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartError(`The data directory ${dataDir} cannot be used (${codeOf(error)}). Set DATA_DIR to a directory that this user may write to.`, { cause: error })
  }
  return join(dataDir, 'parley.db')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
