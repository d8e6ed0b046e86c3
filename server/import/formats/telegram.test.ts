import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openImport } from './openImport.ts'
import { readTelegram } from './telegram.ts'
import { collect, memoryFile } from './testing/memoryExport.ts'
import { sharedData } from './testing/sharedData.ts'

async function read(content: unknown, indent?: number) {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, indent)
  return collect(readTelegram(memoryFile('result.json', text), 'My export', { zone: 'utc' }))
}

function said(id: number, text: unknown, more: Record<string, unknown> = {}) {
  return { id, type: 'message', date: '2020-01-01T10:00:00', date_unixtime: '1577872800', from: 'Alice', from_id: 'user1', text, ...more }
}

function service(id: number, more: object) {
  return { id, type: 'service', date_unixtime: '1577872800', actor: 'Alice', actor_id: 'user1', text: '', ...more }
}

function chat(id: number) {
  return { name: `Chat ${id}`, type: 'private_supergroup', id, messages: [said(1, `in ${id}`)] }
}

describe('Telegram exports', () => {
  test('one chat: its name, its kind, its messages', async () => {
    const result = await read({ name: 'Bob', type: 'personal_chat', id: 7, messages: [said(1, 'hi 🤓'), said(2, 'hello', { reply_to_message_id: 1 })] })
    expect(result.problems).toEqual([])
    expect(result.conversations).toEqual([{ key: '7', name: 'Bob', kind: 'direct' }])
    expect(result.entries).toEqual([
      { conversation: '7', key: '1', author: { key: 'user1', name: 'Alice' }, at: 1_577_872_800_000, text: 'hi 🤓' },
      { conversation: '7', key: '2', author: { key: 'user1', name: 'Alice' }, at: 1_577_872_800_000, text: 'hello', replyTo: '1' },
    ])
  })

  test.each([0, 1])('all chats and those left, indented by %i; what else is in the file is passed over', async (indent) => {
    const { conversations, entries, problems } = await read(
      {
        about: 'Here is the data you requested.',
        contacts: { list: [{ first_name: 'Bob', messages: [{ id: 1 }] }] },
        chats: { about: 'x', list: [chat(1), { name: null, type: 'saved_messages', id: 2, messages: [] }, chat(3)] },
        left_chats: { list: [chat(4)] },
      },
      indent,
    )
    expect(problems).toEqual([])
    expect(conversations.map((conversation) => conversation.key)).toEqual(['1', '3', '4'])
    expect(entries.map((entry) => [entry.conversation, entry.text])).toEqual([['1', 'in 1'], ['3', 'in 3'], ['4', 'in 4']])
  })

  test('text in parts keeps every word, every space and the address of a link', async () => {
    const { entries } = await read({
      id: 1,
      messages: [
        said(1, ['see ', { type: 'text_link', text: 'this', href: 'https://a.example' }, ' (', { type: 'link', text: 'https://b.example' }, ')']),
        said(2, [{ type: 'bold', text: 'un' }, { type: 'italic', text: 'do' }, { type: 'code', text: '()' }]),
        said(3, [{ type: 'bold', text: 'Link:' }, { type: 'link', text: 'https://c.example' }]),
      ],
    })
    expect(entries.map((entry) => entry.text)).toEqual(['see this (https://a.example) (https://b.example)', 'undo()', 'Link: https://c.example'])
  })

  test('service messages are notices and messages without text say what they are', async () => {
    const { entries } = await read({
      id: 1,
      messages: [
        service(1, { action: 'create_group', title: 'Pets', members: ['Alice', null] }),
        service(2, { action: 'invite_members', members: ['Bob', null] }),
        service(3, { action: 'set_messages_ttl' }),
        said(4, '', { media_type: 'sticker', sticker_emoji: '🐈', file: '(File not included. Change data exporting settings to download.)' }),
        said(5, '', { photo: 'photos/1.jpg' }),
        said(6, 'a cat', { file: 'files/cat.pdf', from: null, from_id: 'user9' }),
      ],
    })
    expect(entries.map(({ text, style, author, attachments }) => [text, style, author.name, attachments])).toEqual([
      ['Alice created "Pets"', 'notice', 'Alice', undefined],
      ['Alice added Bob, somebody', 'notice', 'Alice', undefined],
      ['Alice: set messages ttl', 'notice', 'Alice', undefined],
      ['🐈', undefined, 'Alice', undefined],
      ['[photo]', undefined, 'Alice', ['photos/1.jpg']],
      ['a cat', undefined, 'Deleted account', ['files/cat.pdf']],
    ])
  })

  test('a message that is not one is reported with its line, the rest goes on', async () => {
    const { entries, problems } = await read(`{"id":1,"messages":[\n${JSON.stringify(said(1, 'one'))},\n{"type":5},\n${JSON.stringify(said(2, ''))},\n${JSON.stringify(said(3, 'three'))}]}`)
    expect(entries.map((entry) => entry.text)).toEqual(['one', 'three'])
    expect(problems.map(({ file, line }) => [file, line])).toEqual([['result.json', 3], ['result.json', 4]])
  })

  test.each([
    ['cut short', '{"id":1,"messages":[\n' + JSON.stringify(said(1, 'one')) + ',\n{"id":2,"ty', 3],
    ['garbage inside', '{"id":1,"messages":[\n' + JSON.stringify(said(1, 'one')) + ',\n\u0000\u0001', 3],
    ['nested without end', '{"id":1,"messages":[\n' + JSON.stringify(said(1, 'one')) + ',\n' + '['.repeat(5_000), 3],
    ['something after the end', '{"id":1,"messages":[' + JSON.stringify(said(1, 'one')) + ']}\n\n}', 3],
  ])('%s: what came before is told, then where it broke', async (_case, text, line) => {
    const { entries, problems } = await read(text)
    expect(entries.map((entry) => entry.text)).toEqual(['one'])
    expect(problems).toMatchObject([{ line, words: expect.stringMatching(/^broken JSON/) }])
  })
})

const Target = z.array(z.object({ timestamp: z.string(), author: z.string(), message: z.string() }))
const data = sharedData('export-formats/chat-miner/telegram')
describe.runIf(data.present)(`chat-miner samples${data.skipped}`, () => {
  test.each(['test_single_export.json', 'test_batch_export.json'])('%s says what target.json says', async (name) => {
    const target = Target.parse(JSON.parse(readFileSync(join(data.path, 'target.json'), 'utf8')))
    const source = await openImport(join(data.path, name))
    const { entries, problems } = await collect(source.records())
    expect(source.format).toBe('telegram')
    expect(problems).toEqual([])
    expect(entries.map((entry) => ({
      timestamp: new Date(entry.at).toISOString().slice(0, 19),
      author: entry.author.name,
      message: entry.text,
    }))).toEqual(target)
  })
})
