// Reply annotation beside an IRC log: `A B -` says that line B answers line A. Lines count from 0, messages of the
// system included. `A A -` starts a talk. A line may answer several; we keep one parent, the latest.

import type { ExportFile } from './exportFile.ts'
import { readLines } from './lines.ts'
import type { ImportProblem } from './source.ts'

export async function readAnnotations(file: ExportFile): Promise<{ parents: Map<number, number>; problems: ImportProblem[] }> {
  const parents = new Map<number, number>()
  const problems: ImportProblem[] = []
  for await (const line of readLines(file)) {
    const words = line.type === 'broken' ? line.words : addLink(parents, line.text)
    if (words !== null) problems.push({ type: 'problem', file: file.name, line: line.number, words })
  }
  return { parents, problems }
}

function addLink(parents: Map<number, number>, text: string): string | null {
  if (text.trim() === '') return null
  const [, from, to] = /^(\d+) (\d+) - *$/.exec(text) ?? []
  if (from === undefined || to === undefined) return 'is not "A B -"'
  const [original, answer] = [Math.min(Number(from), Number(to)), Math.max(Number(from), Number(to))]
  if (original < answer) parents.set(answer, Math.max(original, parents.get(answer) ?? 0))
  return null
}
