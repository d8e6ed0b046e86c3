// The copies of messages that reports hold. While a report is open they are evidence and stay, also when the message is
// erased; of a report that is resolved they go with the message, so that what is deleted for everyone is gone.

import type { EntryId, Seq } from '../../shared/ids.ts'
import { ENTRY_KIND_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import { toBlob } from './uuid.ts'

export function createReportCopies(connection: Connection) {
  const sql = prepareStatements(connection)
  return {
    add(report: Buffer, entries: readonly EntryId[]): void {
      for (const entry of entries) sql.add.run(toBlob(entry), report)
    },
    isErased: (report: Buffer, entry: EntryId): boolean => sql.isErased.get(toBlob(entry), report) !== undefined,
    /** Of a message: it goes from what is resolved. */
    erased(conversation: number, target: Seq): void {
      for (const report of sql.reportsOf.all(conversation, target)) sql.drop.run(report)
    },
    /** Of a report: what was erased meanwhile goes. */
    resolved(report: Buffer): void {
      if (sql.drop.run(report).changes > 0) connection.erased()
    },
  }
}

const ERASED = `EXISTS (
  SELECT 1 FROM entries WHERE id = unhex(copy.value ->> 'id', '-') AND kind = ${ENTRY_KIND_CODES.erased}
    AND conversation_key = (SELECT key FROM conversations WHERE conversations.id = reports.conversation)
)`

function prepareStatements(connection: Connection) {
  return {
    add: connection.prepare<[Buffer, Buffer]>('INSERT OR IGNORE INTO report_copies (entry, report) VALUES (?, ?)'),
    reportsOf: connection
      .prepare<[number, number], Buffer>('SELECT report FROM report_copies WHERE entry = (SELECT id FROM entries WHERE conversation_key = ? AND seq = ?)')
      .pluck(),
    isErased: connection.prepare<[Buffer, Buffer]>(`
      SELECT 1 FROM entries WHERE id = ? AND kind = ${ENTRY_KIND_CODES.erased} AND conversation_key = (
        SELECT key FROM conversations WHERE id = (SELECT conversation FROM reports WHERE reports.id = ?)
      )`),
    // Leaves of each copy whose message is erased its id and time.
    drop: connection.prepare<[Buffer]>(`
      UPDATE reports SET shown = (
        SELECT json_group_array(json(iif(${ERASED}, json_set(copy.value, '$.texts', json('[]')), copy.value)) ORDER BY copy.key) FROM json_each(shown) AS copy
      ) WHERE id = ? AND resolved_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM json_each(shown) AS copy WHERE json_array_length(copy.value, '$.texts') > 0 AND ${ERASED}
      )`),
  }
}
