// What administrators see and do, under /api/admin. Nothing here holds what people wrote, except what a member reported to
// them: whoever runs a server reads no conversation by doing so.

import { z } from 'zod'
import { DisplayName } from '../displayName.ts'
import { ConversationKind } from '../conversation/membership.ts'
import { ConversationId, EntryId, InviteId, Millis, ReportId, UserId } from '../ids.ts'
import { INVITE_MAX_DAYS, INVITE_MAX_USES, NAME_MAX_CHARS, REPORT_MAX_CHARS } from '../limits.ts'
import { ReportReason } from './api.ts'
import { Person } from './messages.ts'

/** Who may make an account: everybody, whoever has an invite, nobody. A claim code counts in all three. */
export const RegistrationMode = z.enum(['open', 'invite', 'closed'])
export type RegistrationMode = z.infer<typeof RegistrationMode>
export const Registration = z.object({ mode: RegistrationMode })

export const PersonRecord = Person.extend({
  administrator: z.boolean(),
  /** Since when this person cannot sign in; null: can. */
  blockedAt: Millis.nullable(),
  createdAt: Millis,
  lastSeenAt: Millis.nullable(),
  /** Devices that are signed in. */
  sessions: z.int(),
})
export type PersonRecord = z.infer<typeof PersonRecord>
/** `after`: the handle that the next page starts behind; absent on the last. */
export const PeoplePage = z.object({ people: z.array(PersonRecord), after: z.string().optional() })
export type PeoplePage = z.infer<typeof PeoplePage>

const limit = z.coerce.number().int().min(1).max(200).optional()

export const AdminPeopleQuery = z.object({
  /** Start of a handle or of a word of a name; absent: everybody. */
  q: z.string().max(NAME_MAX_CHARS).optional(),
  after: z.string().max(NAME_MAX_CHARS).optional(),
  limit,
})
export const SetAdministrator = z.strictObject({ administrator: z.boolean() })
export const SetBlocked = z.strictObject({ blocked: z.boolean() })
export const EndedSessions = z.object({ ended: z.int() })

export const ConversationSummary = z.object({
  id: ConversationId,
  kind: ConversationKind,
  /** Empty for a direct conversation. */
  name: z.string(),
  createdAt: Millis,
  members: z.int(),
  entries: z.int(),
})
export type ConversationSummary = z.infer<typeof ConversationSummary>
export const AdminConversationsQuery = z.object({ after: ConversationId.optional(), limit })
export const ConversationsPage = z.object({ conversations: z.array(ConversationSummary), after: ConversationId.optional() })
export type ConversationsPage = z.infer<typeof ConversationsPage>

export const StorageFigures = z.object({
  /** The database as a file; what is committed but not merged into it yet comes on top. */
  databaseBytes: z.int(),
  accounts: z.int(),
  placeholders: z.int(),
  sessions: z.int(),
  conversations: z.int(),
  entries: z.int(),
})
export type StorageFigures = z.infer<typeof StorageFigures>

export const Invite = z.object({
  id: InviteId,
  /** For whom or what, in the words of whoever made it. */
  note: z.string(),
  /** Null: made on the command line. */
  createdBy: UserId.nullable(),
  createdAt: Millis,
  expiresAt: Millis,
  uses: z.int(),
  maxUses: z.int(),
  revokedAt: Millis.nullable(),
})
export type Invite = z.infer<typeof Invite>
export const InvitesQuery = z.object({ after: InviteId.optional(), limit })
/** Newest first. */
export const InvitesPage = z.object({ invites: z.array(Invite), after: InviteId.optional() })
export type InvitesPage = z.infer<typeof InvitesPage>
export const CreateInvite = z.strictObject({
  note: z.union([z.literal(''), DisplayName]).default(''),
  maxUses: z.int().min(1).max(INVITE_MAX_USES),
  days: z.int().min(1).max(INVITE_MAX_DAYS),
})
/** The only moment at which the code can be read: what is stored is its hash. */
export const NewInvite = z.object({ invite: Invite, code: z.string() })
export type NewInvite = z.infer<typeof NewInvite>

export const AuditAct = z.enum([
  'first-administrator', // the first account, made one by nobody
  'administrator-made',
  'administrator-unmade',
  'sessions-ended',
  'password-replaced', // on the command line alone: by it one could be that person
  'blocked',
  'unblocked',
  'registration-set', // `detail`: the mode
  'invite-made', // `detail`: its id
  'invite-revoked', // `detail`: its id
  'claim-offered', // for a placeholder
  'report-read', // `detail`: its id
  'report-resolved', // `detail`: its id
  'exported', // with all that was said in them; `detail`: how many conversations, or `all`
  'imported', // `detail`: the name of the file or folder
])
export type AuditAct = z.infer<typeof AuditAct>
export const AuditRecord = z.object({
  number: z.int(),
  at: Millis,
  /** Null: on the command line. */
  by: UserId.nullable(),
  act: AuditAct,
  on: UserId.nullable(),
  detail: z.string(),
})
export type AuditRecord = z.infer<typeof AuditRecord>
export const AuditQuery = z.object({ before: z.coerce.number().int().min(1).optional(), limit })
/** Newest first, with those who are named in it. `before` asks for what is older and is absent at the end. */
export const AuditPage = z.object({ records: z.array(AuditRecord), people: z.array(Person), before: z.int().optional() })
export type AuditPage = z.infer<typeof AuditPage>

export const ReportSummary = z.object({
  id: ReportId,
  at: Millis,
  by: UserId,
  about: UserId,
  reason: ReportReason,
  /** How many messages it shows. */
  entries: z.int(),
  resolvedAt: Millis.nullable(),
  /** Null: not resolved, or on the command line. */
  resolvedBy: UserId.nullable(),
})
export type ReportSummary = z.infer<typeof ReportSummary>
/** Copied when it was reported: no edit afterwards changes it. When the message is erased it goes, but not before the report is resolved. */
export const ReportedEntry = z.object({
  id: EntryId,
  at: Millis,
  /** Everything it has said, oldest first; empty: it is erased, and so is the copy. */
  texts: z.array(z.string()),
  /** The message is erased for everyone since. */
  erased: z.boolean(),
})
export type ReportedEntry = z.infer<typeof ReportedEntry>
export const ReportView = ReportSummary.extend({
  words: z.string(),
  conversation: ConversationId.nullable(),
  shown: z.array(ReportedEntry),
  /** What whoever resolved it wrote about that. */
  resolvedWords: z.string(),
})
export type ReportView = z.infer<typeof ReportView>
export const ReportState = z.enum(['open', 'resolved'])
export type ReportState = z.infer<typeof ReportState>
/** Without `state`: all. */
export const ReportsQuery = z.object({ state: ReportState.optional(), after: ReportId.optional(), limit })
/** `words`: what was done, for the other administrators. */
export const ResolveReport = z.strictObject({ words: z.string().trim().max(REPORT_MAX_CHARS).default('') })
/** Newest first, with those who are named in it. */
export const ReportsPage = z.object({ reports: z.array(ReportSummary), people: z.array(Person), after: ReportId.optional() })
export type ReportsPage = z.infer<typeof ReportsPage>
export const ReportAnswer = z.object({ report: ReportView, people: z.array(Person) })
export type ReportAnswer = z.infer<typeof ReportAnswer>
