// Where tests keep a database: a file of its own in a directory of its own, in memory where the system has such a place.
// Nothing cuts the power in a test, and waiting for the disk would be all of its time.

import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../database.ts'
import { openSqlite } from './open.ts'

const BASE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

type TemporaryPlace = { file: string; open: () => Promise<Database>; remove: () => Promise<void> }

export async function temporaryPlace(): Promise<TemporaryPlace> {
  const directory = await mkdtemp(join(BASE, 'parley-storage-'))
  const file = join(directory, 'parley.db')
  return { file, open: () => openSqlite({ file }), remove: () => rm(directory, { recursive: true }) }
}
