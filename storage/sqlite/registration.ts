// Who may make an account: the mode, and invites, of which only a hash of the code is kept.

import type { Invite } from '../../shared/protocol/administration.ts'
import { RegistrationMode } from '../../shared/protocol/administration.ts'
import type { Admission, RegistrationStore } from '../administration.ts'
import { createAudit } from './audit.ts'
import type { Connection } from './connection.ts'
import { fromBlob, toBlob } from './uuid.ts'

export function createRegistrationStore(connection: Connection): RegistrationStore {
  const sql = prepareStatements(connection)
  const audit = createAudit(connection)
  const admissions = createAdmissions(connection)
  return {
    mode: () => connection.read(() => admissions.mode()),
    setMode: ({ by, now, mode }) =>
      connection.write(() => {
        if (!audit.mayAct(by)) return 'not-administrator'
        if (admissions.mode() === mode) return 'done'
        sql.setMode.run(mode)
        audit.add({ by, now, act: 'registration-set', on: null, detail: mode })
        return 'done'
      }),
    admission: (inviteHash, now) => connection.readMany(() => admissions.look(inviteHash, now)),
    createInvite: ({ by, now, id, codeHash, note, maxUses, expiresAt }) =>
      connection.write(() => {
        if (!audit.mayAct(by)) return 'not-administrator'
        sql.createInvite.run(toBlob(id), codeHash, note, by === null ? null : toBlob(by), now, expiresAt, maxUses)
        audit.add({ by, now, act: 'invite-made', on: null, detail: id })
        return { id, note, createdBy: by, createdAt: now, expiresAt, uses: 0, maxUses, revokedAt: null }
      }),
    revokeInvite: ({ by, now, id }) =>
      connection.write(() => {
        if (!audit.mayAct(by)) return 'not-administrator'
        const revoked = sql.isRevoked.get(toBlob(id))
        if (revoked === undefined) return 'unknown'
        if (revoked === 1) return 'done'
        sql.revokeInvite.run(now, toBlob(id))
        audit.add({ by, now, act: 'invite-revoked', on: null, detail: id })
        return 'done'
      }),
    invites: (after, limit) => connection.read(() => sql.invites.all(after === null ? AFTER_ALL : toBlob(after), limit).map(inviteOf)),
  }
}

export type Admissions = {
  mode(): RegistrationMode
  look(inviteHash: string | null, now: number): Admission
  /** Inside the transaction that makes the account, after `look` said that it is admitted. */
  spend(inviteHash: string | null): void
}

export function createAdmissions(connection: Connection): Admissions {
  const sql = prepareStatements(connection)
  const mode = (): RegistrationMode => RegistrationMode.parse(sql.mode.get() ?? 'open')
  return {
    mode,
    look(inviteHash, now) {
      const current = mode()
      if (current === 'open') return 'admitted'
      if (current === 'closed') return 'closed'
      if (inviteHash === null) return 'invite-needed'
      return sql.goodInvite.get(inviteHash, now) === undefined ? 'invite-invalid' : 'admitted'
    },
    spend(inviteHash) {
      if (mode() === 'invite' && inviteHash !== null) sql.spend.run(inviteHash)
    },
  }
}

/** Greater than every id: ids are 16 bytes. */
const AFTER_ALL = Buffer.alloc(17, 0xff)

type InviteRow = {
  id: Buffer
  note: string
  creator: Buffer | null
  created_at: number
  expires_at: number
  uses: number
  max_uses: number
  revoked_at: number | null
}

function inviteOf(row: InviteRow): Invite {
  return {
    id: fromBlob(row.id),
    note: row.note,
    createdBy: row.creator === null ? null : fromBlob(row.creator),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    uses: row.uses,
    maxUses: row.max_uses,
    revokedAt: row.revoked_at,
  }
}

function prepareStatements(connection: Connection) {
  return {
    mode: connection.prepare<[], string>("SELECT value FROM settings WHERE name = 'registration'").pluck(),
    setMode: connection.prepare<[string]>("INSERT INTO settings VALUES ('registration', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"),
    goodInvite: connection
      .prepare<[string, number], number>('SELECT 1 FROM invites WHERE code_hash = ? AND expires_at > ? AND uses < max_uses AND revoked_at IS NULL')
      .pluck(),
    spend: connection.prepare<[string]>('UPDATE invites SET uses = uses + 1 WHERE code_hash = ?'),
    createInvite: connection.prepare<[Buffer, string, string, Buffer | null, number, number, number]>(`
      INSERT INTO invites (id, code_hash, note, creator_key, created_at, expires_at, max_uses)
      VALUES (?, ?, ?, (SELECT key FROM users WHERE id = ?), ?, ?, ?)`),
    isRevoked: connection.prepare<[Buffer], number>('SELECT revoked_at IS NOT NULL FROM invites WHERE id = ?').pluck(),
    revokeInvite: connection.prepare<[number, Buffer]>('UPDATE invites SET revoked_at = ? WHERE id = ?'),
    invites: connection.prepare<[Buffer, number], InviteRow>(`
      SELECT invites.id, note, users.id AS creator, invites.created_at, expires_at, uses, max_uses, revoked_at
      FROM invites LEFT JOIN users ON users.key = creator_key WHERE invites.id < ? ORDER BY invites.id DESC LIMIT ?`),
  }
}
