// The parts of an export as parsers see them, wherever they lie: names, and bytes in a stream.

import { createReadStream, statSync } from 'node:fs'

export type ExportFiles = {
  /** Of the file, folder or zip itself. */
  name: string
  files: readonly ExportFile[]
  close(): void
}

export type ExportFile = {
  /** Relative to the export, with forward slashes. */
  name: string
  /** Only when it lies on a disk: random access is possible. */
  path?: string
  /** As far as it is known; what `bytes` gives in all. */
  size?: number
  /** From the start, each time it is called. Fails with `BrokenFile` when the archive is damaged. */
  bytes(): AsyncIterable<Uint8Array>
}

export function diskFile(path: string, name: string): ExportFile {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return { name, path, size, bytes: () => createReadStream(path, { highWaterMark: READ_BYTES }) }
}

/** The same files, telling how much of all their bytes was read; `times` is how often they are. */
export function countReading(
  files: readonly ExportFile[],
  times: number,
  onRead: ((part: number) => void) | undefined,
): { files: readonly ExportFile[]; count: CountBytes } {
  if (onRead === undefined) return { files, count: () => {} }
  const total = files.reduce((sum, { size = 0 }) => sum + size, 0) * times
  let read = 0
  const count = (bytes: number) => {
    read += bytes
    onRead(Math.min(1, read / Math.max(1, total)))
  }
  return { files: files.map((file) => ({ ...file, bytes: () => counted(file, count) })), count }
}

async function* counted(file: ExportFile, count: CountBytes): AsyncGenerator<Uint8Array> {
  for await (const chunk of file.bytes()) {
    count(chunk.length)
    yield chunk
  }
}

export type CountBytes = (bytes: number) => void

/** Ten years of a busy Slack workspace stay below; each name costs memory. */
export const EXPORT_MAX_FILES = 500_000

const READ_BYTES = 64 * 1024
