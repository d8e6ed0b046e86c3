// What administrators do, for the API and for the command line alike: the rules are the database's, the words are here.

import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { InviteId } from '../../shared/ids.ts'
import type { ReportId, SessionId, UserId } from '../../shared/ids.ts'
import type { CreateInvite, NewInvite, RegistrationMode, ReportView } from '../../shared/protocol/administration.ts'
import type { RefusedError } from '../../shared/protocol/refusal.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { Actor } from '../../storage/administration.ts'
import type { Database } from '../../storage/database.ts'
import type { Passwords } from '../auth/passwords.ts'
import { secretHash } from '../auth/secretHash.ts'
import { refuseAct, refusedAct } from './refusedAct.ts'

export type Administration = {
  setAdministrator(by: Actor, user: UserId, administrator: boolean): Promise<void>
  /** The person's sessions end at once. */
  setBlocked(by: Actor, user: UserId, blocked: boolean): Promise<void>
  /** On the command line alone: who knows the password of somebody reads what they read. It can be read in the answer and nowhere else; their sessions end at once. */
  replacePassword(user: UserId): Promise<string>
  /** How many there were. */
  endSessions(by: Actor, user: UserId): Promise<number>
  setRegistration(by: Actor, mode: RegistrationMode): Promise<void>
  createInvite(by: Actor, wanted: z.output<typeof CreateInvite>): Promise<NewInvite>
  revokeInvite(by: Actor, id: InviteId): Promise<void>
  /** What was reported, in full. */
  readReport(by: Actor, id: ReportId): Promise<ReportView>
  /** `words`: what was done, for the other administrators. */
  resolveReport(by: Actor, id: ReportId, words: string): Promise<void>
}

export type AdministrationDeps = {
  database: Pick<Database, 'administration' | 'registration' | 'reports'>
  passwords: Pick<Passwords, 'hash'>
  sessionsEnded: (ended: readonly SessionId[]) => void
  clock: () => number
  newId: () => string
}

export function createAdministration(deps: AdministrationDeps): Administration {
  const { administration, registration, reports } = deps.database
  const act = (by: Actor) => ({ by, now: deps.clock() })
  return {
    async setAdministrator(by, user, administrator) {
      refuseAct(await administration.setAdministrator({ ...act(by), user, administrator }))
    },
    async setBlocked(by, user, blocked) {
      const outcome = await administration.setBlocked({ ...act(by), user, blocked })
      if (typeof outcome === 'string') throw refusedAct(outcome)
      deps.sessionsEnded(outcome.ended)
    },
    async replacePassword(user) {
      const password = newPassword()
      const outcome = await administration.replacePassword({ ...act(null), user, passwordHash: await deps.passwords.hash(password) })
      if (typeof outcome === 'string') throw refusedAct(outcome)
      deps.sessionsEnded(outcome.ended)
      return password
    },
    async endSessions(by, user) {
      const outcome = await administration.endSessions({ ...act(by), user })
      if (typeof outcome === 'string') throw refusedAct(outcome)
      deps.sessionsEnded(outcome.ended)
      return outcome.ended.length
    },
    async setRegistration(by, mode) {
      refuseAct(await registration.setMode({ ...act(by), mode }))
    },
    async createInvite(by, { note, maxUses, days }) {
      const code = randomBytes(CODE_BYTES).toString('base64url')
      const { now } = act(by)
      const invite = await registration.createInvite({ by, now, id: InviteId.parse(deps.newId()), codeHash: secretHash(code), note, maxUses, expiresAt: now + days * DAY_MS })
      if (invite === 'not-administrator') throw refusedAct(invite)
      return { invite, code }
    },
    async revokeInvite(by, id) {
      const outcome = await registration.revokeInvite({ ...act(by), id })
      if (outcome === 'unknown') throw refusedBecause('no-such-invite')
      refuseAct(outcome)
    },
    async readReport(by, id) {
      const report = await reports.read({ ...act(by), id })
      if (report === 'unknown') throw noSuchReport()
      if (report === 'not-administrator') throw refusedAct(report)
      return report
    },
    async resolveReport(by, id, words) {
      const outcome = await reports.resolve({ ...act(by), id, words })
      if (outcome === 'unknown') throw noSuchReport()
      refuseAct(outcome)
    },
  }
}

function noSuchReport(): RefusedError {
  return refusedBecause('no-such-report')
}

/** As secretHash.ts asks for. */
const CODE_BYTES = 20

/** 100 bits, to be read out and typed: four groups of characters that look like no other. */
function newPassword(): string {
  const characters = [...randomBytes(20)].map((byte) => PASSWORD_ALPHABET.charAt(byte % PASSWORD_ALPHABET.length))
  return [0, 5, 10, 15].map((start) => characters.slice(start, start + 5).join('')).join('-')
}

/** 32 of them, so that each is as likely as any other. */
const PASSWORD_ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
const DAY_MS = 86_400_000
