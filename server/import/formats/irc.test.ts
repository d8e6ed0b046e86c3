import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { annotationName, readIrc } from './irc.ts'
import { openImport } from './openImport.ts'
import { collect, diskExport, memoryFile } from './testing/memoryExport.ts'
import { sharedData } from './testing/sharedData.ts'

const UTC = { zone: 'utc' }

async function read(lines: string[], { name = '2004-12-25.raw.txt', annotation = '', zone = 'utc' } = {}) {
  return collect(readIrc(memoryFile(name, lines.join('\n')), memoryFile('a.annotation.txt', annotation), { zone }))
}

function times(entries: { at: number }[]): string[] {
  return entries.map((entry) => new Date(entry.at).toISOString())
}

describe('IRC logs', () => {
  test('a message, /me in both spellings, a /notice, and what happened in the channel', async () => {
    const { entries, problems } = await read([
      '[09:14] <Alice> hi: there',
      '[09:14]  * bob waves  twice',
      '=== bob sighs',
      '[09:15] -carol:#lobby- look here',
      '=== bob [b@host] has joined #lobby',
      '=== bob is now known as bob_',
      '=== mode/#lobby [+o bob_]  by Alice',
    ])
    expect(problems).toEqual([])
    expect(entries.map(({ author, text, style }) => [author.name, text, style])).toEqual([
      ['Alice', 'hi: there', undefined],
      ['bob', 'waves  twice', 'action'],
      ['bob', 'sighs', 'action'],
      ['carol', 'look here', undefined],
      ['bob', 'bob [b@host] has joined #lobby', 'notice'],
      ['bob', 'bob is now known as bob_', 'notice'],
      ['Alice', 'mode/#lobby [+o bob_]  by Alice', 'notice'],
    ])
    expect(entries[0]?.author.key).toBe('alice')
  })

  test('the day is in the file name and moves on past midnight', async () => {
    const { entries } = await read(['=== a has joined #x', '[23:59] <a> 1', '[00:01] <a> 2', '=== a has quit', '[00:00] <b> late clock'])
    expect(times(entries)).toEqual([
      '2004-12-25T00:00:00.000Z',
      '2004-12-25T23:59:00.000Z',
      '2004-12-26T00:01:00.000Z',
      '2004-12-26T00:01:00.000Z',
      '2004-12-26T00:01:00.000Z',
    ])
  })

  test('without any day it is 2000-01-01, in the zone that was asked for', async () => {
    const { entries } = await read(['[12:00] <a> hi'], { name: 'lobby.log', zone: 'Europe/Berlin' })
    expect(times(entries)).toEqual(['2000-01-01T11:00:00.000Z'])
  })

  test('a channel and a day on the line, and the dividers of irssi, say more than the name', async () => {
    const lines = ['lobby 2010-11-08 [13:21] <a> hi ', 'lobby 2010-11-09 === a is now known as b ', 'lobby 2010-11-09 [08:00:05] <b>\t yo  ']
    const spoken = await read(lines)
    expect(spoken.conversations).toEqual([{ key: '2004-12-25', name: '#lobby', kind: 'group' }])
    expect(times(spoken.entries)).toEqual(['2010-11-08T13:21:00.000Z', '2010-11-08T13:21:00.000Z', '2010-11-09T08:00:05.000Z'])
    expect(spoken.entries.map((entry) => entry.text)).toEqual(['hi', 'a is now known as b', 'yo'])

    const irssi = await read(['--- Log opened Wed Jul 02 18:00:01 2008', '18:00 < a> hi', '--- Day changed Thu Jul 03 2008', '09:00 -!- b [b@h] has joined #x'])
    expect(times(irssi.entries)).toEqual(['2008-07-02T18:00:00.000Z', '2008-07-03T09:00:00.000Z'])
  })

  test('annotations count lines from 0, a line answers the latest of its parents and never itself', async () => {
    const lines = ['[09:00] <a> 0', '[09:00] <b> 1', 'what is this', '[09:01] <a> 3', '[09:02] <b> 4']
    const { entries, problems } = await read(lines, { annotation: '0 0 -\n0 3 -\n1 3 - \n2 4 -\nbroken\n' })
    expect(entries.map((entry) => [entry.key, entry.replyTo])).toEqual([
      ['line 1', undefined],
      ['line 2', undefined],
      ['line 4', 'line 2'],
      ['line 5', undefined],
    ])
    expect(problems).toEqual([
      { type: 'problem', file: 'a.annotation.txt', line: 5, words: 'is not "A B -"' },
      { type: 'problem', file: '2004-12-25.raw.txt', line: 3, words: 'is no line of an IRC log' },
    ])
  })

  test('colours go, Unicode stays, Latin-1 is reported', async () => {
    const file = Buffer.concat([Buffer.from('[09:00] <a> \u000304red\u000f \u0002ja\u0002 «日本»\n[09:01] <b> caf'), Buffer.from([0xe9, 0x0a])])
    const { entries, problems } = await collect(readIrc(memoryFile('x.log', file), undefined, UTC))
    expect(entries.map((entry) => entry.text)).toEqual(['red ja «日本»'])
    expect(problems).toMatchObject([{ line: 2, words: 'is not UTF-8; save the file as UTF-8' }])
  })

  test('the annotation is found beside a log that is named alone', async () => {
    const root = diskExport({ 'a.raw.txt': '[09:00] <a> 0\n[09:00] <b> 1\n', 'a.annotation.txt': '0 1 -\n' })
    const source = await openImport(join(root, 'a.raw.txt'))
    const { entries } = await collect(source.records())
    expect(entries[1]?.replyTo).toBe('line 1')
  })
})

describe.each(['irc/train', 'irc/new-domains'])('%s', (folder) => {
  const data = sharedData(folder)
  const logs = data.present ? readdirSync(data.path).filter((name) => !name.endsWith('.annotation.txt')) : ['every log']
  describe.runIf(data.present)(`annotated logs${data.skipped}`, () => {
    test.each(logs)('%s: every line in order, every reply resolved', async (name) => {
      const lines = readFileSync(join(data.path, name), 'utf8').split('\n')
      const links = readFileSync(join(data.path, annotationName(name)), 'utf8').split('\n')
      const said = lines.filter((line) => !/^(\[\d\d:\d\d\] <\S+>\s*)?$/.test(line))
      const answers = new Set(links.map((link) => link.split(' ')).filter(([a, b]) => a !== b).map(([, b]) => b))

      const source = await openImport(join(data.path, name))
      const { entries, problems } = await collect(source.records())
      expect(source.format).toBe('irc')
      expect(problems).toEqual([])
      expect(entries).toHaveLength(said.length)
      expect(entries.every((entry, index) => entry.at >= (entries[index - 1]?.at ?? 0))).toBe(true)
      const keys = new Set(entries.map((entry) => entry.key))
      const replies = entries.filter((entry) => entry.replyTo !== undefined)
      expect(replies.filter((entry) => !keys.has(entry.replyTo ?? ''))).toEqual([])
      // At most a link to or from a line on which nothing was said is lost.
      expect(answers.size - replies.length).toBeLessThanOrEqual(lines.length - said.length)
      expect(entries.filter((entry) => entry.text.includes('\ufffd'))).toEqual([])
    })
  })
})
