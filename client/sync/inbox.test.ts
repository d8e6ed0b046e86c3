import { expect, test } from 'vitest'
import type { InboxRow } from '../../shared/conversation/inbox.ts'
import type { Edit } from '../../shared/conversation/entry.ts'
import { Seq } from '../../shared/ids.ts'
import { alice, bob, lunch, newEntry, stored } from './people.testing.ts'
import { movedOn } from './inbox.ts'
import { aliceReplica } from './replica.testing.ts'

const row: InboxRow = { conversation: lunch, kind: 'group', name: 'Lunch', role: 'member', members: 2, head: Seq.parse(1), read: Seq.parse(1), quiet: 0, mentions: 0, threads: [], touched: 1 }
const [one, two, three] = [stored(newEntry(1), 1, bob), stored(newEntry(2), 2, alice), stored(newEntry(3), 3, bob)]
const edit: Edit = { ...three, ...stored(newEntry(4), 4, bob), kind: 'edit', body: { of: three.id, target: three.seq, text: 'edited' } }

test('a row moves on by the entries after its head: the last message, and what nobody counts', () => {
  expect(movedOn(row, [one, two, three, edit], alice)).toMatchObject({ head: 4, quiet: 2, last: { id: three.id, preview: 'edited' } })
})

test('a row that knows as much stays the same object', () => {
  expect(movedOn(row, [one], alice)).toBe(row)
  expect(movedOn(row, [], alice)).toBe(row)
})

test('a row that comes later than the entries after its head is not behind them', async () => {
  const { replica, disk } = aliceReplica()
  disk.resolve()
  replica.hold(lunch)
  await replica.ingest(lunch, [one, two, three, edit])
  await replica.inbox.learn([row])
  expect(replica.inbox.row(lunch)).toMatchObject({ head: 4, last: { id: three.id, preview: 'edited' } })
})
