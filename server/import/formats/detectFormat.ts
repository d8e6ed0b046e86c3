// What an export is, told from its names and the first lines of its files, never from its ending alone.

import { BrokenFile } from './brokenFile.ts'
import type { ExportFile, ExportFiles } from './exportFile.ts'
import type { FormatName } from './formatName.ts'
import { isCrosswozLine } from './crosswoz.ts'
import { isGitterLine } from './gitter.ts'
import { ImportRefused, unknownFormat } from './importRefused.ts'
import { parseIrcLine } from './ircLine.ts'
import { openExport } from './openExport.ts'
import { slackRoot } from './slack.ts'
import { asUtf8 } from './utf8.ts'
import { parseWhatsappHead } from './whatsappLine.ts'

/** Refuses with `ImportRefused`, whose words list what is supported. */
export async function detectFormat(path: string): Promise<FormatName> {
  const opened = await openExport(path)
  try {
    return (await detectIn(opened)).format
  } finally {
    opened.close()
  }
}

export async function detectIn(opened: ExportFiles): Promise<Detected> {
  if (slackRoot(opened.files) !== null) return { format: 'slack', files: opened.files }
  const alone = opened.files.length === 1
  const candidates = opened.files.filter((file) => alone || (READABLE.test(file.name) && !ANNOTATION.test(file.name)))
  let format: FormatName | null = null
  const files: ExportFile[] = []
  let empty = true
  let broken: string | null = null
  for (const file of candidates) {
    const head = await readHead(file)
    broken ??= head.broken
    if (head.text.trim() !== '') empty = false
    const found = formatOf(head.text)
    // The first file that is anything decides what the others may be.
    format ??= found
    if (found !== null && found === format) files.push(file)
  }
  if (format !== null) return { format, files }
  if (broken !== null) throw new ImportRefused('broken-archive', `${opened.name} cannot be read: ${broken}`)
  if (empty) throw new ImportRefused('empty', `${opened.name} is empty.`)
  throw unknownFormat(opened.name)
}

async function readHead(file: ExportFile): Promise<{ text: string; broken: string | null }> {
  let broken: string | null = null
  const chunks: Uint8Array[] = []
  let held = 0
  try {
    for await (const chunk of asUtf8(file.bytes())) {
      chunks.push(chunk)
      held += chunk.length
      if (held >= HEAD_BYTES) break
    }
  } catch (error) {
    // What could be read may still tell; where it breaks will be a problem of the stream.
    if (!(error instanceof BrokenFile)) throw error
    broken = error.message
  }
  return { text: Buffer.concat(chunks).subarray(0, HEAD_BYTES).toString('utf8'), broken }
}

function formatOf(head: string): FormatName | null {
  const lines = head.split(/\r?\n/).slice(0, HEAD_LINES)
  const first = lines.find((line) => line.trim() !== '') ?? ''
  if (/^\s*\{\s*"parley"\s*:/.test(first)) return 'parley'
  if (isCrosswozLine(first)) return 'crosswoz'
  if (/^\s*\{/.test(head) && TELEGRAM.test(head)) return 'telegram'
  if (lines.some((line) => isGitterLine(line))) return 'gitter'
  if (lines.some((line) => parseWhatsappHead(line) !== null)) return 'whatsapp'
  if (lines.some((line) => parseIrcLine(line) !== null)) return 'irc'
  return null
}

/** What no other program's JSON has: the sort of a chat, or how Telegram writes messages and accounts. */
const TELEGRAM =
  /"(date_unixtime|from_id|personal_information|left_chats)"\s*:|"type"\s*:\s*"(saved_messages|\w+_(chat|group|supergroup|channel))"/

/** `files`: those of the format, without what merely lies beside them. */
export type Detected = { format: FormatName; files: readonly ExportFile[] }

/** A text can fill the first lines before the next record starts; 64 KiB are read at once anyway. */
const HEAD_BYTES = 64 * 1024
const HEAD_LINES = 200
/** Media lie beside many exports and are not opened. */
const READABLE = /\.(txt|log|tsv|json|jsonl|ndjson)$/i
const ANNOTATION = /\.annotation\.txt$/
