// Who may do what, decided by one pure function that server and client share. Permission itself lives in the database.

import { z } from 'zod'
import { UserId } from '../ids.ts'

export const ConversationKind = z.enum(['direct', 'group'])
export type ConversationKind = z.infer<typeof ConversationKind>

export const Role = z.enum(['owner', 'admin', 'member'])
export type Role = z.infer<typeof Role>

export const Member = z.object({ user: UserId, role: Role })
export type Member = z.infer<typeof Member>

export type Action =
  | { type: 'write' }
  | { type: 'rename' }
  | { type: 'add' }
  | { type: 'remove'; target: Role }
  | { type: 'setRole'; target: Role; to: Role }
  | { type: 'leave' }

const RANK = { member: 0, admin: 1, owner: 2 } as const satisfies Record<Role, number>

/** Nobody acts on an equal or a higher rank, or lifts anyone above themselves. A direct conversation only has writers. */
export function may(kind: ConversationKind, role: Role, action: Action): boolean {
  if (action.type === 'write') return true
  if (kind === 'direct') return false
  switch (action.type) {
    case 'rename':
    case 'add':
      return RANK[role] >= RANK.admin
    case 'remove':
      return RANK[role] >= RANK.admin && RANK[role] > RANK[action.target]
    case 'setRole':
      return role === 'owner' && action.target !== 'owner'
    case 'leave':
      return true
    default:
      return action satisfies never
  }
}
