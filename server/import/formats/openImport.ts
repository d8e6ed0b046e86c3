// From a path to a stream of records. The caller closes what it opened.

import { existsSync } from 'node:fs'
import type { CountBytes, ExportFile, ExportFiles } from './exportFile.ts'
import type { Detected } from './detectFormat.ts'
import { detectIn } from './detectFormat.ts'
import { readCrosswoz } from './crosswoz.ts'
import { readGitter } from './gitter.ts'
import type { FormatName } from './formatName.ts'
import { annotationName, readIrc } from './irc.ts'
import { countReading, diskFile } from './exportFile.ts'
import { openExport } from './openExport.ts'
import { readParley } from './parley.ts'
import { readSlack } from './slack.ts'
import type { ImportOptions, ImportRecord, ImportSource } from './source.ts'
import { DEFAULT_OPTIONS } from './source.ts'
import { readTelegram } from './telegram.ts'
import { assertZone } from './wallTime.ts'
import { readWhatsapp } from './whatsapp.ts'

/** Refuses with `ImportRefused`; after that, whatever is wrong is a problem in the stream. */
export async function openImport(path: string, options: ImportOptions = DEFAULT_OPTIONS): Promise<ImportSource> {
  assertZone(options.zone)
  const opened = await openExport(path)
  try {
    const detected = await detectIn(opened)
    return { format: detected.format, records: () => readAll(opened, detected, options), close: () => opened.close() }
  } catch (error) {
    opened.close()
    throw error
  }
}

async function* readAll(opened: ExportFiles, detected: Detected, options: ImportOptions): AsyncGenerator<ImportRecord> {
  const { format } = detected
  const { files, count } = countReading(detected.files, READ_TWICE.has(format) ? 2 : 1, options.onRead)
  if (format === 'slack') yield* readSlack(files)
  else for (const file of files) yield* readOne(file, opened, format, options, count)
}

/** To learn the order of dates, and to number lines that are read from the end. */
const READ_TWICE: ReadonlySet<FormatName> = new Set(['whatsapp', 'gitter'])

function readOne(
  file: ExportFile,
  opened: ExportFiles,
  format: Exclude<FormatName, 'slack'>,
  options: ImportOptions,
  count: CountBytes,
): AsyncIterable<ImportRecord> {
  const title = opened.name.replace(/\.(zip|json)$/i, '')
  switch (format) {
    case 'parley':
      return readParley(file)
    case 'crosswoz':
      return readCrosswoz(file)
    case 'telegram':
      return readTelegram(file, title, options)
    case 'whatsapp':
      return readWhatsapp(file, title, options)
    case 'irc':
      return readIrc(file, annotationOf(file, opened), options)
    case 'gitter':
      return file.path === undefined ? refuseZipped(file) : readGitter(file.path, file.name, count)
    default:
      return format satisfies never
  }
}

/** Beside the log, also when only the log was named. */
function annotationOf(file: ExportFile, opened: ExportFiles): ExportFile | undefined {
  const listed = opened.files.find((other) => other.name === annotationName(file.name))
  const path = file.path === undefined ? undefined : annotationName(file.path)
  if (listed !== undefined || path === undefined || !existsSync(path)) return listed
  return diskFile(path, annotationName(file.name))
}

/** Newest first means reading from the end, which a zip cannot do. */
async function* refuseZipped(file: ExportFile): AsyncGenerator<ImportRecord> {
  yield { type: 'problem', file: file.name, line: 0, words: 'is inside a zip; unpack Gitter dumps before importing them' }
}
