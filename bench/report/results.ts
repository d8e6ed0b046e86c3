import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Machine } from '../host/machine.ts'
import type { Row } from '../measures/measure.ts'
import { oursOverThis } from './quotient.ts'

/** One file a run, named by its time, so that runs can be compared. Returns its path. */
export const writeResults = (machine: Machine, options: Record<string, unknown>, rows: readonly Row[]): string => {
  const folder = resolve(import.meta.dirname, '../results')
  mkdirSync(folder, { recursive: true })
  const path = resolve(folder, `${machine.date.replaceAll(':', '-').slice(0, 19)}.json`)
  const compared = rows.map((row) => ({ ...row, oursOverThis: oursOverThis(row, rows) }))
  writeFileSync(path, `${JSON.stringify({ machine, options, rows: compared }, null, 2)}\n`)
  return path
}
