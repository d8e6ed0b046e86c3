// What an administrator does with the engine. Each is one request: nothing of it is kept on the device, because what is
// true of a server is true there alone.

import type { ConversationId, InviteId, ReportId, UserId } from '../../shared/ids.ts'
import type { AuditPage, ConversationsPage, InvitesPage, NewInvite, PeoplePage, RegistrationMode, ReportAnswer, ReportsPage, ReportState, StorageFigures } from '../../shared/protocol/administration.ts'
import type { Api } from './api.ts'
import type { Outcome } from './engine.ts'

export type EngineAdministration = {
  /** Is the person who is signed in an administrator? */
  isAdministrator(): Promise<Outcome<boolean>>
  people(query: { start: string; after: string | null }): Promise<Outcome<PeoplePage>>
  setAdministrator(user: UserId, administrator: boolean): Promise<Outcome<void>>
  setBlocked(user: UserId, blocked: boolean): Promise<Outcome<void>>
  /** How many there were. */
  endSessions(user: UserId): Promise<Outcome<number>>
  setRegistration(mode: RegistrationMode): Promise<Outcome<void>>
  invites(after: InviteId | null): Promise<Outcome<InvitesPage>>
  createInvite(wanted: { note: string; maxUses: number; days: number }): Promise<Outcome<NewInvite>>
  revokeInvite(id: InviteId): Promise<Outcome<void>>
  conversations(after: ConversationId | null): Promise<Outcome<ConversationsPage>>
  storage(): Promise<Outcome<StorageFigures>>
  audit(before: number | null): Promise<Outcome<AuditPage>>
  /** `state`: null: all. */
  reports(query: { state: ReportState | null; after: ReportId | null }): Promise<Outcome<ReportsPage>>
  /** With the messages it shows; that it was read is in the audit log. */
  readReport(id: ReportId): Promise<Outcome<ReportAnswer>>
  /** `words`: what was done, for the other administrators. */
  resolveReport(id: ReportId, words: string): Promise<Outcome<void>>
}

export function engineAdministration(api: Api): EngineAdministration {
  return {
    async isAdministrator() {
      const answer = await api.ownAccount()
      return answer.ok ? { ok: true, value: answer.value.administrator } : answer
    },
    people: ({ start, after }) => api.adminPeople({ ...(start === '' ? {} : { q: start }), ...from(after) }),
    setAdministrator: (user, administrator) => api.setAdministrator(user, administrator),
    setBlocked: (user, blocked) => api.setBlocked(user, blocked),
    async endSessions(user) {
      const answer = await api.endSessionsOf(user)
      return answer.ok ? { ok: true, value: answer.value.ended } : answer
    },
    setRegistration: (mode) => api.setRegistration(mode),
    invites: (after) => api.invites(from(after)),
    createInvite: (wanted) => api.createInvite(wanted),
    revokeInvite: (id) => api.revokeInvite(id),
    conversations: (after) => api.adminConversations(from(after)),
    storage: () => api.storageFigures(),
    reports: ({ state, after }) => api.reports({ ...(state === null ? {} : { state }), ...from(after) }),
    readReport: (id) => api.readReport(id),
    resolveReport: (id, words) => api.resolveReport(id, { words }),
    audit: (before) => api.audit(before === null ? {} : { before }),
  }
}

function from<T>(after: T | null): { after?: T } {
  return after === null ? {} : { after }
}
