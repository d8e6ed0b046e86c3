// Some exports are almost in order: a crawler fetched pages that overlap, or a server wrote a late message after a
// later one. A window of entries is enough to put them right and to drop what came twice, at constant memory.

import type { ImportedEntry, ImportRecord } from './source.ts'

/** Entries of one conversation, oldest first within the window, each key once. */
export async function* inOrder(records: AsyncIterable<ImportRecord>, window: number): AsyncGenerator<ImportRecord> {
  const waiting: Waiting[] = []
  // Insertion order makes a Set a queue of the keys seen last.
  const seen = new Set<string>()
  for await (const record of records) {
    if (record.type !== 'entry') {
      yield record
      continue
    }
    if (seen.has(record.entry.key)) continue
    seen.add(record.entry.key)
    if (seen.size > window * 2) forgetOldest(seen)
    insert(waiting, record)
    if (waiting.length > window) yield* waiting.splice(0, 1)
  }
  yield* waiting
}

/** After all that are not later, so that equal times keep their order. */
function insert(waiting: Waiting[], record: Waiting): void {
  const at = waiting.findLastIndex((other) => other.entry.at <= record.entry.at)
  waiting.splice(at + 1, 0, record)
}

function forgetOldest(seen: Set<string>): void {
  for (const key of seen) {
    seen.delete(key)
    return
  }
}

type Waiting = { type: 'entry'; conversation: string; entry: ImportedEntry }
