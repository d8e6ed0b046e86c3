// Exports written inside a test.

import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ExportFile } from '../exportFile.ts'
import type { ImportedEntry, ImportProblem, ImportRecord } from '../source.ts'

/** Handed out a few bytes at a time, so that characters and lines are cut at every place. */
export function memoryFile(name: string, content: string | Uint8Array): ExportFile {
  const bytes = Buffer.from(content)
  return {
    name,
    async *bytes() {
      for (let start = 0; start < bytes.length; start += CHUNK_BYTES) yield bytes.subarray(start, start + CHUNK_BYTES)
    },
  }
}

/** A folder on the disk, gone after the test. */
export function diskExport(files: Record<string, string | Uint8Array>): string {
  const root = mkdtempSync(join(tmpdir(), 'parley-import-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  return root
}

export async function collect(records: AsyncIterable<ImportRecord>): Promise<Collected> {
  const collected: Collected = { conversations: [], entries: [], problems: [] }
  for await (const record of records) {
    if (record.type === 'conversation') collected.conversations.push(record.conversation)
    else if (record.type === 'entry') collected.entries.push({ conversation: record.conversation, ...record.entry })
    else collected.problems.push(record)
  }
  return collected
}

type Collected = {
  conversations: { key: string; name: string; kind: string }[]
  entries: (ImportedEntry & { conversation: string })[]
  problems: ImportProblem[]
}

const CHUNK_BYTES = 7
