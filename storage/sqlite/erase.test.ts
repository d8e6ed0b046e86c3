import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { NOW, brief, edit, erase, id, message, say, team } from '../contract/cast.ts'
import { openSqlite } from './open.ts'

const alice = id(0xa1)

test('[N6] nothing of what was erased is left in the file', async () => {
  const { file, database } = await setup()
  await say(database, alice, [message(1, `periwinkle ${long('chrysanthemum')}`), message(2, 'marigold'), edit(3, 1, long('snapdragon'))])
  // Far enough that the first is checkpointed into the file before it is erased.
  for (let number = 10; number < 2_000; number += 50) {
    await say(database, alice, Array.from({ length: 50 }, (_, index) => message(number + index, long('filler'))))
  }
  expect(brief(await say(database, alice, [erase(4, 1)]))).toHaveLength(1)
  await database.close()

  const bytes = readFileSync(file)
  expect(bytes.includes('marigold')).toBe(true)
  expect(['periwinkle', 'chrysanthemum', 'snapdragon'].filter((word) => bytes.includes(word))).toEqual([])
})

test('[N6] nor in the write-ahead log of a database that stays open, soon after', async () => {
  const { file, database } = await setup()
  onTestFinished(() => database.close())
  await say(database, alice, [message(1, `periwinkle ${long('chrysanthemum')}`), message(2, 'marigold'), edit(3, 1, long('snapdragon'))])
  const report = { id: id(0x700), by: id(0xa2), about: alice, reason: 'spam', words: '', conversation: team, entries: [id(1)], now: NOW } as const
  expect(await database.reports.file(report)).toBe('filed')
  await database.reports.resolve({ by: null, now: NOW, id: id(0x700), words: '' })
  expect(found(file, ['periwinkle'])).toEqual(['periwinkle'])
  await say(database, alice, [erase(4, 1)])
  await expect.poll(() => found(file, ERASED)).toEqual([])
  expect(found(file, ['marigold'])).toEqual(['marigold'])
})

test('[N6] a copy in an open report is gone from all files soon after the report is resolved', async () => {
  const { file, database } = await setup()
  onTestFinished(() => database.close())
  await say(database, alice, [message(1, `periwinkle ${long('chrysanthemum')}`)])
  await database.reports.file({ id: id(0x700), by: id(0xa2), about: alice, reason: 'spam', words: '', conversation: team, entries: [id(1)], now: NOW })
  await say(database, alice, [erase(4, 1)])
  await database.reports.resolve({ by: null, now: NOW, id: id(0x700), words: '' })
  await expect.poll(() => found(file, ERASED)).toEqual([])
})

test('[N6] a reader from outside holds it up, and nothing but its end is waited for', async () => {
  const { file, database } = await setup()
  onTestFinished(() => database.close())
  await say(database, alice, [message(1, 'periwinkle'), message(2, long('marigold'))])
  const reader = new Sqlite(file, { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM entries').get()
  await say(database, alice, [erase(4, 1)])
  // It was tried: what the reader sees was copied into the file, where it was not changed since.
  await expect.poll(() => readFileSync(file).includes('marigold')).toBe(true)
  expect(found(file, ERASED)).toEqual(['periwinkle'])
  expect(brief(await say(database, alice, [message(5, 'rose')]))).toEqual([4])
  reader.close()
  await expect.poll(() => found(file, ERASED)).toEqual([])
})

test('[N6] what a process that was killed left in the log is gone with the next start', async () => {
  const { file, database, directory } = await setup()
  await say(database, alice, [message(1, 'periwinkle')])
  await say(database, alice, [erase(4, 1)])
  // As a kill leaves them.
  const left = join(directory, 'left.db')
  for (const suffix of ['', '-wal']) writeFileSync(`${left}${suffix}`, readFileSync(`${file}${suffix}`))
  await database.close()
  expect(found(left, ['periwinkle'])).toEqual(['periwinkle'])
  const again = await openSqlite({ file: left })
  onTestFinished(() => again.close())
  expect(found(left, ERASED)).toEqual([])
})

const ERASED = ['periwinkle', 'chrysanthemum', 'snapdragon']

/** Longer than a page too: what does not fit into one overflows into others. */
function long(word: string): string {
  return `${word} `.repeat(700)
}

/** Which of the words stand in the files of the database. */
function found(file: string, words: readonly string[]): string[] {
  const files = ['', '-wal'].map((suffix) => `${file}${suffix}`).filter((path) => existsSync(path)).map((path) => readFileSync(path))
  return words.filter((word) => files.some((bytes) => bytes.includes(word)))
}

async function setup() {
  const directory = mkdtempSync(join(tmpdir(), 'erase-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'parley.db')
  const database = await openSqlite({ file })
  await database.accounts.create({ id: alice, handle: 'alice', name: 'Alice', passwordHash: null, createdAt: NOW })
  await database.accounts.create({ id: id(0xa2), handle: 'bob', name: 'Bob', passwordHash: null, createdAt: NOW })
  await database.conversations.createGroup({ id: team, name: 'Team', owner: alice, members: [id(0xa2)], now: NOW })
  return { directory, file, database }
}
