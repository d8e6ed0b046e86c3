// IRC logs, one conversation per file. The day comes from the lines, else from the file name, else it is BASE_DAY: a log
// without any day keeps its order and its times of day. A nick is a person; a change of nick is a notice and joins
// nobody, since a nick that is free again is often taken by somebody else.

import type { ExportFile } from './exportFile.ts'
import { readAnnotations } from './ircAnnotations.ts'
import { startClock } from './ircClock.ts'
import type { IrcLine } from './ircLine.ts'
import { parseIrcLine } from './ircLine.ts'
import { readLines } from './lines.ts'
import type { ImportedEntry, ImportOptions, ImportProblem, ImportRecord } from './source.ts'
import type { CalendarDate } from './wallTime.ts'

export async function* readIrc(
  file: ExportFile,
  annotation: ExportFile | undefined,
  options: ImportOptions,
): AsyncGenerator<ImportRecord> {
  const key = file.name.replace(LOG_ENDING, '')
  const stem = key.replace(/^.*\//, '')
  const { parents, problems } = annotation === undefined ? NO_REPLIES : await readAnnotations(annotation)
  yield* problems
  const clock = startClock(dayInName(stem) ?? BASE_DAY, options.zone)
  const originals = new Set(parents.values())
  // Only lines that became an entry can be answered.
  const answerable = new Set<number>()
  let announced = false
  for await (const line of readLines(file)) {
    const parsed = line.type === 'line' ? parseIrcLine(line.text) : null
    if (line.type === 'broken' || parsed === null) {
      if (line.type === 'broken') yield unread(file, line.number, line.words)
      else if (line.text.trim() !== '') yield unread(file, line.number, 'is no line of an IRC log')
      continue
    }
    if (parsed.type === 'day') {
      if (parsed.date !== null) clock.setDay(parsed.date)
      continue
    }
    const at = clock.tick(parsed.clock, parsed.date)
    // Nothing was said; some clients send that by mistake.
    if (parsed.text === '') continue
    const name = parsed.channel === undefined ? stem : `#${parsed.channel}`
    if (!announced) yield { type: 'conversation', conversation: { key, name, kind: 'group' } }
    announced = true
    const index = line.number - 1
    if (originals.has(index)) answerable.add(index)
    const original = parents.get(index)
    const replyTo = original !== undefined && answerable.has(original) ? original : undefined
    yield { type: 'entry', conversation: key, entry: toEntry(parsed, line.number, at, replyTo) }
  }
}

export function annotationName(name: string): string {
  return `${name.replace(LOG_ENDING, '')}.annotation.txt`
}

function toEntry(said: IrcLine & { type: 'said' }, line: number, at: number, original: number | undefined): ImportedEntry {
  return {
    key: lineKey(line),
    // IRC nicks are the same in any case.
    author: { key: said.nick.toLowerCase(), name: said.nick },
    at,
    text: said.text,
    ...(said.style === undefined ? {} : { style: said.style }),
    ...(original === undefined ? {} : { replyTo: lineKey(original + 1) }),
  }
}

function lineKey(line: number): string {
  return `line ${line}`
}

function dayInName(stem: string): CalendarDate | null {
  const { year, month, day } = /(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)/.exec(stem)?.groups ?? {}
  return year === undefined ? null : { year: Number(year), month: Number(month), day: Number(day) }
}

function unread(file: ExportFile, line: number, words: string): ImportProblem {
  return { type: 'problem', file: file.name, line, words }
}

/** Documented in docs/import.md; changing it would move the times of a repeated import. */
const BASE_DAY: CalendarDate = { year: 2000, month: 1, day: 1 }
const LOG_ENDING = /(\.raw|\.ascii)?\.(txt|log)$/
const NO_REPLIES = { parents: new Map<number, number>(), problems: [] }
