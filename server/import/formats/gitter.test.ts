import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readGitter } from './gitter.ts'
import { openImport } from './openImport.ts'
import { collect, diskExport } from './testing/memoryExport.ts'
import { sharedData } from './testing/sharedData.ts'

const ROOM = 'a'.repeat(24)
const alice = { id: '1'.repeat(24), name: 'alice' }
const bob = { id: '2'.repeat(24), name: 'bob' }

function row(from: typeof alice, at: string, message: number, text: string): string {
  const id = String(message).padStart(24, '0')
  return [ROOM, 'Parley/Lobby', at, from.id, from.name, id, text].join('\t') + '\r\n'
}

async function read(content: string | Uint8Array) {
  return collect(readGitter(join(diskExport({ 'Lobby.tsv': content }), 'Lobby.tsv'), 'Lobby.tsv'))
}

describe('Gitter dumps', () => {
  test('written newest first, come out oldest first', async () => {
    const { conversations, entries, problems } = await read(
      row(bob, '2016-01-01T00:00:02.000Z', 2, 'second') + row(alice, '2016-01-01T00:00:01.500Z', 1, 'first'),
    )
    expect(problems).toEqual([])
    expect(conversations).toEqual([{ key: ROOM, name: 'Parley/Lobby', kind: 'group' }])
    expect(entries).toEqual([
      { conversation: ROOM, key: '0'.repeat(23) + '1', author: { key: alice.id, name: 'alice' }, at: 1_451_606_401_500, text: 'first' },
      { conversation: ROOM, key: '0'.repeat(23) + '2', author: { key: bob.id, name: 'bob' }, at: 1_451_606_402_000, text: 'second' },
    ])
  })

  test('a quoted text keeps its line breaks, tabs and quotes', async () => {
    const { entries } = await read(row(alice, '2016-01-01T00:00:01.000Z', 1, '"```\n  if ""x"":\r\n\ty()\n```"'))
    expect(entries.map((entry) => entry.text)).toEqual(['```\n  if "x":\n\ty()\n```'])
  })

  test('a text of many blocks is put together, and Unicode is not cut', async () => {
    const long = Array.from({ length: 40_000 }, (_, line) => `строка ${line} 🤓`).join('\n')
    const { entries, problems } = await read(
      row(bob, '2016-01-01T00:00:02.000Z', 2, `"${long}"`) + row(alice, '2016-01-01T00:00:01.000Z', 1, 'אב גד'),
    )
    expect(problems).toEqual([])
    expect(entries.map((entry) => entry.text)).toEqual(['אב גד', long])
  })

  test('pages that overlap are told once and in order', async () => {
    const one = row(alice, '2016-01-01T00:00:01.000Z', 1, 'one')
    const two = row(alice, '2016-01-01T00:00:02.000Z', 2, 'two')
    const { entries } = await read(one + two + one)
    expect(entries.map((entry) => entry.text)).toEqual(['one', 'two'])
  })

  test('/me is an action and a deleted message is nothing', async () => {
    const { entries, problems } = await read(
      row(bob, '2016-01-01T00:00:02.000Z', 2, '') + row(alice, '2016-01-01T00:00:01.000Z', 1, '/me waves'),
    )
    expect(problems).toEqual([])
    expect(entries).toMatchObject([{ text: 'waves', style: 'action' }])
  })

  test('a line of garbage and a row without a time are reported by number, the rest goes on', async () => {
    const content = Buffer.concat([
      Buffer.from(row(bob, 'yesterday', 3, 'three') + row(bob, '2016-01-01T00:00:02.000Z', 2, 'two')),
      Buffer.from([0x00, 0xff, 0xfe, 0x0a]),
      Buffer.from(row(alice, '2016-01-01T00:00:01.000Z', 1, 'one')),
    ])
    const { entries, problems } = await read(content)
    expect(entries.map((entry) => entry.text)).toEqual(['one', 'two'])
    expect(problems).toEqual([
      { type: 'problem', file: 'Lobby.tsv', line: 3, words: 'is binary, not text' },
      { type: 'problem', file: 'Lobby.tsv', line: 1, words: 'has no time: "yesterday"' },
    ])
  })

  test('a dump without its start says so once', async () => {
    const { problems } = await read(`lost\nwords\n${row(alice, '2016-01-01T00:00:01.000Z', 1, 'one')}`)
    expect(problems).toMatchObject([{ line: 1, words: 'does not start with a room and a time' }])
  })
})

const data = sharedData('gitter')
describe.runIf(data.present)(`Gitter rooms${data.skipped}`, () => {
  test.each(data.present ? readdirSync(data.path) : ['every room'])('%s: every message that was not deleted, once, in order', async (name) => {
    const path = join(data.path, name)
    const starts = readFileSync(path, 'utf8').split(/^(?=[0-9a-f]{24}\tFreeCodeCamp\/)/m)
    const written = new Map(starts.map((record) => [record.split('\t')[5], record.split('\t').slice(6).join('\t').trim()]))
    const expected = [...written.values()].filter((text) => text !== '').length

    const source = await openImport(path)
    const { entries, problems, conversations } = await collect(source.records())
    source.close()
    expect(source.format).toBe('gitter')
    expect(problems).toEqual([])
    expect(conversations).toHaveLength(1)
    expect(entries).toHaveLength(expected)
    expect(new Set(entries.map((entry) => entry.key)).size).toBe(expected)
    expect(entries.every((entry, index) => entry.at >= (entries[index - 1]?.at ?? 0))).toBe(true)
    expect(entries.filter((entry) => entry.text.includes('\ufffd') || !entry.text.isWellFormed())).toEqual([])
    // Unquoted texts are exactly what the dump says.
    const changed = entries.filter((entry) => {
      const text = written.get(entry.key) ?? ''
      return !text.startsWith('"') && text !== entry.text.trim()
    })
    expect(changed).toEqual([])
  })
})
