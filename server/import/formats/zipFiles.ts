// Reads a zip in place: nothing is unpacked to disk, so a name in it can never be written anywhere. A zip with a name
// that tries to is refused all the same, since no chat program writes one.

import { basename } from 'node:path'
import type { Entry, ZipFile } from 'yauzl'
import { openPromise } from 'yauzl'
import { BrokenFile } from './brokenFile.ts'
import type { ExportFile, ExportFiles } from './exportFile.ts'
import { EXPORT_MAX_FILES } from './exportFile.ts'
import { ImportRefused } from './importRefused.ts'

export async function openZip(path: string): Promise<ExportFiles> {
  const name = basename(path)
  // yauzl checks every name and every size it hands out; entries are read one at a time.
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw new ImportRefused('broken-archive', `${name} is not a readable zip: ${wordsOf(error)}`)
  })
  try {
    return { name, files: await listEntries(zip, name), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function listEntries(zip: ZipFile, name: string): Promise<ExportFile[]> {
  const files: ExportFile[] = []
  const entries = zip.eachEntry()
  for (;;) {
    const next = await entries.next().catch((error: unknown) => {
      const words = wordsOf(error)
      const kind = UNSAFE_NAME.test(words) ? 'unsafe-archive' : 'broken-archive'
      throw new ImportRefused(kind, `${name} is refused: ${words}`)
    })
    if (next.done === true) break
    // The maker of a Mac zip adds a shadow of every file.
    if (next.value.fileName.endsWith('/') || next.value.fileName.startsWith('__MACOSX/')) continue
    refuseUnsafe(next.value, name)
    files.push({ name: next.value.fileName, size: next.value.uncompressedSize, bytes: () => unzip(zip, next.value) })
    if (files.length > EXPORT_MAX_FILES) throw new ImportRefused('unsafe-archive', `${name} holds too many files.`)
  }
  return files.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function refuseUnsafe(entry: Entry, name: string): void {
  if (entry.isEncrypted()) throw new ImportRefused('broken-archive', `${name} is encrypted; import it unpacked.`)
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
  if (entry.uncompressedSize > BOMB_MIN_BYTES && ratio > BOMB_RATIO) {
    throw new ImportRefused('unsafe-archive', `${entry.fileName} in ${name} unfolds ${Math.round(ratio)} times.`)
  }
}

async function* unzip(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
    throw new BrokenFile(wordsOf(error))
  })
  try {
    for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk
  } catch (error) {
    // Only the archive fails here: an error of the consumer is not thrown into a generator.
    throw new BrokenFile(wordsOf(error))
  } finally {
    stream.destroy()
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** How yauzl words a refused file name. */
const UNSAFE_NAME = /^(absolute path|invalid relative path|invalid characters in fileName)/

/** JSON of chats folds 10 to 30 times, text that is all the same 1,000 times. Small files may do as they like. */
const BOMB_RATIO = 200
const BOMB_MIN_BYTES = 16 * 1024 * 1024
