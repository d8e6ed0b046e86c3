// The audit log. Whoever does something privileged writes it down here, inside their own transaction.

import type { UserId } from '../../shared/ids.ts'
import { AuditAct } from '../../shared/protocol/administration.ts'
import type { AuditRecord } from '../../shared/protocol/administration.ts'
import type { Actor, NewAuditRecord } from '../administration.ts'
import type { Connection } from './connection.ts'
import { fromBlob, toBlob } from './uuid.ts'

export type Audit = {
  /** Inside a transaction. */
  add(record: NewAuditRecord): void
  /** Inside a transaction: may this one act? */
  mayAct(by: Actor): boolean
  page(before: number | null, limit: number): AuditRecord[]
}

export function createAudit(connection: Connection): Audit {
  const sql = prepareStatements(connection)
  return {
    add: ({ by, now, act, on, detail = '' }) => void sql.add.run(now, blobOf(by), act, blobOf(on), detail),
    mayAct: (by) => by === null || sql.isAdministrator.get(toBlob(by)) !== undefined,
    page: (before, limit) => sql.page.all(before ?? Number.MAX_SAFE_INTEGER, limit).map(recordOf),
  }
}

type AuditRow = { number: number; at: number; actor: Buffer | null; act: string; subject: Buffer | null; detail: string }

function recordOf({ number, at, actor, act, subject, detail }: AuditRow): AuditRecord {
  return { number, at, by: idOf(actor), act: AuditAct.parse(act), on: idOf(subject), detail }
}

function blobOf(user: UserId | null): Buffer | null {
  return user === null ? null : toBlob(user)
}

function idOf(blob: Buffer | null): UserId | null {
  return blob === null ? null : fromBlob(blob)
}

function prepareStatements(connection: Connection) {
  return {
    add: connection.prepare<[number, Buffer | null, string, Buffer | null, string]>(`
      INSERT INTO audit (at, actor_key, act, subject_key, detail)
      VALUES (?, (SELECT key FROM users WHERE id = ?), ?, (SELECT key FROM users WHERE id = ?), ?)`),
    isAdministrator: connection.prepare<[Buffer], number>('SELECT 1 FROM users WHERE id = ? AND administrator = 1').pluck(),
    page: connection.prepare<[number, number], AuditRow>(`
      SELECT number, at, actor.id AS actor, act, subject.id AS subject, detail
      FROM audit LEFT JOIN users AS actor ON actor.key = actor_key LEFT JOIN users AS subject ON subject.key = subject_key
      WHERE number < ? ORDER BY number DESC LIMIT ?`),
  }
}
