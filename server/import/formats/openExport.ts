// An export is a file, a folder or a zip; a parser sees the same thing in each: names, and bytes in a stream.

import { open, readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { ExportFile, ExportFiles } from './exportFile.ts'
import { diskFile, EXPORT_MAX_FILES } from './exportFile.ts'
import { ImportRefused } from './importRefused.ts'
import { openZip } from './zipFiles.ts'

export async function openExport(path: string): Promise<ExportFiles> {
  const found = await stat(path).catch(notFound)
  if (found === null) throw new ImportRefused('not-found', `${path} does not exist.`)
  if (found.isDirectory()) return { name: basename(path), files: await listFolder(path), close: () => {} }
  // A pipe or a device would wait for ever.
  if (!found.isFile()) throw new ImportRefused('not-found', `${path} is neither a file nor a folder.`)
  if (await isZip(path)) return openZip(path)
  return { name: basename(path), files: [diskFile(path, basename(path))], close: () => {} }
}

async function listFolder(root: string): Promise<ExportFile[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  // Regular files only: a link in an export somebody sent could point at any file of this machine.
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  if (files.length > EXPORT_MAX_FILES) throw new ImportRefused('unsafe-archive', `${root} holds too many files.`)
  return files.toSorted().map((path) => diskFile(path, relative(root, path).replaceAll('\\', '/')))
}

async function isZip(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    // "PK\3\4", or "PK\5\6" for a zip with nothing in it.
    return bytesRead === 4 && ['504b0304', '504b0506'].includes(buffer.toString('hex'))
  } finally {
    await handle.close()
  }
}

function notFound(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
