// What happens to a conversation itself: who came and went, as what, and how it is called. The one who did it is the author
// of the entry. Events are made online, by the server, in the transaction that makes the change; so the log never says what
// did not happen, and nothing happens that it does not say.

import { z } from 'zod'
import { StoredName, Topic } from '../displayName.ts'
import { PictureId, UserId } from '../ids.ts'
import { Permissions, Role } from './membership.ts'

export const EventBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('added'), users: z.array(UserId).min(1) }),
  /** The author, by themselves. `link`: by one that somebody made, which counts as their leave. */
  z.strictObject({ type: z.literal('joined'), via: z.literal('link').optional() }),
  /** Of another by the author. */
  z.strictObject({ type: z.literal('removed'), user: UserId }),
  /** May not come back by themselves from here on; whoever was a member is removed by it. */
  z.strictObject({ type: z.literal('banned'), user: UserId }),
  /** May come back, but is not brought back. */
  z.strictObject({ type: z.literal('unbanned'), user: UserId }),
  /** `successor`: who became the owner by it. */
  z.strictObject({ type: z.literal('left'), successor: UserId.optional() }),
  /** `owner` makes the author, who was it, an admin. */
  z.strictObject({ type: z.literal('role'), user: UserId, role: Role }),
  z.strictObject({ type: z.literal('renamed'), name: StoredName }),
  /** Empty: there is none any more. */
  z.strictObject({ type: z.literal('topic'), topic: Topic }),
  /** Null: it was taken away. */
  z.strictObject({ type: z.literal('picture'), picture: PictureId.nullable() }),
  z.strictObject({ type: z.literal('permissions'), permissions: Permissions }),
])
export type EventBody = z.infer<typeof EventBody>
export type EventType = EventBody['type']

/** Keys in one order: see `inOrder`. */
export function eventInOrder(body: EventBody): EventBody {
  switch (body.type) {
    case 'added':
      return { type: body.type, users: [...body.users] }
    case 'joined':
      return { type: body.type, ...(body.via === undefined ? {} : { via: body.via }) }
    case 'removed':
    case 'banned':
    case 'unbanned':
      return { type: body.type, user: body.user }
    case 'left':
      return { type: body.type, ...(body.successor === undefined ? {} : { successor: body.successor }) }
    case 'role':
      return { type: body.type, user: body.user, role: body.role }
    case 'renamed':
      return { type: body.type, name: body.name }
    case 'topic':
      return { type: body.type, topic: body.topic }
    case 'picture':
      return { type: body.type, picture: body.picture }
    case 'permissions': {
      const { write, invite, pin, describe } = body.permissions
      return { type: body.type, permissions: { write, invite, pin, describe } }
    }
    default:
      return body satisfies never
  }
}

/** Everyone whom it names, besides its author. */
export function usersNamedBy(body: EventBody): readonly UserId[] {
  switch (body.type) {
    case 'added':
      return body.users
    case 'removed':
    case 'banned':
    case 'unbanned':
    case 'role':
      return [body.user]
    case 'left':
      return body.successor === undefined ? [] : [body.successor]
    case 'joined':
    case 'renamed':
    case 'topic':
    case 'picture':
    case 'permissions':
      return []
    default:
      return body satisfies never
  }
}
