// Two-party dialogues as JSON Lines, `{"dialogue","i","role","text"}`. They carry no time: each starts at BASE_TIME and
// goes on a minute per message, so that order is kept and a repeated import says the same.

import { z } from 'zod'
import type { ExportFile } from './exportFile.ts'
import { parseJson } from './parseJson.ts'
import { readLines } from './lines.ts'
import type { ImportRecord } from './source.ts'
import { tidyText } from './tidyText.ts'

export async function* readCrosswoz(file: ExportFile): AsyncGenerator<ImportRecord> {
  const announced = new Set<string>()
  for await (const line of readLines(file)) {
    if (line.type === 'line' && line.text.trim() === '') continue
    const turn = line.type === 'line' ? Turn.safeParse(parseJson(line.text)) : null
    if (line.type === 'broken' || turn === null || !turn.success) {
      const words = line.type === 'broken' ? line.words : 'is not {"dialogue","i","role","text"}'
      yield { type: 'problem', file: file.name, line: line.number, words }
      continue
    }
    const { dialogue, i, role, text } = turn.data
    if (!announced.has(dialogue)) yield { type: 'conversation', conversation: { key: dialogue, name: dialogue, kind: 'direct' } }
    announced.add(dialogue)
    yield {
      type: 'entry',
      conversation: dialogue,
      entry: { key: String(i), author: { key: role, name: role }, at: BASE_TIME + i * MINUTE_MS, text: tidyText(text) },
    }
  }
}

export function isCrosswozLine(line: string): boolean {
  return Turn.safeParse(parseJson(line)).success
}

const Turn = z.object({ dialogue: z.string(), i: z.int().min(0), role: z.string().min(1), text: z.string().regex(/\S/) })

const BASE_TIME = Date.UTC(2000, 0, 1)
const MINUTE_MS = 60_000
