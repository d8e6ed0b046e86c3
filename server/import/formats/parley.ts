// Reads our own export. `readParleyRecords` gives back every field and is what a restore uses; `readParley` tells the
// same as a neutral stream, for a server that treats it like any other export.

import type { ExportFile } from './exportFile.ts'
import { readLines } from './lines.ts'
import type { ParleyRecord } from './parleyLines.ts'
import { decodeParleyLine } from './parleyLines.ts'
import type { ImportedEntry, ImportProblem, ImportRecord } from './source.ts'

export async function* readParley(file: ExportFile): AsyncGenerator<ImportRecord> {
  const names = new Map<string, string>()
  for await (const found of readParleyRecords(file)) {
    if (found.type === 'problem') yield found
    else if (found.type === 'person') names.set(found.id, found.name)
    else if (found.type === 'conversation') {
      yield { type: 'conversation', conversation: { key: found.id, name: found.name, kind: found.kind === 'direct' ? 'direct' : 'group' } }
    }
    else if (found.type === 'entry' && found.kind === 'message') yield { type: 'entry', conversation: found.conversation, entry: toNeutral(found, names) }
  }
}

/** In the order of the file, checked against the order it promises. */
export async function* readParleyRecords(file: ExportFile): AsyncGenerator<BodyRecord | ImportProblem> {
  const heads = new Map<string, number>()
  let headed = false
  for await (const line of readLines(file)) {
    if (line.type === 'line' && line.text.trim() === '') continue
    const decoded = line.type === 'line' ? decodeParleyLine(line.text) : { ok: false as const, words: line.words }
    const fault = decoded.ok ? misplaced(decoded.record, headed, heads) : decoded.words
    if (!decoded.ok || fault !== null) yield { type: 'problem', file: file.name, line: line.number, words: fault ?? '' }
    else if ('parley' in decoded.record) headed = true
    else yield decoded.record
    // Without its header it may be of a version that means something else by the same words.
    if (!headed) return
  }
}

function misplaced(record: ParleyRecord, headed: boolean, heads: Map<string, number>): string | null {
  if ('parley' in record) return headed ? 'is a second header' : null
  if (!headed) return 'is not the header {"parley":1}'
  if (record.type === 'conversation' && !heads.has(record.id)) heads.set(record.id, NOTHING_YET)
  if (record.type === 'receipt' && !heads.has(record.conversation)) return 'is a receipt of a conversation that was not named before'
  if (record.type !== 'entry') return null
  const head = heads.get(record.conversation)
  if (head === undefined) return 'is an entry of a conversation that was not named before'
  if (record.seq <= head) return `has seq ${record.seq} after ${head}`
  heads.set(record.conversation, record.seq)
  return null
}

function toNeutral(record: BodyRecord & { type: 'entry'; kind: 'message' }, names: ReadonlyMap<string, string>): ImportedEntry {
  const { text, style, replyTo } = record.body
  return {
    key: record.id,
    author: { key: record.author, name: names.get(record.author) ?? record.author },
    at: record.at,
    text,
    ...(style === undefined ? {} : { style }),
    ...(replyTo === undefined ? {} : { replyTo }),
  }
}

export type BodyRecord = Exclude<ParleyRecord, { parley: 1 }>

const NOTHING_YET = 0
