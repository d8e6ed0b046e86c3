import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from './migrate.ts'

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
