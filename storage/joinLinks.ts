// The part of the database port about links into groups and channels, and those who ask to be let in.

import type { ConversationId, JoinLinkId, UserId } from '../shared/ids.ts'
import type { JoinLink, JoinRequest } from '../shared/protocol/joinLinks.ts'

export type JoinLinkStore = {
  create(link: NewLink): Promise<JoinLink>
  /** Newest first, the last JOIN_LINKS_SHOWN. */
  list(conversation: ConversationId): Promise<JoinLink[]>
  /** False when the conversation has no such link. Revoking twice is revoking once. */
  revoke(conversation: ConversationId, id: JoinLinkId, now: number): Promise<boolean>
  /** Null for a code that nobody has, that expired, was revoked or is used up: they are one and the same. */
  look(codeHash: string, now: number): Promise<LinkTarget | null>
  /** Where a code leads or led, whatever became of it: for who is in already, or has asked. Null for one that nobody ever had. */
  ledTo(codeHash: string): Promise<LinkTarget | null>
  /** `look`, and one use fewer, in one transaction. */
  spend(codeHash: string, now: number): Promise<LinkTarget | null>
  /** `spend`, and the person asks to be let in, in one transaction. Asking twice is asking once, and costs nothing. Who is banned cannot ask. */
  ask(codeHash: string, user: UserId, now: number): Promise<'asked' | 'already' | 'banned' | 'invalid'>
  /** The first first, up to JOIN_REQUESTS_SHOWN. */
  requests(conversation: ConversationId): Promise<JoinRequest[]>
  hasAsked(conversation: ConversationId, user: UserId): Promise<boolean>
  /** They find it among `declined`. False when they did not ask, or it was decided already. */
  decline(conversation: ConversationId, user: UserId, now: number): Promise<boolean>
  /** Where this person was declined, or banned while they asked, and has neither read so nor asked again nor come in since; at most JOIN_ANSWERS_TOLD. */
  declined(user: UserId): Promise<{ conversation: ConversationId; name: string }[]>
  /** They have read it. */
  declinedRead(user: UserId, conversation: ConversationId): Promise<void>
}

export type NewLink = { id: JoinLinkId; conversation: ConversationId; codeHash: string; by: UserId; now: number; expiresAt: number; maxUses: number; approval: boolean }
export type LinkTarget = { conversation: ConversationId; approval: boolean }
