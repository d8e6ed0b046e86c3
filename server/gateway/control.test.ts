import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { CONTROL_ROOT, controlDocumentName, logDocumentName, movedOnReason } from '../../shared/conversation/segment.ts'
import { add, leave } from '../../storage/contract/changes.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { tempDir } from '../testing/tempDir.ts'
import { entry, stage, stageOn } from './stage.ts'

const kindsIn = (doc: Y.Doc) => doc.getArray<{ kind: string }>(CONTROL_ROOT).toArray().map(({ kind }) => kind)

it('[M3] the control document holds events and erasures alone, live, the same bytes whenever it is opened', async () => {
  const { people, group, sync, database, replica } = await stage('alice', 'bob', 'carol')
  const lunch = await group(people.alice, people.bob)
  const said = entry('a secret')
  await sync.append(people.alice.by, lunch, [said, entry('more')])
  await add(database, lunch, [people.carol.user])
  const early = replica(people.alice, controlDocumentName(lunch))
  await early.synced
  expect(kindsIn(early.doc)).toEqual(['event'])
  const grown = new Promise<void>((resolve) => early.doc.on('update', () => kindsIn(early.doc).length === 3 && resolve()))
  await sync.append(people.alice.by, lunch, [{ id: entry('').id, at: said.at, kind: 'erase', body: { of: said.id } }])
  const left = await leave(database, lunch, people.carol.user)
  expect(left).toBe(true)
  await sync.append(people.alice.by, lunch, [{ id: entry('').id, at: said.at, kind: 'erase', body: { of: said.id } }])
  await grown
  const late = replica(people.bob, controlDocumentName(lunch))
  await late.synced
  expect(Y.encodeStateAsUpdate(late.doc)).toEqual(Y.encodeStateAsUpdate(early.doc))
})

it('[L4] an erasure closes the document for its readers, and its old name leads to the next generation', async () => {
  const { people, group, sync, replica } = await stage('alice', 'bob')
  const lunch = await group(people.alice, people.bob)
  const said = entry('a secret')
  await sync.append(people.alice.by, lunch, [said, entry('more')])
  const reader = replica(people.bob, logDocumentName(lunch, 0))
  await reader.synced
  await sync.append(people.alice.by, lunch, [{ id: entry('').id, at: said.at, kind: 'erase', body: { of: said.id } }])
  expect(await reader.closed).toBe(movedOnReason(1))
  expect(await replica(people.bob, logDocumentName(lunch, 0)).denied).toBe(movedOnReason(1))
  expect(await replica(people.bob, logDocumentName(lunch, 0, 2)).denied).toBe(movedOnReason(1))
  const next = replica(people.bob, logDocumentName(lunch, 0, 1))
  await next.synced
  expect(next.entries().map(({ kind }) => kind)).toEqual(['erased', 'message', 'erase'])
  expect(JSON.stringify(next.entries())).not.toMatch('secret')
})

it('[N6] a document that could not be closed when something in it was erased is closed when the rows can be read again', async () => {
  const database = await openSqlite({ file: join(tempDir(), 'parley.db') })
  let failures = 0
  const generation: typeof database.log.generation = async (...place) => {
    if (failures === 0) return database.log.generation(...place)
    failures -= 1
    throw new Error('disk I/O error')
  }
  const { people, group, sync, replica, logged } = await stageOn({ ...database, log: { ...database.log, generation } }, ['alice', 'bob'])
  const lunch = await group()
  const said = entry('a secret')
  await sync.append(people.alice.by, lunch, [said])
  const reader = replica(people.bob, logDocumentName(lunch, 0))
  await reader.synced
  failures = 2
  await sync.append(people.alice.by, lunch, [{ id: entry('').id, at: said.at, kind: 'erase', body: { of: said.id } }])
  expect(await reader.closed).toBe(movedOnReason(1))
  expect(failures).toBe(0)
  expect(logged.filter((line) => line.includes('still holds what was erased'))).toHaveLength(2)
})
