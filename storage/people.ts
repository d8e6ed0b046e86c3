// The part of the database port about what people tell and hide: profiles, pictures, blocks, privacy, reports.

import type { ConversationId, EntryId, PictureId, ReportId, UserId } from '../shared/ids.ts'
import type { ReportState, ReportSummary, ReportView } from '../shared/protocol/administration.ts'
import type { ChangeProfile, ReportReason } from '../shared/protocol/api.ts'
import type { OwnProfile, Person } from '../shared/protocol/messages.ts'
import type { Act } from './administration.ts'
import type { MadeOnce } from './madeOnce.ts'

export type PeopleStore = {
  /** Null when there is no such account. */
  own(user: UserId): Promise<OwnProfile | null>
  /** False when this device made it before. */
  change(user: UserId, change: ChangeProfile, now: number, once?: MadeOnce): Promise<boolean>
  /** Those whose profile changed later than `since` and who share a conversation with the user, the user among them. */
  changedSince(user: UserId, since: number, limit: number): Promise<Person[]>

  /** `too-many` beyond BLOCKS_MAX. Blocking twice is blocking once. */
  block(user: UserId, blocked: UserId, now: number, once?: MadeOnce): Promise<'done' | 'unknown' | 'too-many'>
  unblock(user: UserId, blocked: UserId, once?: MadeOnce): Promise<void>
  /** Those of `people` who have blocked the user. */
  blocking(user: UserId, people: readonly UserId[]): Promise<UserId[]>

  /**
   * Those of `people` whose presence the user is told, the user among them; in the order given: who shares a conversation
   * with them, where each tells the other and neither blocks the other.
   */
  present(user: UserId, people: readonly UserId[]): Promise<UserId[]>
  discretion(user: UserId): Promise<StoredDiscretion>
}

/** What decides whether the one hears of the other. */
export type StoredDiscretion = {
  privateReceipts: boolean
  /** Whom the user blocks, and who blocks the user. */
  apart: UserId[]
}

export type PictureType = 'image/webp' | 'image/png' | 'image/jpeg'
export type Picture = { type: PictureType; bytes: Uint8Array }

/** Content-addressed: who has the same picture shares its bytes. What nobody has any more goes in the same transaction. */
export type PictureStore = {
  /** Null takes it away. True when that changed anything. */
  set(owner: UserId | ConversationId, picture: (Picture & { id: PictureId }) | null, now: number, once?: MadeOnce): Promise<boolean>
  get(id: PictureId): Promise<Picture | null>
  of(owner: UserId | ConversationId): Promise<PictureId | null>
}

export type ReportStore = {
  /**
   * Copies what the entries say, in the same transaction. When a message is erased for everyone its copies go, from a report that
   * is open with its being resolved. `not-member`: the reporter does not see that conversation;
   * `not-theirs`: an entry is none of it, or not a message of the person reported; `id-conflict`: it is another's report.
   * Filing one's own again changes nothing.
   */
  file(report: StoredReport): Promise<'filed' | 'unknown' | 'not-member' | 'not-theirs' | 'id-conflict'>
  /** The last filed first. `state`: only those that are so. */
  list(query: { state: ReportState | null; after: ReportId | null; limit: number }): Promise<ReportSummary[]>
  /** An act like any other: whoever reads is in the audit log. */
  read(act: Act & { id: ReportId }): Promise<ReportView | 'not-administrator' | 'unknown'>
  /** Once: who resolves it again changes nothing. Of messages that were erased meanwhile the copies go. */
  resolve(act: Act & { id: ReportId; words: string }): Promise<'done' | 'not-administrator' | 'unknown'>
}

export type StoredReport = {
  id: ReportId
  by: UserId
  about: UserId
  reason: ReportReason
  words: string
  conversation: ConversationId | null
  entries: readonly EntryId[]
  now: number
}
