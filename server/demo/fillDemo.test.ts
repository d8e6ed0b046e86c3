import { expect, test } from 'vitest'
import { unreadCount } from '../../shared/conversation/inbox.ts'
import type { Database } from '../../storage/database.ts'
import { appendWithoutServer } from '../import/appendWithoutServer.ts'
import { exported, newDatabase, newPerson, NOW } from '../import/testing/importing.ts'
import { createLogger } from '../logger.ts'
import { fillDemo } from './fillDemo.ts'

function fill(database: Database, { now = NOW, force = false } = {}) {
  const append = appendWithoutServer(database.log, () => now, createLogger('silent'))
  return fillDemo({ database, append, now, passwordHash: 'x' }, force)
}

test('Ada finds fifteen conversations, some with something unread, the latest first', async () => {
  const database = await newDatabase()
  expect(await fill(database)).toMatchObject({ type: 'filled', conversations: 15 })
  const ada = await database.accounts.byHandle('ada')
  const rows = await database.conversations.inbox(ada!.id, { since: null, before: null, limit: 100 }) // she is of the demo
  expect(rows).toHaveLength(15)
  expect(rows.filter((row) => unreadCount(row) > 0).length).toBeGreaterThan(3)
  expect(Math.max(...rows.map(({ head }) => head))).toBe(20_000)
  const times = rows.map(({ last }) => last?.at ?? 0)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect(NOW - (times[0] ?? 0)).toBeLessThan(10 * 60_000)
  expect(Math.max(...times)).toBeLessThanOrEqual(NOW)

  // Later again: everything is where it was.
  const before = await exported(database)
  expect(await fill(database, { now: NOW + 86_400_000 })).toMatchObject({ type: 'there-already', messages: 0 })
  expect(await exported(database)).toBe(before)
})

test('accounts of real people keep the demo out unless it is told to come in, and keep their handles', async () => {
  const database = await newDatabase()
  const ada = await newPerson(database, 'ada')
  expect(await fill(database)).toEqual({ type: 'real-accounts', handles: ['ada'] })
  expect(await fill(database, { force: true })).toMatchObject({ type: 'filled', handles: expect.arrayContaining(['ada-demo']) as string[] })
  expect((await database.accounts.byHandle('ada'))?.id).toBe(ada)
})
