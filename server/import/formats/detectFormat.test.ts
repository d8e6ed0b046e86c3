import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { detectFormat } from './detectFormat.ts'
import { FORMATS } from './formatName.ts'
import { openImport } from './openImport.ts'
import { collect, diskExport } from './testing/memoryExport.ts'
import { zipBytes } from './testing/zipBytes.ts'

const CHAT = '20/01/19, 11:23 - Alice: hi\n'
const LOG = '[09:14] <alice> hi\n'
const ROW = `${'a'.repeat(24)}\tParley/Lobby\t2016-01-01T00:00:00.000Z\t${'b'.repeat(24)}\talice\t${'c'.repeat(24)}\thi\r\n`
const TELEGRAM = '{\n "name": "Bob",\n "type": "personal_chat",\n "id": 1,\n "messages": []\n}'

function fileOf(name: string, content: string | Uint8Array): string {
  return join(diskExport({ [name]: content }), name)
}

describe('detectFormat', () => {
  test.each([
    ['parley', '{"parley":1}\n'],
    ['crosswoz', '{"dialogue":"1","i":0,"role":"usr","text":"hi"}\n'],
    ['telegram', TELEGRAM],
    ['whatsapp', CHAT],
    ['whatsapp', Buffer.from(`\ufeff${CHAT}`, 'utf16le')],
    ['irc', LOG],
    ['irc', `\n=== bob has joined #x\n${LOG}`],
    ['gitter', ROW],
  ])('a file is %s by what it says, not by its name', async (format, content) => {
    expect(await detectFormat(fileOf('export.bin', content))).toBe(format)
  })

  test.each([
    ['slack', { 'users.json': '[]', 'channels.json': '[]' }],
    ['telegram', { 'result.json': TELEGRAM, 'photos/1.jpg': 'x' }],
    ['whatsapp', { '_chat.txt': CHAT, 'a.jpg': 'x' }],
    ['irc', { 'a.raw.txt': LOG, 'a.annotation.txt': '0 0 -\n', 'readme.md': 'x' }],
  ])('a folder and a zip are %s by their files', async (format, files) => {
    const folder = diskExport(files)
    expect(await detectFormat(folder)).toBe(format)
    expect(await detectFormat(fileOf('a.zip', zipBytes(files)))).toBe(format)
  })

  test('nothing known: the refusal lists what is supported', async () => {
    const refusal = detectFormat(fileOf('a.txt', 'Dear diary'))
    await expect(refusal).rejects.toMatchObject({ name: 'ImportRefused', kind: 'unknown-format' })
    for (const words of Object.values(FORMATS)) await expect(refusal).rejects.toThrow(words)
  })

  test.each([
    ['not-found', () => '/nowhere/at/all'],
    ['empty', () => fileOf('a.txt', '')],
    ['empty', () => fileOf('a.txt', '\ufeff \n\n')],
    ['empty', () => diskExport({})],
    ['unknown-format', () => fileOf('a.bin', Buffer.from([0, 1, 2, 255, 254, 10]))],
    ['unknown-format', () => fileOf('a.json', '{"messages":[{"sender_name":"Alice"}]}')],
    ['broken-archive', () => fileOf('a.zip', zipBytes({ '_chat.txt': CHAT }).subarray(0, 60))],
    ['unsafe-archive', () => fileOf('a.zip', zipBytes({ '../../etc/passwd': CHAT }))],
    ['unsafe-archive', () => fileOf('a.zip', zipBytes({ '/etc/passwd': CHAT }))],
    ['unsafe-archive', () => fileOf('a.zip', zipBytes({ '_chat.txt': CHAT + 'x'.repeat(20 * 1024 * 1024) }))],
  ])('refuses with kind %s', async (kind, path) => {
    await expect(openImport(path())).rejects.toMatchObject({ name: 'ImportRefused', kind })
  })

  test('refuses a zone that does not exist', async () => {
    await expect(openImport(fileOf('a.txt', CHAT), { zone: 'Mars/Olympus' })).rejects.toMatchObject({ kind: 'unknown-zone' })
  })
})

describe('damaged archives', () => {
  const chat = Array.from({ length: 5_000 }, (_, minute) => `20/01/19, 11:23 - Alice: message ${minute * 7919}\n`).join('')

  test('a zip whose data breaks off is told up to there', async () => {
    const source = await openImport(fileOf('a.zip', zipBytes({ '_chat.txt': chat }, { damage: true })))
    const { entries, problems } = await collect(source.records())
    source.close()
    expect(entries.length).toBeGreaterThan(100)
    expect(problems).toMatchObject([{ file: '_chat.txt', words: expect.stringMatching(/^cannot be read further/) }])
  })

  test('a zip that lies about its size is not unfolded beyond it', async () => {
    const path = fileOf('a.zip', zipBytes({ '_chat.txt': chat }, { size: 1_000 }))
    await expect(openImport(path)).rejects.toMatchObject({ kind: 'broken-archive' })
  })

  test('a Gitter dump in a zip asks to be unpacked', async () => {
    const source = await openImport(fileOf('a.zip', zipBytes({ 'Lobby.tsv': ROW })))
    expect((await collect(source.records())).problems).toMatchObject([{ line: 0, words: expect.stringContaining('unpack') }])
    source.close()
  })
})
