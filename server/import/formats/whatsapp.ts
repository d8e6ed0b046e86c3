// WhatsApp's "export chat". Read twice: once to learn from the whole file how its dates are written and how many people
// speak, once to tell it.

import type { ExportFile } from './exportFile.ts'
import { LINE_MAX_BYTES, readLines } from './lines.ts'
import type {
  DateOrder,
  ImportedConversation,
  ImportedEntry,
  ImportOptions,
  ImportProblem,
  ImportRecord,
} from './source.ts'
import { tidyText } from './tidyText.ts'
import { wallTime } from './wallTime.ts'
import { toDate, watchDates } from './whatsappDates.ts'
import type { WhatsappHead } from './whatsappLine.ts'
import { attachmentIn, parseWhatsappHead } from './whatsappLine.ts'

/** `title` is what the export is called around the file: iPhones name every file `_chat.txt`. */
export async function* readWhatsapp(
  file: ExportFile,
  title: string,
  options: ImportOptions,
): AsyncGenerator<ImportRecord> {
  const { order, kind } = await survey(file, options)
  const conversation = { ...nameOf(file, title), kind }
  if (order === null) {
    yield problem(file, 0, 'has dates that fit neither day/month/year, month/day/year nor year/month/day')
    return
  }
  yield { type: 'conversation', conversation }
  let open: Open | null = null
  for await (const line of readLines(file)) {
    const head = line.type === 'line' ? parseWhatsappHead(line.text) : null
    if (line.type === 'broken') yield problem(file, line.number, line.words)
    else if (head !== null) {
      if (open !== null) yield close(open, file, conversation.key)
      const at = wallTime(toDate(head.parts, order), head.clock, options.zone)
      open = at === null ? null : { head, at, line: line.number, text: [head.text], chars: head.text.length }
      if (at === null) yield problem(file, line.number, 'has a date or time that does not exist')
    } else if (open !== null) {
      open.chars += line.text.length + 1
      if (open.chars <= LINE_MAX_BYTES) open.text.push(line.text)
    } else if (line.text.trim() !== '') yield problem(file, line.number, 'belongs to no message')
  }
  if (open !== null) yield close(open, file, conversation.key)
}

async function survey(file: ExportFile, options: ImportOptions): Promise<Survey> {
  const dates = watchDates()
  const authors = new Set<string>()
  let ofGroup = false
  for await (const line of readLines(file)) {
    const head = line.type === 'line' ? parseWhatsappHead(line.text) : null
    if (head === null) continue
    dates.see(head)
    if (head.author === null) ofGroup ||= /\b(group|subject)\b/i.test(head.text)
    else if (authors.size <= 2) authors.add(head.author)
  }
  return { order: options.dateOrder ?? dates.order(), kind: ofGroup || authors.size > 2 ? 'group' : 'direct' }
}

function close(open: Open, file: ExportFile, conversation: string): ImportRecord {
  const text = tidyText(open.text.join('\n'))
  if (open.chars > LINE_MAX_BYTES) return problem(file, open.line, `starts a text of more than ${LINE_MAX_BYTES} characters`)
  if (text === '') return problem(file, open.line, 'has no text')
  const attachment = attachmentIn(text)
  const entry: ImportedEntry = {
    // An export made later is the same up to where the older one ended.
    key: `line ${open.line}`,
    author: open.head.author === null ? THE_APP : { key: open.head.author, name: open.head.author },
    at: open.at,
    text,
    ...(open.head.author === null ? { style: 'notice' as const } : {}),
    ...(attachment === null ? {} : { attachments: [attachment] }),
  }
  return { type: 'entry', conversation, entry }
}

function nameOf(file: ExportFile, title: string): { key: string; name: string } {
  const own = file.name.replace(/^.*\//, '')
  const stem = (own === '_chat.txt' ? title : own).replace(/\.(txt|zip)$/i, '')
  return { key: stem, name: stem.replace(/^WhatsApp Chat (?:with|-) /, '') }
}

function problem(file: ExportFile, line: number, words: string): ImportProblem {
  return { type: 'problem', file: file.name, line, words }
}

type Survey = { order: DateOrder | null; kind: ImportedConversation['kind'] }

type Open = { head: WhatsappHead; at: number; line: number; text: string[]; chars: number }

/** A contact could only be called this on purpose. */
const THE_APP = { key: 'system:whatsapp', name: 'WhatsApp' }
