import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { NOW, brief, edit, erase, id, message, say, team } from '../contract/cast.ts'
import { openSqlite } from './open.ts'

/** Longer than a page too: what does not fit into one overflows into others. */
function long(word: string): string {
  return `${word} `.repeat(700)
}

test('[N6] nothing of what was erased is left in the file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'erase-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'parley.db')
  const database = await openSqlite({ file })
  const alice = id(0xa1)
  await database.accounts.create({ id: alice, handle: 'alice', name: 'Alice', passwordHash: null, createdAt: NOW })
  await database.conversations.createGroup({ id: team, name: 'Team', owner: alice, members: [], now: NOW })
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
