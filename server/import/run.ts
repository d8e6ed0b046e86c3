// An import from a path to the log: what `npm run import` and the benchmark call.

import type { UserId } from '../../shared/ids.ts'
import type { Database } from '../../storage/database.ts'
import type { AppendTrusted } from './entryQueue.ts'
import type { FoundSource } from './findSources.ts'
import { findSources } from './findSources.ts'
import { countReading } from './formats/exportFile.ts'
import { ImportRefused, unknownFormat } from './formats/importRefused.ts'
import { openExport } from './formats/openExport.ts'
import { openImport } from './formats/openImport.ts'
import type { ImportOptions, ImportProblem, ImportRecord, ImportSource } from './formats/source.ts'
import { DEFAULT_OPTIONS } from './formats/source.ts'
import { NeutralImport } from './neutralImport.ts'
import { ParleyImport } from './parleyImport.ts'
import type { ImportSummary } from './summary.ts'
import { emptySummary } from './summary.ts'

export type RunImportOptions = {
  path: string
  database: Database
  append: AppendTrusted
  clock: () => number
  members?: readonly UserId[]
  /** Time zone, and what else the formats leave open. */
  reading?: Pick<ImportOptions, 'zone' | 'dateOrder'>
  /** Tells apart exports that call different people by the same names. */
  source?: string
  /** Names the first conversation. */
  name?: string
  onProblem?: (problem: ImportProblem) => void
  /** Now and then, with the numbers so far. */
  onProgress?: (progress: Progress) => void
}

export type Progress = { summary: Readonly<ImportSummary>; /** Of the whole, from 0 to 1. */ part: number; label: string }

/** Refuses with `ImportRefused` when there is nothing to import; after that whatever is wrong is a problem. */
export async function runImport(options: RunImportOptions): Promise<ImportSummary> {
  const started = performance.now()
  const summary = emptySummary()
  const onProblem = (problem: ImportProblem) => {
    summary.problems += 1
    options.onProblem?.(problem)
  }
  const found = await findSources(options.path)
  let { name } = options
  for (const [done, each] of found.entries()) {
    let part = 0
    const reading = { ...DEFAULT_OPTIONS, ...options.reading, onRead: (read: number) => (part = read) }
    const source = await open(each, found.length === 1, reading, summary, onProblem)
    if (source === null) continue
    const onProgress = () => options.onProgress?.({ summary, part: (done + part) / found.length, label: each.label })
    const onProblemHere = (problem: ImportProblem) => onProblem({ ...problem, file: inFolder(each, problem.file) })
    const deps = { ...options, members: options.members ?? [], summary, onProblem: onProblemHere }
    const scope = { format: source.format, source: options.source ?? '', folder: each.folder }
    try {
      // Our own lines say more than the neutral stream can hold.
      if (source.format === 'parley') await importParley(each.path, new ParleyImport(deps), reading, onProgress)
      else await importNeutral(source.records(), new NeutralImport(deps, scope, each.label), { name, onProblem: onProblemHere, onProgress })
    } finally {
      source.close()
    }
    summary.sources += 1
    name = undefined
  }
  if (summary.sources === 0 && summary.problems === 0) throw unknownFormat(options.path)
  summary.seconds = (performance.now() - started) / 1000
  return summary
}

/** In a folder, a file that is no export is passed over; alone, it is refused. */
async function open(
  found: FoundSource,
  alone: boolean,
  reading: ImportOptions,
  summary: ImportSummary,
  onProblem: (problem: ImportProblem) => void,
): Promise<ImportSource | null> {
  try {
    return await openImport(found.path, reading)
  } catch (error) {
    if (!(error instanceof ImportRefused) || alone || error.kind === 'unknown-zone') throw error
    if (error.kind === 'unknown-format' || error.kind === 'empty') summary.passedOver.push(found.label)
    else onProblem({ type: 'problem', file: found.label, line: 0, words: error.message })
    return null
  }
}

async function importParley(path: string, target: ParleyImport, { onRead }: ImportOptions, onProgress: () => void): Promise<void> {
  const opened = await openExport(path)
  try {
    for (const file of countReading(opened.files, 1, onRead).files) await target.file(file, onProgress)
  } finally {
    opened.close()
  }
}

async function importNeutral(
  records: AsyncIterable<ImportRecord>,
  target: NeutralImport,
  { name, onProblem, onProgress }: { name: string | undefined; onProblem: (problem: ImportProblem) => void; onProgress: () => void },
): Promise<void> {
  let given = name
  let told = 0
  for await (const record of records) {
    if (record.type === 'problem') onProblem(record)
    else if (record.type === 'entry') {
      await target.entry(record.conversation, record.entry)
      told += 1
      if (told % PROGRESS_EVERY === 0) onProgress()
    } else {
      target.conversation(given === undefined ? record.conversation : { ...record.conversation, name: given })
      given = undefined
    }
  }
  await target.end()
  onProgress()
}

/** The parser saw the file alone. */
function inFolder({ folder, label }: FoundSource, file: string): string {
  if (folder === '' || file === label || file.startsWith(`${folder}/`)) return file
  return label.endsWith(file) ? label : `${folder}/${file}`
}

const PROGRESS_EVERY = 2_000
