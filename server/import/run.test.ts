import { describe, expect, test } from 'vitest'
import { textOf } from '../../shared/conversation/entry.ts'
import { TEXT_MAX_CHARS } from '../../shared/limits.ts'
import { diskExport } from './formats/testing/memoryExport.ts'
import { sharedData } from './formats/testing/sharedData.ts'
import { conversationsByName, entriesOf, exported, importInto, newDatabase, newPerson } from './testing/importing.ts'
import { leave } from '../../storage/contract/changes.ts'

const IRC = ['[09:00] <alice> hello', '[09:01] <bob> hello alice', '=== carol [~c@host] has joined #room', '[09:02] <alice> how are you?', ''].join('\n')
const ANNOTATION = '1 0 -\n'

const telegram = (...messages: object[]) => ({
  'result.json': JSON.stringify({ name: 'Bob', type: 'personal_chat', id: 7, messages }),
})
const said = (id: number, from: string, text: string, more: object = {}) => ({
  id,
  type: 'message',
  date: '2024-05-01T10:00:00',
  date_unixtime: String(1_714_557_600 + id),
  from,
  from_id: `user${from}`,
  text,
  ...more,
})

describe('running an import', () => {
  test('[I1] keeps authors, times, order and who answers whom', async () => {
    const database = await newDatabase()
    const path = diskExport({ '2004-12-25.txt': IRC, '2004-12-25.annotation.txt': ANNOTATION })
    const summary = await importInto(database, path)
    expect(summary).toMatchObject({ conversations: { created: 1 }, people: { created: 3 }, entries: { stored: 4, already: 0 }, replies: { linked: 1 } })

    const room = (await conversationsByName(database)).get('2004-12-25')
    if (room === undefined) throw new Error('The room is missing.')
    const entries = await entriesOf(database, room)
    const people = await database.accounts.byIds(entries.map(({ author }) => author))
    expect(people.map(({ handle, placeholder }) => [handle, placeholder])).toEqual([
      ['alice', true],
      ['bob', true],
      ['carol', true],
      ['alice', true],
    ])
    expect(entries.map(({ at }) => new Date(at).toISOString().slice(0, 16))).toEqual([
      '2004-12-25T09:00',
      '2004-12-25T09:01',
      '2004-12-25T09:01',
      '2004-12-25T09:02',
    ])
    expect(entries[1]?.body).toMatchObject({ replyTo: entries[0]?.id })
    expect(entries[2]?.body).toMatchObject({ style: 'notice' })
    for (const { id, at } of entries) expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at)
  })

  test('whoever wrote is a member, whoever only joined is not', async () => {
    const database = await newDatabase()
    await importInto(database, diskExport({ 'room.txt': IRC }))
    const [room] = (await conversationsByName(database)).values()
    const members = await database.conversations.members(room!.id, null, 10) // one was imported
    const people = await database.accounts.byIds(members.map(({ user }) => user))
    expect(people.map(({ handle }) => handle).toSorted()).toEqual(['alice', 'bob'])
    expect(members.map(({ role }) => role).toSorted()).toEqual(['member', 'owner'])
  })

  test('[I1] a second run adds nothing and changes nothing', async () => {
    const database = await newDatabase()
    const path = diskExport({ 'room.txt': IRC, 'room.annotation.txt': ANNOTATION, ...telegram(said(1, 'Alice', 'hi'), said(2, 'Bob', 'hi back')) })
    await importInto(database, path)
    const before = await exported(database)
    const again = await importInto(database, path)
    expect(again).toMatchObject({ conversations: { created: 0, found: 2 }, people: { created: 0, found: 5 }, entries: { stored: 0, already: 6 }, problems: 0 })
    expect(await exported(database)).toBe(before)
  })

  test('[I2] an import that was cut off goes on where it was, whatever had come by then', async () => {
    const path = diskExport({ 'room.txt': IRC.repeat(3), ...telegram(said(1, 'Alice', 'hi'), said(2, 'Bob', 'hi back')) })
    const whole = await newDatabase()
    await importInto(whole, path)
    for (let commits = 0; commits < 2; commits += 1) {
      const database = await newDatabase()
      let left = commits
      const cut = importInto(database, path, {
        append: async (requests) => {
          left -= 1
          if (left < 0) throw new Error('cut off')
          return database.log.commit(requests)
        },
      })
      await expect(cut).rejects.toThrow('cut off')
      await importInto(database, path)
      expect(await exported(database)).toBe(await exported(whole))
    }
  })

  test('a later export of the same chat adds what is new', async () => {
    const database = await newDatabase()
    const first = [said(1, 'Alice', 'hi'), said(2, 'Bob', 'hi back')]
    await importInto(database, diskExport(telegram(...first)))
    const later = await importInto(database, diskExport(telegram(...first, said(3, 'Alice', 'still there?'))))
    expect(later.entries).toMatchObject({ stored: 1, already: 2 })
  })

  test('what was edited since is told and stays as it was stored', async () => {
    const database = await newDatabase()
    await importInto(database, diskExport(telegram(said(1, 'Alice', 'hi'), said(2, 'Bob', 'hi back'))))
    const later = await importInto(database, diskExport(telegram(said(1, 'Alice', 'hello'), said(2, 'Bob', 'hi back'))))
    expect(later.entries).toMatchObject({ stored: 0, already: 1, different: 1 })
  })

  test('two people have a direct conversation; with a third it is a group that the third owns', async () => {
    const chat = diskExport(telegram(said(1, 'Alice', 'hi'), said(2, 'Bob', 'hi back')))
    const alone = await newDatabase()
    await importInto(alone, chat)
    expect([...(await conversationsByName(alone)).values()]).toMatchObject([{ kind: 'direct', memberCount: 2 }])

    const shared = await newDatabase()
    const ada = await newPerson(shared, 'ada')
    await importInto(shared, chat, { members: [ada] })
    const [group] = (await conversationsByName(shared)).values()
    expect(group).toMatchObject({ kind: 'group', name: 'Bob', memberCount: 3 })
    expect(await shared.conversations.role(group!.id, ada)).toBe('owner') // one was imported
  })

  test('nobody is shown imported history as unread', async () => {
    const database = await newDatabase()
    const ada = await newPerson(database, 'ada')
    await importInto(database, diskExport({ 'room.txt': IRC }), { members: [ada] })
    const [row] = await database.conversations.inbox(ada, { since: null, before: null, limit: 10 })
    expect(row).toMatchObject({ head: 4, read: 4 })
  })

  test('whoever left after an import is not brought back by the next', async () => {
    const database = await newDatabase()
    const path = diskExport({ 'room.txt': IRC })
    await importInto(database, path)
    const [room] = (await conversationsByName(database)).values()
    const bob = await database.accounts.byHandle('bob')
    await leave(database, room!.id, bob!.id) // both were imported
    await importInto(database, path)
    expect(await database.conversations.role(room!.id, bob!.id)).toBeNull()
  })

  test('a text too long for one message becomes several that join to it', async () => {
    const database = await newDatabase()
    const text = '長い文章 '.repeat(5_000).trim()
    const summary = await importInto(database, diskExport(telegram(said(1, 'Alice', 'short'), said(2, 'Bob', text))))
    const [chat] = (await conversationsByName(database)).values()
    const [, ...pieces] = await entriesOf(database, chat!) // one was imported
    expect(pieces.map(textOf).join('')).toBe(text)
    expect(pieces.every((piece) => textOf(piece).length <= TEXT_MAX_CHARS)).toBe(true)
    expect(summary.entries).toMatchObject({ stored: pieces.length + 1, continued: pieces.length - 1 })
  })

  test('an answer to what is not in the export keeps its text and is counted', async () => {
    const database = await newDatabase()
    const summary = await importInto(database, diskExport(telegram(said(1, 'Alice', 'hi'), said(2, 'Bob', 'yes', { reply_to_message_id: 99 }))))
    expect(summary).toMatchObject({ entries: { stored: 2 }, replies: { linked: 0, dropped: 1 } })
  })

  test('a handle that is taken gets a suffix, and its owner keeps it', async () => {
    const database = await newDatabase()
    const alice = await newPerson(database, 'alice')
    await importInto(database, diskExport({ 'room.txt': IRC }))
    expect((await database.accounts.byHandle('alice'))?.id).toBe(alice)
    expect((await database.accounts.search('alice', 10)).map(({ handle }) => handle)).toEqual(['alice', expect.stringMatching(/^alice-[0-9a-f]{8}$/)])
  })

  test('[I2] a folder of many exports: each file its own, other files passed over, broken lines told with their place', async () => {
    const database = await newDatabase()
    const path = diskExport({ 'a/room.txt': IRC, 'b/room.txt': `${IRC}no line of a log\n`, 'b/notes.json': '[1,2]', ...telegram(said(1, 'Alice', 'hi'), said(2, 'Bob', 'yo')) })
    const summary = await importInto(database, path)
    expect(summary).toMatchObject({ sources: 3, conversations: { created: 3 }, entries: { stored: 10 }, passedOver: ['b/notes.json'], problems: 1 })
    expect(summary.told).toEqual([{ type: 'problem', file: 'b/room.txt', line: 5, words: 'is no line of an IRC log' }])
  })

  test('a folder without any export is refused with what is supported', async () => {
    await expect(importInto(await newDatabase(), diskExport({ 'photo.json': '[]' }))).rejects.toThrow('supported formats')
  })
})

describe('real exports', () => {
  const expected = { gitter: 20_322, irc: 24_823, 'zh-crosswoz': 8_458 }
  for (const [folder, stored] of Object.entries(expected)) {
    const data = sharedData(folder)
    test.runIf(data.present)(`${folder} is stored once, also when it is imported twice${data.skipped}`, async () => {
      const database = await newDatabase()
      expect(await importInto(database, data.path)).toMatchObject({ entries: { stored, different: 0 }, problems: 0 })
      expect(await importInto(database, data.path)).toMatchObject({ conversations: { created: 0 }, people: { created: 0 }, entries: { stored: 0, already: stored } })
    })
  }
})
