// Every problem goes into a file; the first ones are shown as well.

import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportProblem } from './formats/source.ts'

export type ProblemReport = {
  add(problem: ImportProblem): void
  /** What to show at the end; empty when nothing went wrong. */
  close(): string[]
}

export function createProblemReport(dataDir: string, startedAt: Date): ProblemReport {
  const dir = join(dataDir, 'imports')
  const path = join(dir, `${startedAt.toISOString().replaceAll(':', '-')}.problems.txt`)
  const first: string[] = []
  let file: number | null = null
  let total = 0
  return {
    add(problem) {
      const line = problemInWords(problem)
      if (first.length < SHOWN) first.push(line)
      total += 1
      if (file === null) {
        mkdirSync(dir, { recursive: true, mode: 0o700 })
        file = openSync(path, 'wx', 0o600)
      }
      writeSync(file, `${line}\n`)
    },
    close() {
      if (file === null) return []
      closeSync(file)
      const more = total > first.length ? [`… and ${total - first.length} more`] : []
      return [...first, ...more, `All of them stand in ${path}`]
    },
  }
}

export function problemInWords({ file, line, words }: ImportProblem): string {
  // What an export calls its files and what its lines hold must not steer the terminal it is shown on.
  return `${file}${line === 0 ? '' : `:${line}`} ${words}`.replaceAll(/\p{Cc}+/gu, ' ')
}

const SHOWN = 20
