// What people report to the administrators, with copies of the messages they chose to show.

import { z } from 'zod'
import { EntryId, Millis } from '../../shared/ids.ts'
import type { ReportedEntry, ReportState, ReportSummary, ReportView } from '../../shared/protocol/administration.ts'
import { ReportReason } from '../../shared/protocol/api.ts'
import type { ReportStore } from '../people.ts'
import { createAudit } from './audit.ts'
import { ENTRY_KIND_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import { createReportCopies } from './reportCopies.ts'
import { fromBlob, toBlob } from './uuid.ts'

export function createReportStore(connection: Connection): ReportStore {
  const sql = prepareStatements(connection)
  const audit = createAudit(connection)
  const copies = createReportCopies(connection)
  return {
    file: ({ id, by, about, reason, words, conversation, entries, now }) =>
      connection.write(() => {
        const [reporter, reported] = [sql.userKey.get(toBlob(by)), sql.userKey.get(toBlob(about))]
        if (reporter === undefined || reported === undefined) return 'unknown'
        const filed = sql.reporterOf.get(toBlob(id))
        if (filed !== undefined) return filed === reporter ? 'filed' : 'id-conflict'
        const place = conversation === null ? null : sql.placeOf.get(toBlob(conversation), reporter)
        if (place === undefined) return 'not-member'
        const shown = place === null ? [] : entries.map((entry) => copyOf(sql, place, reported, entry))
        if (shown.includes(null)) return 'not-theirs'
        sql.insert.run(toBlob(id), now, reporter, reported, reason, words, conversation === null ? null : toBlob(conversation), JSON.stringify(shown))
        copies.add(toBlob(id), entries)
        return 'filed'
      }),
    list: ({ state, after, limit }) =>
      connection.read(() => sql.list.all(after === null ? null : toBlob(after), STATE_CODES[state ?? 'all'], limit).map(summaryOf)),
    read: ({ by, now, id }) =>
      connection.write(() => {
        if (!audit.mayAct(by)) return 'not-administrator'
        const row = sql.byId.get(toBlob(id))
        if (row === undefined) return 'unknown'
        audit.add({ by, now, act: 'report-read', on: fromBlob(row.about), detail: id })
        return viewOf(row, (entry) => copies.isErased(toBlob(id), entry))
      }),
    resolve: ({ by, now, id, words }) =>
      connection.write(() => {
        if (!audit.mayAct(by)) return 'not-administrator'
        const row = sql.byId.get(toBlob(id))
        if (row === undefined) return 'unknown'
        if (row.resolved_at !== null) return 'done'
        sql.resolve.run(now, by === null ? null : toBlob(by), words, toBlob(id))
        copies.resolved(toBlob(id))
        audit.add({ by, now, act: 'report-resolved', on: fromBlob(row.about), detail: id })
        return 'done'
      }),
  }
}

/** Null unless it is a message that the reported person wrote there. */
function copyOf(sql: Statements, conversation: number, author: number, id: EntryId): Copy | null {
  const entry = sql.message.get(toBlob(id), conversation, author)
  if (entry === undefined) return null
  const edits = sql.edits.all(conversation, entry.seq)
  return { id, at: entry.at, texts: [entry.text, ...edits].filter((text) => text !== null) }
}

/** All, or as the column of the list says. */
const STATE_CODES = { all: -1, open: 0, resolved: 1 } as const satisfies Record<ReportState | 'all', number>

/** As it is stored. */
const Copy = z.object({ id: EntryId, at: Millis, texts: z.array(z.string()) })
type Copy = z.infer<typeof Copy>

type SummaryRow = { id: Buffer; at: number; by: Buffer; about: Buffer; reason: string; entries: number; resolved_at: number | null; resolver: Buffer | null }
type Row = SummaryRow & { words: string; conversation: Buffer | null; shown: string; resolved_words: string }

function summaryOf({ id, at, by, about, reason, entries, resolved_at, resolver }: SummaryRow): ReportSummary {
  return { id: fromBlob(id), at, by: fromBlob(by), about: fromBlob(about), reason: ReportReason.parse(reason), entries, resolvedAt: resolved_at, resolvedBy: resolver === null ? null : fromBlob(resolver) }
}

function viewOf(row: Row, isErased: (entry: EntryId) => boolean): ReportView {
  const shown = z.array(Copy).parse(JSON.parse(row.shown))
  return {
    ...summaryOf(row),
    words: row.words,
    conversation: row.conversation === null ? null : fromBlob(row.conversation),
    shown: shown.map((copy): ReportedEntry => ({ ...copy, erased: isErased(copy.id) })),
    resolvedWords: row.resolved_words,
  }
}

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(connection: Connection) {
  const summary = `reports.id, at, reporter.id AS "by", about.id AS about, reason, json_array_length(shown) AS entries, resolved_at, (SELECT id FROM users WHERE key = resolver_key) AS resolver`
  const people = 'JOIN users AS reporter ON reporter.key = reporter_key JOIN users AS about ON about.key = about_key'
  return {
    userKey: connection.prepare<[Buffer], number>('SELECT key FROM users WHERE id = ?').pluck(),
    placeOf: connection
      .prepare<[Buffer, number], number>('SELECT conversation_key FROM members WHERE conversation_key = (SELECT key FROM conversations WHERE id = ?) AND user_key = ?')
      .pluck(),
    message: connection.prepare<[Buffer, number, number], { seq: number; at: number; text: string | null }>(`
      SELECT seq, at, body ->> '$.text' AS text FROM entries WHERE id = ? AND conversation_key = ? AND author_key = ? AND kind = ${ENTRY_KIND_CODES.message}`),
    edits: connection
      .prepare<[number, number], string | null>(`
        SELECT entries.body ->> '$.text' FROM annotations JOIN entries USING (conversation_key, seq)
        WHERE conversation_key = ? AND target = ? AND annotations.kind = ${ENTRY_KIND_CODES.edit} ORDER BY seq`)
      .pluck(),
    insert: connection.prepare<[Buffer, number, number, number, string, string, Buffer | null, string]>(`
      INSERT INTO reports (id, at, reporter_key, about_key, reason, words, conversation, shown) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    reporterOf: connection.prepare<[Buffer], number>('SELECT reporter_key FROM reports WHERE id = ?').pluck(),
    // By when it came here: an id says when somebody made it, or whatever they like.
    list: connection.prepare<[Buffer | null, number, number], SummaryRow>(`
      WITH page AS (SELECT ? AS after)
      SELECT ${summary} FROM reports ${people}
      WHERE ((SELECT after FROM page) IS NULL OR (at, reports.id) < (SELECT at, id FROM reports WHERE id = (SELECT after FROM page)))
        AND ? IN (-1, resolved_at IS NOT NULL)
      ORDER BY at DESC, reports.id DESC LIMIT ?`),
    byId: connection.prepare<[Buffer], Row>(`
      SELECT ${summary}, words, conversation, shown, resolved_words FROM reports ${people} WHERE reports.id = ?`),
    resolve: connection.prepare<[number, Buffer | null, string, Buffer]>('UPDATE reports SET resolved_at = ?, resolver_key = (SELECT key FROM users WHERE id = ?), resolved_words = ? WHERE id = ?'),
  }
}
