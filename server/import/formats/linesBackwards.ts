// The lines of a file from its last to its first, with their numbers from 1: an export that is written newest first is
// read oldest first without holding it. One pass counts the lines, a second reads blocks from the end.

import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { Line } from './lines.ts'
import { decodeLine, LINE_MAX_BYTES } from './lines.ts'

/** `count` hears of all bytes that are read, which is each of them twice. */
export async function* readLinesBackwards(path: string, count: (bytes: number) => void = () => {}): AsyncGenerator<Line> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    let number = await countLines(handle, size, count)
    let rest: Uint8Array[] = []
    let held = 0
    for (let end = size; end > 0; end -= BLOCK_BYTES) {
      const start = Math.max(0, end - BLOCK_BYTES)
      const block = await readBlock(handle, start, end)
      count(block.length)
      let until = block.length
      for (let at = block.lastIndexOf(NEWLINE); at !== -1; at = at === 0 ? -1 : block.lastIndexOf(NEWLINE, at - 1)) {
        const length = held + until - at - 1
        // What follows the last line break of the file is no line when it is empty.
        if (length > 0 || start + at + 1 < size) {
          yield decodeLine(Buffer.concat([block.subarray(at + 1, until), ...rest]), number, length)
          number -= 1
        }
        rest = []
        held = 0
        until = at
      }
      held += until
      if (held <= LINE_MAX_BYTES) rest.unshift(block.subarray(0, until))
    }
    if (size > 0) yield decodeLine(withoutMark(Buffer.concat(rest)), number, held)
  } finally {
    await handle.close()
  }
}

async function countLines(handle: FileHandle, size: number, count: (bytes: number) => void): Promise<number> {
  let lines = 0
  let last = NEWLINE
  for (let start = 0; start < size; start += BLOCK_BYTES) {
    const block = await readBlock(handle, start, Math.min(size, start + BLOCK_BYTES))
    count(block.length)
    for (let at = block.indexOf(NEWLINE); at !== -1; at = block.indexOf(NEWLINE, at + 1)) lines += 1
    last = block.at(-1) ?? last
  }
  return last === NEWLINE ? lines : lines + 1
}

async function readBlock(handle: FileHandle, start: number, end: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start)
  return buffer.subarray(0, bytesRead)
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).toString('hex') === 'efbbbf' ? bytes.subarray(3) : bytes
}

const BLOCK_BYTES = 256 * 1024
const NEWLINE = 0x0a
