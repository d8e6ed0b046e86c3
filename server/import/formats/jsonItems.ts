// Picks values out of a JSON file while it streams by, so that a chat of many gigabytes costs one message of memory.
// JSON cannot be entered again after a mistake: a broken file yields what came before it, then says where it broke.

import { JSONParser, TokenType } from '@streamparser/json'
import { BrokenFile } from './brokenFile.ts'
import type { ExportFile } from './exportFile.ts'
import { asUtf8 } from './utf8.ts'

/** `paths` as in JSONPath, with `$`, names and `*`. */
export async function* readJsonItems(file: ExportFile, paths: readonly string[]): AsyncGenerator<JsonItem> {
  const reading = startReading(paths)
  let line = 1
  let unclaimed = 0
  try {
    for await (const chunk of asUtf8(file.bytes())) {
      // Fed a line at a time: the parser does not say where a value stood, so the line is kept here.
      for (const piece of pieces(chunk)) {
        const { found, failure } = reading.feed(piece)
        for (const value of found) yield { type: 'value', line, ...value }
        unclaimed = found.length > 0 ? 0 : unclaimed + piece.length
        const words = failure ?? (unclaimed > ITEM_MAX_BYTES ? 'a value is too long to hold' : null)
        if (words !== null) {
          yield { type: 'broken', line, words: `broken JSON: ${words}` }
          return
        }
        if (piece.at(-1) === NEWLINE) line += 1
      }
    }
    if (!reading.complete()) yield { type: 'broken', line, words: 'broken JSON: the file ends too early' }
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error
    yield { type: 'broken', line, words: `cannot be read further: ${error.message}` }
  }
}

function startReading(paths: readonly string[]) {
  const parser = new JSONParser({ paths: [...paths], keepStack: false })
  let found: Found[] = []
  let failure: string | null = null
  let depth = 0
  parser.onError = (error) => {
    failure ??= error.message
  }
  parser.onValue = ({ value, key, stack }) => {
    // The first of the stack is the document itself and has no key.
    const path = [...stack.slice(1).map((level) => level.key), key].filter((step) => step !== undefined)
    found.push({ path, value })
  }
  parser.onToken = ({ token }) => {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth += 1
    if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth -= 1
    // The parser's work per value grows with the depth.
    if (depth > DEPTH_MAX) failure ??= `nested more than ${DEPTH_MAX} deep`
  }
  return {
    feed(piece: Uint8Array): { found: Found[]; failure: string | null } {
      found = []
      if (!(parser.isEnded && isBlank(piece))) parser.write(piece)
      return { found, failure }
    },
    complete: () => parser.isEnded,
  }
}

function* pieces(chunk: Uint8Array): Generator<Uint8Array> {
  let start = 0
  for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
    yield chunk.subarray(start, end + 1)
    start = end + 1
  }
  if (start < chunk.length) yield chunk.subarray(start)
}

function isBlank(piece: Uint8Array): boolean {
  return piece.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d))
}

export type JsonItem =
  | ({ type: 'value'; line: number } & Found)
  | { type: 'broken'; line: number; words: string }

/** `value` is whatever the file says: parse it with a schema. */
type Found = { path: readonly (string | number)[]; value: unknown }

/** Bytes that may pass without a value being found: a message with everything in it, or a part nobody asked for. */
const ITEM_MAX_BYTES = 64 * 1024 * 1024
const DEPTH_MAX = 64
const NEWLINE = 0x0a
