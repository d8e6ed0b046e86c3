// Lines of a text file, one at a time, numbered from 1. A line that is not text comes out broken and the next one goes
// on, so that one bad byte does not cost the whole export.

import { BrokenFile } from './brokenFile.ts'
import type { ExportFile } from './exportFile.ts'
import { asUtf8 } from './utf8.ts'

export async function* readLines(file: ExportFile): AsyncGenerator<Line> {
  let number = 0
  let rest: Uint8Array[] = []
  let held = 0
  try {
    for await (const chunk of asUtf8(file.bytes())) {
      let start = 0
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        number += 1
        yield decodeLine(Buffer.concat([...rest, chunk.subarray(start, end)]), number, held + end - start)
        rest = []
        held = 0
        start = end + 1
      }
      held += chunk.length - start
      // An endless line is counted but no longer kept.
      if (held <= LINE_MAX_BYTES) rest.push(chunk.subarray(start))
    }
    if (held > 0) yield decodeLine(Buffer.concat(rest), number + 1, held)
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error
    yield { type: 'broken', number: number + 1, words: `cannot be read further: ${error.message}` }
  }
}

/** `length` is what the line measured, which is more than `bytes` when it was too long to keep. */
export function decodeLine(bytes: Uint8Array, number: number, length: number): Line {
  if (length > LINE_MAX_BYTES) return { type: 'broken', number, words: `is longer than ${LINE_MAX_BYTES} bytes` }
  if (bytes.includes(0)) return { type: 'broken', number, words: 'is binary, not text' }
  try {
    return { type: 'line', number, text: UTF8.decode(bytes).replace(/\r$/, '') }
  } catch (error) {
    // What a fatal TextDecoder throws.
    if (!(error instanceof TypeError)) throw error
    return { type: 'broken', number, words: 'is not UTF-8; save the file as UTF-8' }
  }
}

export type Line =
  | { type: 'line'; number: number; text: string }
  | { type: 'broken'; number: number; words: string }

/** Longer than any message any of the chat programs takes, and short enough to hold. */
export const LINE_MAX_BYTES = 4 * 1024 * 1024

const NEWLINE = 0x0a
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
