// Links that let people into a group or a channel. Whoever may add others makes them; the code in a link is a secret, and only
// its hash is kept. `approval`: a link that asks instead of letting in.

import { z } from 'zod'
import { NamedKind } from '../conversation/membership.ts'
import { InboxRow } from '../conversation/inbox.ts'
import { JoinLinkId, Millis, PictureId, UserId } from '../ids.ts'
import { INVITE_MAX_DAYS, INVITE_MAX_USES } from '../limits.ts'
import { Person } from './messages.ts'

export const JoinLink = z.object({
  id: JoinLinkId,
  createdBy: UserId,
  createdAt: Millis,
  expiresAt: Millis,
  approval: z.boolean(),
  /** How many came in, or asked to. */
  uses: z.int(),
  maxUses: z.int(),
  revokedAt: Millis.nullable(),
})
export type JoinLink = z.infer<typeof JoinLink>
export const CreateJoinLink = z.strictObject({
  days: z.int().min(1).max(INVITE_MAX_DAYS),
  maxUses: z.int().min(1).max(INVITE_MAX_USES),
  approval: z.boolean(),
})
export type CreateJoinLink = z.infer<typeof CreateJoinLink>
/** The only moment at which the code can be read. */
export const NewJoinLink = z.object({ link: JoinLink, code: z.string() })
export type NewJoinLink = z.infer<typeof NewJoinLink>
/** Newest first. */
export const JoinLinks = z.object({ links: z.array(JoinLink), people: z.array(Person) })

/** What a code leads to, for somebody who holds it. */
export const Invitation = z.object({
  kind: NamedKind,
  name: z.string(),
  picture: PictureId.optional(),
  members: z.int(),
  approval: z.boolean(),
  /** Is the asker in already, or has asked? */
  standing: z.enum(['none', 'asked', 'member']),
})
export type Invitation = z.infer<typeof Invitation>
export const Accepted = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('joined'), row: InboxRow }),
  /** Somebody who may add others decides. */
  z.object({ outcome: z.literal('asked') }),
])
export type Accepted = z.infer<typeof Accepted>

export const JoinRequest = z.object({ user: UserId, at: Millis })
export type JoinRequest = z.infer<typeof JoinRequest>
/** Who asks to be let in, the first first. */
export const JoinRequests = z.object({ requests: z.array(JoinRequest), people: z.array(Person) })
