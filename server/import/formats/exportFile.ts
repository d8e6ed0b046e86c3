// The parts of an export as parsers see them, wherever they lie: names, and bytes in a stream.

import { createReadStream } from 'node:fs'

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
  /** From the start, each time it is called. Fails with `BrokenFile` when the archive is damaged. */
  bytes(): AsyncIterable<Uint8Array>
}

export function diskFile(path: string, name: string): ExportFile {
  return { name, path, bytes: () => createReadStream(path, { highWaterMark: READ_BYTES }) }
}

/** Ten years of a busy Slack workspace stay below; each name costs memory. */
export const EXPORT_MAX_FILES = 500_000

const READ_BYTES = 64 * 1024
