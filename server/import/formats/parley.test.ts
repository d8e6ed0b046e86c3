import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Message } from '../../../shared/conversation/entry.ts'
import { readParley, readParleyRecords } from './parley.ts'
import { decodeParleyLine, encodeParleyLine, ParleyRecord } from './parleyLines.ts'
import type { ImportProblem } from './source.ts'
import { collect, memoryFile } from './testing/memoryExport.ts'

const id = (digit: number) => `00000000-0000-7000-8000-00000000000${digit}`
const HEADER = '{"parley":1}'
const alice = ParleyRecord.parse({ type: 'person', id: id(1), handle: 'alice', name: 'Alice', placeholder: false })
const lobby = ParleyRecord.parse({ type: 'conversation', id: id(2), kind: 'group', name: 'Lobby', members: [{ user: id(1), role: 'owner' }] })

function entry(seq: number, more: Record<string, unknown> = {}) {
  const body = { text: `message ${seq} 🤓\n`, ...more }
  return ParleyRecord.parse({ type: 'entry', conversation: id(2), id: id(seq + 3), seq, author: id(1), device: id(3), at: seq, kind: 'message', body })
}

type Found = ImportProblem | Exclude<ParleyRecord, { parley: 1 }>

const lines = (...records: ParleyRecord[]) => [HEADER, ...records.map(encodeParleyLine)].join('\n') + '\n'

const uuid = fc.uuid({ version: 7 })
const entryFields = { type: fc.constant('entry'), conversation: uuid, id: uuid, seq: fc.nat(), author: uuid, device: uuid, at: fc.nat() }
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
const anyRecord = fc
  .oneof(
    fc.record({ type: fc.constant('person'), id: uuid, handle: text, name: text, placeholder: fc.boolean() }),
    fc.record({
      type: fc.constant('conversation'),
      id: uuid,
      kind: fc.constantFrom('direct', 'group'),
      name: fc.oneof(fc.constant(''), text),
      members: fc.array(fc.record({ user: uuid, role: fc.constantFrom('owner', 'admin', 'member') })),
    }),
    fc.record({
      ...entryFields,
      kind: fc.constant('message'),
      body: fc.record({ text, replyTo: uuid, style: fc.constantFrom('action', 'notice') }, { requiredKeys: ['text'] }),
    }),
    fc.record({ ...entryFields, kind: fc.constant('edit'), body: fc.record({ of: uuid, target: fc.nat(), text }) }),
    fc.record({ ...entryFields, kind: fc.constant('reaction'), body: fc.record({ of: uuid, target: fc.nat(), emoji: fc.constantFrom('👍', '❤️'), on: fc.boolean() }) }),
    fc.record({ type: fc.constant('receipt'), conversation: uuid, user: uuid, delivered: fc.nat(), read: fc.nat() }),
  )
  .map((record) => ParleyRecord.parse(record))

describe("Parley's own lines", () => {
  test('export, import and export again is the same to the byte', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const line = encodeParleyLine(record)
        expect(line).not.toMatch(/[\n\r]/)
        const decoded = decodeParleyLine(line)
        if (!decoded.ok) throw new Error(decoded.words)
        expect(decoded.record).toEqual(record)
        expect(encodeParleyLine(decoded.record)).toBe(line)
      }),
    )
  })

  test('keys in any order are put into the one order', () => {
    const line = encodeParleyLine(alice)
    const shuffled = JSON.stringify(Object.fromEntries(Object.entries(alice).toReversed()))
    const decoded = decodeParleyLine(shuffled)
    expect(decoded.ok && encodeParleyLine(decoded.record)).toBe(line)
  })

  test('an entry line holds every field the log holds', () => {
    const decoded = decodeParleyLine(encodeParleyLine(entry(1)))
    expect(Object.keys(decoded.ok ? decoded.record : {})).toEqual(['type', 'conversation', ...Object.keys(Message.shape)])
  })

  test('an unknown field is refused, as it would be lost', () => {
    expect(decodeParleyLine('{"parley":1,"more":true}').ok).toBe(false)
    expect(decodeParleyLine(encodeParleyLine(alice).replace('}', ',"mood":"good"}')).ok).toBe(false)
  })

  test('as a neutral stream', async () => {
    const { conversations, entries, problems } = await collect(
      readParley(memoryFile('a.jsonl', lines(alice, lobby, entry(1), entry(2, { style: 'action', replyTo: id(4) })))),
    )
    expect(problems).toEqual([])
    expect(conversations).toEqual([{ key: id(2), name: 'Lobby', kind: 'group' }])
    expect(entries).toEqual([
      { conversation: id(2), key: id(4), author: { key: id(1), name: 'Alice' }, at: 1, text: 'message 1 🤓\n' },
      { conversation: id(2), key: id(5), author: { key: id(1), name: 'Alice' }, at: 2, text: 'message 2 🤓\n', style: 'action', replyTo: id(4) },
    ])
  })

  test('a restore sees every record; what is out of place is reported', async () => {
    const content = lines(alice, entry(1), lobby, entry(2), entry(2), entry(3)) + `{"type":"entry"\n${HEADER}`
    const found: Found[] = []
    for await (const record of readParleyRecords(memoryFile('a.jsonl', content))) found.push(record)
    expect(found.filter((record) => record.type !== 'problem')).toEqual([alice, lobby, entry(2), entry(3)])
    expect(found.filter((record) => record.type === 'problem').map(({ line }) => line)).toEqual([3, 6, 8, 9])
  })

  test.each(['{"parley":2}', 'garbage', encodeParleyLine(alice)])('without the header of this version nothing is read: %s', async (first) => {
    const { entries, problems } = await collect(readParley(memoryFile('a.jsonl', `${first}\n${lines(alice, lobby, entry(1))}`)))
    expect(entries).toEqual([])
    expect(problems).toHaveLength(1)
  })
})
