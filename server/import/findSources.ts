// What lies under a path: one export, or a folder with many of them, each a source of its own.

import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { EXPORT_MAX_FILES } from './formats/exportFile.ts'
import { ImportRefused } from './formats/importRefused.ts'
import { slackRoot } from './formats/slack.ts'

export type FoundSource = {
  path: string
  /** How it is called in front of people, relative to what was given. */
  label: string
  /** Folder of it in what was given, with forward slashes; empty at the top. */
  folder: string
}

export async function findSources(path: string): Promise<FoundSource[]> {
  const found = await stat(path).catch(notFound)
  if (found === null) throw new ImportRefused('not-found', `${path} does not exist.`)
  if (!found.isDirectory()) return [{ path, label: basename(path), folder: '' }]
  const sources: FoundSource[] = []
  await visit(path, '', sources)
  return sources
}

async function visit(dir: string, folder: string, sources: FoundSource[]): Promise<void> {
  const children = (await readdir(dir, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  // The files of a Slack export belong together; any other file stands for itself.
  if (slackRoot(children) === '') {
    sources.push({ path: dir, label: folder === '' ? basename(dir) : folder, folder })
    return
  }
  for (const child of children) {
    const label = folder === '' ? child.name : `${folder}/${child.name}`
    // Links are passed over: in an export somebody sent one could point at any file of this machine.
    if (child.isDirectory()) await visit(join(dir, child.name), label, sources)
    else if (child.isFile() && MAY_BE_EXPORT.test(child.name)) sources.push({ path: join(dir, child.name), label, folder })
    if (sources.length > EXPORT_MAX_FILES) throw new ImportRefused('unsafe-archive', `${dir} holds too many files.`)
  }
}

/** Media lie beside many exports; notes of who answers whom are read with their log. */
const MAY_BE_EXPORT = /(?<!\.annotation)\.(txt|log|tsv|json|jsonl|ndjson|zip)$/i

function notFound(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
