import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import type { NewEntry } from '../../shared/conversation/entry.ts'
import { DEFAULT_PERMISSIONS } from '../../shared/conversation/membership.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { EntryId, Seq } from '../../shared/ids.ts'
import type { Database } from '../../storage/database.ts'
import { diskExport } from '../import/formats/testing/memoryExport.ts'
import { conversationsByName, exported, importInto, newDatabase, newPerson } from '../import/testing/importing.ts'
import { createLogger } from '../logger.ts'
import { appendWithoutServer } from '../import/appendWithoutServer.ts'
import { fillDemo } from '../demo/fillDemo.ts'
import { tempDir } from '../testing/tempDir.ts'
import { allConversations, exportLines } from './exportLines.ts'
import { change, leave, setRole } from '../../storage/contract/changes.ts'

const IRC = '[09:00] <alice> hello\n[09:01] <bob> hello alice\n[09:02] <carol> and me\n'

/** A small history with roles, somebody who left, receipts and a direct conversation. */
async function history(): Promise<Database> {
  const database = await newDatabase()
  const ada = await newPerson(database, 'ada')
  await importInto(database, diskExport({ 'room.txt': IRC, 'other.txt': IRC }), { members: [ada] })
  const room = (await conversationsByName(database)).get('room')
  const [alice, bob] = await Promise.all(['alice', 'bob'].map((handle) => database.accounts.byHandle(handle)))
  // All of them were imported.
  await setRole(database, room!.id, alice!.id, 'admin')
  await leave(database, room!.id, bob!.id)
  await change(database, room!.id, alice!.id, { type: 'banned', user: bob!.id })
  await change(database, room!.id, alice!.id, { type: 'topic', topic: 'What we do' })
  await change(database, room!.id, alice!.id, { type: 'permissions', permissions: { ...DEFAULT_PERMISSIONS, pin: 'admin' } })
  await erase(database, room!.id)
  return database
}

/** The first message of alice, edited before. */
async function erase({ log }: Database, conversation: ConversationId): Promise<void> {
  const entries = await log.read(conversation, Seq.parse(1), Seq.parse(9))
  const { id: of, author, device } = entries[0]!
  const about = (kind: 'edit' | 'erase'): NewEntry => {
    const entry = { id: EntryId.parse(uuidv7()), at: 5 }
    return kind === 'edit' ? { ...entry, kind, body: { of, text: 'hallo' } } : { ...entry, kind, body: { of } }
  }
  await log.commit([{ conversation, author, device, entries: [about('edit'), about('erase')], now: 6, trusted: true }])
}

async function restored(lines: string): Promise<Database> {
  const database = await newDatabase()
  const path = join(tempDir(), 'export.jsonl')
  writeFileSync(path, lines)
  expect(await importInto(database, path)).toMatchObject({ problems: 0, replies: { dropped: 0 } })
  return database
}

test('[I3] export, import into an empty database and export again gives the same bytes', async () => {
  const lines = await exported(await history())
  expect(await exported(await restored(lines))).toBe(lines)
})

test('so does the whole demo: many people, replies, read marks', async () => {
  const database = await newDatabase()
  const append = appendWithoutServer(database.log, Date.now, createLogger('silent'))
  await fillDemo({ database, append, now: Date.now(), passwordHash: 'x' }, false)
  const lines = await exported(database)
  expect(await exported(await restored(lines))).toBe(lines)
})

test('importing an export into the database it came from changes nothing', async () => {
  const database = await history()
  const lines = await exported(database)
  const path = join(tempDir(), 'export.jsonl')
  writeFileSync(path, lines)
  expect(await importInto(database, path)).toMatchObject({ entries: { stored: 0, already: 13 }, conversations: { created: 0 }, people: { created: 0 } })
  expect(await exported(database)).toBe(lines)
})

test('no password and no hash of one is in an export', async () => {
  const database = await newDatabase()
  const ada = await newPerson(database, 'ada')
  await database.accounts.setPasswordHash(ada, '$argon2id$secret')
  expect(await exported(database)).not.toContain('secret')
})

test('a chosen conversation comes with the people in it, also those who left, and nobody else', async () => {
  const database = await history()
  await newPerson(database, 'mallory')
  const chosen = (await allConversations(database)).filter(({ name }) => name === 'room')
  let lines = ''
  for await (const line of exportLines(database, chosen)) lines += line
  for (const handle of ['ada', 'alice', 'bob', 'carol']) expect(lines).toContain(`"handle":"${handle}"`)
  expect(lines).not.toContain('mallory')
  expect(lines).not.toContain('"name":"other"')
})

test('inboxes show restored conversations in the order of their last messages', async () => {
  const database = await newDatabase()
  const ada = await newPerson(database, 'ada')
  await importInto(database, diskExport({ '2004-01-01.txt': IRC, '2006-01-01.txt': IRC, '2005-01-01.txt': IRC }), { members: [ada] })
  const copy = await restored(await exported(database))
  const rows = await copy.conversations.inbox(ada, { since: null, before: null, limit: 10 })
  expect(rows.map(({ name }) => name)).toEqual(['2006-01-01', '2005-01-01', '2004-01-01'])
})

test('a line that is lost costs that message and its answers their link, and is told', async () => {
  const database = await newDatabase()
  await importInto(database, diskExport({ 'room.txt': IRC, 'room.annotation.txt': '1 0 -\n' }))
  const lines = (await exported(database)).split('\n')
  const first = lines.findIndex((line) => line.includes('"type":"entry"'))
  const path = join(tempDir(), 'export.jsonl')
  writeFileSync(path, lines.toSpliced(first, 1, 'garbage').join('\n'))
  const copy = await newDatabase()
  const summary = await importInto(copy, path)
  expect(summary).toMatchObject({ entries: { stored: 2 }, replies: { linked: 0, dropped: 1 } })
  expect(summary.told.map(({ line }) => line)).toEqual([first + 1, 0])
  const [room] = await allConversations(copy)
  expect(room?.head).toBe(Seq.parse(2))
})
