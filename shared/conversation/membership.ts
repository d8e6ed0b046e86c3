// Who may do what, decided by one pure function that server and client share. Permission itself lives in the database.

import { z } from 'zod'
import { UserId } from '../ids.ts'

/** A channel is a group that everybody with an account here can find, look into and join. */
export const ConversationKind = z.enum(['direct', 'group', 'channel'])
export type ConversationKind = z.infer<typeof ConversationKind>
/** Those with a name, roles and permissions. */
export const NamedKind = ConversationKind.exclude(['direct'])
export type NamedKind = z.infer<typeof NamedKind>

export const Role = z.enum(['owner', 'admin', 'member'])
export type Role = z.infer<typeof Role>

export const Member = z.object({ user: UserId, role: Role })
export type Member = z.infer<typeof Member>

/** From which role on. */
const Least = z.enum(['member', 'admin'])
export type Least = z.infer<typeof Least>

/** What a group or a channel leaves to whom. `describe`: its name, topic and picture. */
export const Permissions = z.strictObject({ write: Least, invite: Least, pin: Least, describe: Least })
export type Permissions = z.infer<typeof Permissions>

export const DEFAULT_PERMISSIONS: Permissions = { write: 'member', invite: 'admin', pin: 'member', describe: 'admin' }

/** Whoever could join by themselves may be brought in by any member. */
export function defaultPermissions(kind: ConversationKind): Permissions {
  return kind === 'channel' ? { ...DEFAULT_PERMISSIONS, invite: 'member' } : DEFAULT_PERMISSIONS
}

export type Action =
  | { type: 'write' }
  | { type: 'pin' }
  /** For everyone. */
  | { type: 'erase'; own: boolean }
  | { type: 'describe' }
  | { type: 'permit' }
  | { type: 'add' }
  | { type: 'remove'; target: Role }
  /** Removes whoever is a member and keeps them out; null: somebody who is none. */
  | { type: 'ban'; target: Role | null }
  /** Lets somebody come back, and sees who may not. */
  | { type: 'unban' }
  | { type: 'setRole'; target: Role; to: Role }
  | { type: 'leave' }

const RANK = { member: 0, admin: 1, owner: 2 } as const satisfies Record<Role, number>

/** Nobody acts on an equal or a higher rank, or lifts anyone above themselves. A direct conversation only has writers. */
export function may(place: { kind: ConversationKind; permissions: Permissions }, role: Role, action: Action): boolean {
  if (place.kind === 'direct') return action.type === 'write' || action.type === 'pin' || (action.type === 'erase' && action.own)
  const rank = RANK[role]
  switch (action.type) {
    case 'write':
      return rank >= RANK[place.permissions.write]
    case 'pin':
      return rank >= RANK[place.permissions.pin]
    case 'describe':
      return rank >= RANK[place.permissions.describe]
    case 'add':
      return rank >= RANK[place.permissions.invite]
    case 'erase':
      return action.own || rank >= RANK.admin
    case 'permit':
      return rank >= RANK.admin
    case 'remove':
    case 'ban':
      return rank >= RANK.admin && rank > RANK[action.target ?? 'member']
    case 'unban':
      return rank >= RANK.admin
    case 'setRole':
      return role === 'owner' && action.target !== 'owner'
    case 'leave':
      return true
    default:
      return action satisfies never
  }
}
