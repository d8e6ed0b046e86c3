import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './schema.ts'

const CREATE = 'CREATE TABLE notes (text TEXT) STRICT; INSERT INTO notes VALUES (1);'
const EXTEND = 'ALTER TABLE notes ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;'

const versionOf = (sqlite: Sqlite.Database) => sqlite.pragma('user_version', { simple: true })

test('an old file takes only the steps it lacks, and keeps what it holds', () => {
  const sqlite = new Sqlite(':memory:')
  migrate(sqlite, [CREATE])
  expect(versionOf(sqlite)).toBe(1)
  migrate(sqlite, [CREATE, EXTEND])
  migrate(sqlite, [CREATE, EXTEND])
  expect(versionOf(sqlite)).toBe(2)
  expect(sqlite.prepare('SELECT * FROM notes').all()).toEqual([{ text: '1', pinned: 0 }])
})

test('a step that fails leaves the file as it was before the first of them', () => {
  const sqlite = new Sqlite(':memory:')
  migrate(sqlite, [CREATE])
  expect(() => migrate(sqlite, [CREATE, EXTEND, 'ALTER TABLE missing ADD COLUMN x'])).toThrow('no such table')
  expect(versionOf(sqlite)).toBe(1)
  expect(sqlite.prepare('SELECT * FROM notes').all()).toEqual([{ text: '1' }])
})

test('[S9] in a file from before there were administrators, the oldest account with a password becomes one', () => {
  const sqlite = new Sqlite(':memory:')
  migrate(sqlite, MIGRATIONS.slice(0, 2))
  const add = sqlite.prepare('INSERT INTO users (id, handle, name, password_hash, created_at) VALUES (?, ?, ?, ?, ?)')
  for (const [handle, hash, at] of [['imported', null, 1], ['young', 'h', 3], ['old', 'h', 2]] as const) add.run(Buffer.from(handle), handle, handle, hash, at)
  migrate(sqlite)
  expect(sqlite.prepare('SELECT handle FROM users WHERE administrator = 1').pluck().all()).toEqual(['old'])
})

test('[R9] in a file from before edits could call anybody, messages call whom they called, and erased ones nobody', () => {
  const sqlite = new Sqlite(':memory:')
  migrate(sqlite, MIGRATIONS.slice(0, 8))
  const add = sqlite.prepare("INSERT INTO entries VALUES (1, ?, 1, 1, 0, ?, ?, '{}')")
  for (const [seq, kind] of [[1, 0], [2, 5]] as const) add.run(seq, kind, Buffer.of(seq))
  sqlite.exec('INSERT INTO mentions VALUES (7, 1, 1), (0, 1, 2)')
  migrate(sqlite)
  expect(sqlite.prepare('SELECT user_key, thread, seq, message, calls FROM mentions').all()).toEqual([{ user_key: 7, thread: 0, seq: 1, message: 1, calls: 1 }])
})

test('[S12] not even a statement changes or cuts the audit log', () => {
  const sqlite = new Sqlite(':memory:')
  migrate(sqlite)
  sqlite.exec("INSERT INTO audit (at, act, detail) VALUES (1, 'blocked', '')")
  expect(() => sqlite.exec('UPDATE audit SET at = 2')).toThrow('append-only')
  expect(() => sqlite.exec('DELETE FROM audit')).toThrow('append-only')
})
