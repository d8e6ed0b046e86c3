// Gitter room dumps, as they were published: tab-separated, newest first, lines ending in CRLF. A text may hold real
// line breaks; then it stands in double quotes, with its own quotes doubled. So a record is the line that starts it and
// every line after it that does not start another; read backwards, the start comes last.

import { diskFile } from './exportFile.ts'
import { inOrder } from './inOrder.ts'
import { LINE_MAX_BYTES } from './lines.ts'
import { readLinesBackwards } from './linesBackwards.ts'
import type { ImportProblem, ImportRecord } from './source.ts'
import { tidyText } from './tidyText.ts'
import { isoTime } from './wallTime.ts'

export function readGitter(path: string, name: string, count: (bytes: number) => void = () => {}): AsyncIterable<ImportRecord> {
  return inOrder(readRows(path, name, count), OVERLAP_ENTRIES)
}

export function isGitterLine(line: string): boolean {
  return START.test(line)
}

async function* readRows(path: string, name: string, count: (bytes: number) => void): AsyncGenerator<ImportRecord> {
  const file = diskFile(path, name)
  const rooms = new Set<string>()
  let tail: string[] = []
  let chars = 0
  let first = 0
  for await (const line of readLinesBackwards(path, count)) {
    if (line.type === 'broken') {
      yield { type: 'problem', file: file.name, line: line.number, words: line.words }
      continue
    }
    first = line.number
    chars += line.text.length
    if (chars <= LINE_MAX_BYTES) tail.push(line.text)
    if (!START.test(line.text)) continue
    if (chars > LINE_MAX_BYTES) yield problem(name, first, `is a text of more than ${LINE_MAX_BYTES} characters`)
    else yield* readRow(tail.toReversed().join('\n'), { name, line: first, rooms })
    tail = []
    chars = 0
  }
  if (tail.some((line) => line.trim() !== '')) yield problem(name, first, 'does not start with a room and a time')
}

function* readRow(row: string, at: { name: string; line: number; rooms: Set<string> }): Generator<ImportRecord> {
  const [roomId = '', room = '', sentAt = '', userId = '', user = '', messageId = '', ...rest] = row.split('\t')
  const time = isoTime(sentAt, 'utc')
  const text = tidyText(unquote(rest.join('\t')))
  if (time === null) {
    yield problem(at.name, at.line, `has no time: "${sentAt}"`)
    return
  }
  // A message its author deleted keeps its row.
  if (text === '') return
  if (!at.rooms.has(roomId)) {
    at.rooms.add(roomId)
    yield { type: 'conversation', conversation: { key: roomId, name: room, kind: 'group' } }
  }
  const action = /^\/me\s+(?<doing>\S[^]*)$/.exec(text)?.groups?.['doing']
  yield {
    type: 'entry',
    conversation: roomId,
    entry: {
      key: messageId,
      author: { key: userId, name: user === '' ? userId : user },
      at: time,
      text: action ?? text,
      ...(action === undefined ? {} : { style: 'action' as const }),
    },
  }
}

function unquote(text: string): string {
  const inner = /^"(?<inner>[^]*)"$/.exec(text)?.groups?.['inner']
  return inner === undefined ? text : inner.replaceAll('""', '"')
}

function problem(file: string, line: number, words: string): ImportProblem {
  return { type: 'problem', file, line, words }
}

/** room id, room, time, user id, user name, message id; the text follows. */
const START = /^[0-9a-f]{24}\t[^\t]+\/[^\t]+\t[^\t]*\t[0-9a-f]{24}\t[^\t]*\t[0-9a-f]{24}\t/

/** The crawler fetched pages of 100 that overlap, and sorted pages rather than messages. */
const OVERLAP_ENTRIES = 512
