// The part of the database port that administrators use. Every act is done by somebody, and in one transaction it is
// checked that they are an administrator, done, and written to the audit log.

import type { InviteId, SessionId, UserId } from '../shared/ids.ts'
import type { AuditAct, AuditRecord, Invite, PersonRecord, RegistrationMode, StorageFigures } from '../shared/protocol/administration.ts'

/** Null: whoever has the data directory, on the command line. */
export type Actor = UserId | null

export type Act = { by: Actor; now: number }

export type AdministrationStore = {
  /** Of an account; neither for an unknown one. */
  standing(user: UserId): Promise<{ administrator: boolean; blocked: boolean }>
  /** In order of handle. `start`: of a handle or of a word of a name; '' finds everybody. */
  people(query: { start: string; after: string | null; limit: number }): Promise<PersonRecord[]>
  /** `last-administrator`: somebody has to be one. */
  setAdministrator(act: Act & { user: UserId; administrator: boolean }): Promise<ActOutcome | 'last-administrator' | 'placeholder' | 'blocked'>
  /** The sessions of a blocked person end with it. An administrator cannot be blocked. */
  setBlocked(act: Act & { user: UserId; blocked: boolean }): Promise<{ ended: SessionId[] } | Exclude<ActOutcome, 'done'> | 'administrator' | 'placeholder'>
  /** Of somebody who forgot theirs; all their sessions end. */
  replacePassword(act: Act & { user: UserId; passwordHash: string }): Promise<{ ended: SessionId[] } | Exclude<ActOutcome, 'done'> | 'placeholder'>
  endSessions(act: Act & { user: UserId }): Promise<{ ended: SessionId[] } | Exclude<ActOutcome, 'done'>>
  figures(): Promise<StorageFigures>
  /** What a command does to the whole database, written down before it begins. */
  begins(act: { now: number; act: 'exported' | 'imported'; detail: string }): Promise<void>
  /** Newest first; `before`: only older ones. */
  audit(before: number | null, limit: number): Promise<AuditRecord[]>
}

/** What is so already is `done` and leaves no trace in the audit log. */
export type ActOutcome = 'done' | 'not-administrator' | 'unknown'

export type RegistrationStore = {
  mode(): Promise<RegistrationMode>
  setMode(act: Act & { mode: RegistrationMode }): Promise<Exclude<ActOutcome, 'unknown'>>
  /** Whether a sign-up with this code, or without one, would be let in now. Spends nothing. */
  admission(inviteHash: string | null, now: number): Promise<Admission>
  createInvite(act: Act & { id: InviteId; codeHash: string; note: string; maxUses: number; expiresAt: number }): Promise<Invite | 'not-administrator'>
  /** From then on the code is worth nothing. */
  revokeInvite(act: Act & { id: InviteId }): Promise<ActOutcome>
  /** Newest first. */
  invites(after: InviteId | null, limit: number): Promise<Invite[]>
}

/** `invite-invalid`: unknown, expired, revoked or used up; which of them is nobody's business. */
export type Admission = 'admitted' | 'closed' | 'invite-needed' | 'invite-invalid'

export type NewAuditRecord = Act & { act: AuditAct; on: UserId | null; detail?: string }
