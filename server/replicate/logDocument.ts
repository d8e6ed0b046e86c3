// Rows → the log document. Every node must build byte-identical updates from the same rows, whatever the batches and
// however often it restarted: so entries are pushed strictly in seq order, by one client id, as plain values in one form.

import * as Y from 'yjs'
import type { Entry } from '../../shared/conversation/entry.ts'
import { inOrder } from '../../shared/conversation/entry.ts'
import { LOG_CLIENT_ID, LOG_ROOT } from '../../shared/conversation/segment.ts'

/** Appends entries to a log document: one transaction, so one update. The caller keeps the order gapless. */
export function pushEntries(doc: Y.Doc, entries: readonly Entry[], origin: unknown): void {
  if (entries.length === 0) return
  // Yjs takes a new client id when structs of its own id arrive from outside.
  doc.clientID = LOG_CLIENT_ID
  doc.transact(() => doc.getArray<Entry>(LOG_ROOT).push(entries.map(inOrder)), origin)
}

/** A segment as one update. */
export function encodeEntries(entries: readonly Entry[]): Uint8Array {
  const doc = new Y.Doc()
  pushEntries(doc, entries, null)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
