import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { LOG_ROOT, SEGMENT_ENTRIES, logDocumentName } from '../../shared/conversation/segment.ts'
import { entry, stage } from '../gateway/stage.ts'

it('a full segment is bytes that never change, under one tag; a live one is not served', async () => {
  const { sync, people, group, replica } = await stage('alice')
  const lunch = await group()
  const alice = people.alice.by
  expect(await sync.segment(lunch, 0)).toBeNull()
  for (let sent = 0; sent < SEGMENT_ENTRIES - 12; sent += 100) await sync.append(alice, lunch, Array.from({ length: 100 }, () => entry('x')))
  expect(await sync.segment(lunch, 0)).toBeNull()

  await sync.append(alice, lunch, Array.from({ length: 12 }, () => entry('the last')))
  const segment = await sync.segment(lunch, 0)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, segment!.update)
  expect(doc.getArray(LOG_ROOT).length).toBe(SEGMENT_ENTRIES)
  expect(segment!.etag).toMatch(/^"[\w-]{43}"$/)
  expect(await sync.segment(lunch, 1)).toBeNull()

  await sync.append(alice, lunch, [entry('the next segment')])
  expect(await sync.segment(lunch, 0)).toBe(segment)
  // A stock provider gets the same over the socket.
  const stock = replica(people.alice, logDocumentName(lunch, 0))
  await stock.synced
  expect(Y.encodeStateAsUpdate(stock.doc)).toEqual(segment!.update)
})

it('many devices that ask at once cost one reading', async () => {
  const { sync, people, group, database } = await stage('alice')
  const lunch = await group()
  for (let sent = 0; sent < 600; sent += 100) await sync.append(people.alice.by, lunch, Array.from({ length: 100 }, () => entry('x')))
  const log = { ...database.log }
  let reads = 0
  database.log.read = (...range) => {
    reads += 1
    return log.read(...range)
  }
  const segments = await Promise.all(Array.from({ length: 20 }, () => sync.segment(lunch, 0)))
  expect(new Set(segments).size).toBe(1)
  expect(reads).toBe(1)
})
