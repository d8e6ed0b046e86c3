import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openImport } from './openImport.ts'
import { collect, diskExport, memoryFile } from './testing/memoryExport.ts'
import { sharedData } from './testing/sharedData.ts'
import { zipBytes } from './testing/zipBytes.ts'
import { readWhatsapp } from './whatsapp.ts'

async function read(content: string | Uint8Array, options: { zone: string; dateOrder?: 'mdy' } = { zone: 'utc' }) {
  return collect(readWhatsapp(memoryFile('WhatsApp Chat with Alice.txt', content), 'unused', options))
}

async function timesOf(...lines: string[]): Promise<string[]> {
  const { entries } = await read(lines.join('\n'))
  return entries.map((entry) => new Date(entry.at).toISOString().slice(0, 19))
}

describe('WhatsApp chats', () => {
  test('messages of several lines, markers, and lines the app wrote', async () => {
    const { conversations, entries, problems } = await read(
      [
        '20/01/19, 11:23 - Messages and calls are end-to-end encrypted. Learn more: here',
        '20/01/19, 11:24 - Alice: one: two',
        '',
        '  three 🤓',
        '20/01/19, 11:25 - Bob: <Media omitted>',
        '20/01/19, 11:25 - Bob: IMG-20190120-WA0001.jpg (file attached)',
        'look',
        '20/01/19, 11:26 - Alice changed the subject from "a" to "b: c"',
      ].join('\r\n'),
    )
    expect(problems).toEqual([])
    expect(conversations).toEqual([{ key: 'WhatsApp Chat with Alice', name: 'Alice', kind: 'group' }])
    expect(entries.map(({ key, author, text, style, attachments }) => [key, author.name, text, style, attachments])).toEqual([
      ['line 1', 'WhatsApp', 'Messages and calls are end-to-end encrypted. Learn more: here', 'notice', undefined],
      ['line 2', 'Alice', 'one: two\n\n  three 🤓', undefined, undefined],
      ['line 5', 'Bob', '<Media omitted>', undefined, undefined],
      ['line 6', 'Bob', 'IMG-20190120-WA0001.jpg (file attached)\nlook', undefined, ['IMG-20190120-WA0001.jpg']],
      ['line 8', 'WhatsApp', 'Alice changed the subject from "a" to "b: c"', 'notice', undefined],
    ])
  })

  test('iPhones: brackets, seconds, direction marks, and names that are not in the address book', async () => {
    const { conversations, entries } = await read(
      '\u200e[20.01.19, 11:23:45] ~\u202fAlice: \u200e<attached: 0001-PHOTO.jpg>\n[20.01.19, 11:23:46] \u202a+12 345\u202c: שלום',
    )
    expect(conversations[0]?.kind).toBe('direct')
    expect(entries).toMatchObject([
      { author: { name: 'Alice' }, at: Date.UTC(2019, 0, 20, 11, 23, 45), attachments: ['0001-PHOTO.jpg'] },
      { text: 'שלום' },
    ])
  })

  test('twelve hours, in the spellings of several languages', async () => {
    const times = await timesOf(
      '1/20/19, 12:05\u202fAM - A: x',
      '1/20/19, 12:05\u202fPM - A: x',
      '1/20/19, 1:05 p. m. - A: x',
      '1/20/19, 2:05 p.m. - A: x',
      '1/20/19, 下午3:05 - A: x',
      '1/20/19, 午後04:05 - A: x',
    )
    expect(times.map((time) => time.slice(11, 16))).toEqual(['00:05', '12:05', '13:05', '14:05', '15:05', '16:05'])
  })

  test('day and month are told apart by the whole file, even by a later line', async () => {
    expect(await timesOf('03/04/19, 10:00 - A: x', '04/13/19, 10:00 - A: x')).toEqual(['2019-03-04T10:00:00', '2019-04-13T10:00:00'])
    expect(await timesOf('03/04/19, 10:00 - A: x', '13/04/19, 10:00 - A: x')).toEqual(['2019-04-03T10:00:00', '2019-04-13T10:00:00'])
    expect(await timesOf('2019-03-04, 10:00 - A: x')).toEqual(['2019-03-04T10:00:00'])
    // No day above 12: the order in which time does not go back.
    expect(await timesOf('01/12/19, 10:00 - A: x', '02/01/19, 10:00 - A: x')).toEqual(['2019-01-12T10:00:00', '2019-02-01T10:00:00'])
  })

  test('undecided, the day stands first, unless the phone is American or the caller knows', async () => {
    expect(await timesOf('03/04/19, 10:00 - A: x')).toEqual(['2019-04-03T10:00:00'])
    expect(await timesOf('3/4/19, 10:00 PM - A: x')).toEqual(['2019-03-04T22:00:00'])
    const { entries } = await read('03/04/19, 10:00 - A: x', { zone: 'America/New_York', dateOrder: 'mdy' })
    expect(entries[0]?.at).toBe(Date.UTC(2019, 2, 4, 15))
  })

  test.each([
    ['UTF-16 little endian', Buffer.from('\ufeff20/01/19, 11:23 - Алиса: привет 🤓\n', 'utf16le')],
    ['UTF-16 big endian', Buffer.from('\ufeff20/01/19, 11:23 - Алиса: привет 🤓\n', 'utf16le').swap16()],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff20/01/19, 11:23 - Алиса: привет 🤓\n')],
  ])('%s', async (_encoding, content) => {
    expect(await read(content)).toMatchObject({ entries: [{ author: { name: 'Алиса' }, text: 'привет 🤓' }], problems: [] })
  })

  test('what belongs to no message, does not exist or is not text is reported, the rest goes on', async () => {
    const { entries, problems } = await read(
      Buffer.concat([Buffer.from('lost\n20/01/19, 11:23 - A: x\n31/02/19, 11:23 - A: y\n20/01/19, 11:24 - A: z\n'), Buffer.from([0xff, 0x0a])]),
    )
    expect(entries.map((entry) => entry.text)).toEqual(['x', 'z'])
    expect(problems.map(({ line, words }) => [line, words])).toEqual([
      [1, 'belongs to no message'],
      [3, 'has a date or time that does not exist'],
      [5, 'is not UTF-8; save the file as UTF-8'],
    ])
  })

  test('an endless text costs no memory and is reported', async () => {
    const root = diskExport({ 'a.txt': `20/01/19, 11:23 - A: ${'x'.repeat(5_000_000)}\n20/01/19, 11:24 - A: ${`${'y'.repeat(100)}\n`.repeat(50_000)}20/01/19, 11:25 - A: z\n` })
    const { entries, problems } = await collect((await openImport(join(root, 'a.txt'))).records())
    expect(entries.map((entry) => entry.text)).toEqual(['z'])
    expect(problems.map((problem) => problem.line)).toEqual([1, 2])
  })

  test('a zip with media is called by its own name', async () => {
    const zip = zipBytes({ '_chat.txt': '[20.01.19, 11:23:45] Alice: hi', 'photo.jpg': Buffer.from([0xff, 0xd8]) })
    const source = await openImport(join(diskExport({ 'WhatsApp Chat - Pets.zip': zip }), 'WhatsApp Chat - Pets.zip'))
    const { conversations, entries } = await collect(source.records())
    source.close()
    expect(conversations).toMatchObject([{ key: 'WhatsApp Chat - Pets', name: 'Pets' }])
    expect(entries).toHaveLength(1)
  })
})

const Target = z.array(z.object({ timestamp: z.string(), author: z.string(), message: z.string() }))
const data = sharedData('export-formats/chat-miner/whatsapp')
describe.runIf(data.present)(`chat-miner samples${data.skipped}`, () => {
  const samples = data.present ? readdirSync(data.path).filter((name) => name.endsWith('.txt')) : ['every sample']
  test.each(samples)('%s says what target.json says', async (name) => {
    const target = Target.parse(JSON.parse(readFileSync(join(data.path, 'target.json'), 'utf8')))
    const { entries, problems } = await collect((await openImport(join(data.path, name))).records())
    expect(problems).toEqual([])
    const said = entries.filter((entry) => entry.style === undefined)
    // The target is newest first and joins lines with a space.
    expect(said.toReversed().map((entry) => ({
      timestamp: new Date(entry.at).toISOString().slice(0, 19),
      author: entry.author.name,
      message: entry.text.replaceAll('\n', ' '),
    }))).toEqual(target)
    // "… created group", "You were added", and a line with no ": " after the name.
    expect(entries).toHaveLength(target.length + 3)
  })
})
