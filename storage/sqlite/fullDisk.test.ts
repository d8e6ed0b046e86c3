// A disk that is really full: a small file system in memory, where the tests may mount one. Everywhere, SQLite's own limit on
// pages, which ends in the same error in the middle of the same transaction.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { NOW, brief, id, message, say, team, wholeLog } from '../contract/cast.ts'
import type { Database } from '../database.ts'
import { StorageFullError } from '../database.ts'
import { createAccountStore } from './accounts.ts'
import { Connection } from './connection.ts'
import { createConversationStore } from './conversations.ts'
import { createLogStore } from './log.ts'
import { migrate } from './migrate.ts'
import { openSqlite } from './open.ts'

type Written = Pick<Database, 'accounts' | 'conversations' | 'log'>

const DISK_BYTES = 2_304 * 1024
const alice = id(1)
const smallDisk = mountSmallDisk()

async function withAlice<D extends Written>(database: D): Promise<D> {
  await database.accounts.create({ id: alice, handle: 'alice', name: 'Alice', passwordHash: 'h', createdAt: NOW })
  await database.conversations.createGroup({ id: team, name: 'Team', owner: alice, members: [], now: NOW })
  return database
}

async function opened(file: string): Promise<Database> {
  const database = await openSqlite({ file })
  // Closing twice does no harm.
  onTestFinished(() => database.close())
  return database
}

const batch = (number: number) => Array.from({ length: 50 }, (_, index) => message(number * 50 + index + 1, `${number} ${'word '.repeat(200)}`))
const commit = (database: Written, number: number) => database.log.commit([{ conversation: team, author: alice, device: id(2), now: NOW, entries: batch(number) }])

/** Writes batches until one is refused; answers how many were acknowledged, and why no more. */
async function fill(database: Written): Promise<{ batches: number; error: unknown }> {
  for (let batches = 0; batches < 1_000; batches++) {
    const outcome = await commit(database, batches).catch((error: unknown) => error)
    if (outcome instanceof Error) return { batches, error: outcome }
  }
  throw new Error('The disk never filled up.')
}

async function expectGapless(database: Written, batches: number): Promise<void> {
  const log = await database.log.read(team, 1 as never, 1_000_000 as never)
  expect(log.map((entry) => entry.seq)).toEqual(Array.from({ length: batches * 50 }, (_, index) => index + 1))
  expect(await database.log.head(team)).toBe(batches * 50)
}

test('out of pages: refused as full, nothing half-written, and the same call works when there is room', async () => {
  const sqlite = new Sqlite(':memory:')
  onTestFinished(() => void sqlite.close())
  migrate(sqlite)
  const connection = new Connection(sqlite)
  const database = await withAlice({ accounts: createAccountStore(connection), conversations: createConversationStore(connection), log: createLogStore(connection) })
  sqlite.pragma('max_page_count = 300')
  const { batches, error } = await fill(database)
  expect(error).toBeInstanceOf(StorageFullError)
  expect(batches).toBeGreaterThan(2)
  await expectGapless(database, batches)
  sqlite.pragma('max_page_count = 10000')
  await commit(database, batches)
  await expectGapless(database, batches + 1)
})

test.runIf(smallDisk !== null)('full disk: refused as full, reads go on, and everything works again when there is room', async () => {
  // The test runs only then.
  const disk = smallDisk!
  const file = join(disk, 'parley.db')
  const database = await withAlice(await opened(file))
  // Somebody else's file, which can be deleted later.
  writeFileSync(join(disk, 'video'), new Uint8Array(DISK_BYTES / 2))
  const { batches, error } = await fill(database)
  expect(error).toBeInstanceOf(StorageFullError)
  expect(batches).toBeGreaterThan(2)

  // Not one byte is left now, and still: what was acknowledged is there, and nothing else.
  fillUp(disk)
  await expect(commit(database, batches)).rejects.toBeInstanceOf(StorageFullError)
  await expectGapless(database, batches)

  rmSync(join(disk, 'video'))
  await database.ping()
  expect(brief(await say(database, alice, batch(batches).slice(0, 2)))).toEqual([batches * 50 + 1, batches * 50 + 2])
  await database.close()
  expect(await wholeLog(await opened(file))).toHaveLength(batches * 50 + 2)
})

test.runIf(smallDisk !== null)('a start on a full disk refuses as full and leaves nothing in the way of the next', async () => {
  // The test runs only then.
  const disk = smallDisk!
  for (const name of ['parley.db', 'parley.db-wal', 'parley.db-shm', 'parley.db.lock', 'rest', 'video']) rmSync(join(disk, name), { force: true })
  fillUp(disk)
  const file = join(disk, 'parley.db')
  await expect(openSqlite({ file })).rejects.toBeInstanceOf(StorageFullError)
  rmSync(join(disk, 'rest'))
  const database = await withAlice(await opened(file))
  await expect(database.ping()).resolves.toBeUndefined()
})

function fillUp(disk: string): void {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(join(disk, 'rest'), new Uint8Array(bavail * bsize))
}

/** A directory on a file system of its own, or null for who may not mount: not root, or in a strict container. */
function mountSmallDisk(): string | null {
  const directory = mkdtempSync(join(tmpdir(), 'parley-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'parley-test', directory])
  if (status !== 0) {
    rmdirSync(directory)
    return null
  }
  afterAll(() => {
    spawnSync('umount', [directory])
    rmdirSync(directory)
  })
  return directory
}
