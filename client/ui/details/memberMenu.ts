// What may be done to a member, in words of the product; decided by the same `may` as on the server.

import type { Role } from '../../../shared/conversation/membership.ts'
import { DEFAULT_PERMISSIONS, may } from '../../../shared/conversation/membership.ts'

export type MemberAction = 'write' | 'make-admin' | 'make-member' | 'make-owner' | 'remove' | 'ban'

export function memberActions(own: Role, target: Role, isSelf: boolean): MemberAction[] {
  if (isSelf) return []
  const set = (to: Role) => target !== to && may(GROUP, own, { type: 'setRole', target, to })
  return [
    'write',
    ...(set('admin') ? (['make-admin'] as const) : []),
    ...(set('member') ? (['make-member'] as const) : []),
    ...(set('owner') ? (['make-owner'] as const) : []),
    ...(may(GROUP, own, { type: 'remove', target }) ? (['remove'] as const) : []),
    ...(may(GROUP, own, { type: 'ban', target }) ? (['ban'] as const) : []),
  ]
}

/** Of roles no group decides for itself. */
const GROUP = { kind: 'group', permissions: DEFAULT_PERMISSIONS } as const

/** Owner first, then admins, then by name as the reader sorts names. */
export function sortMembers<M extends { role: Role; name: string }>(members: readonly M[]): M[] {
  return members.toSorted((a, b) => RANK[a.role] - RANK[b.role] || COLLATOR.compare(a.name, b.name))
}

const RANK = { owner: 0, admin: 1, member: 2 } as const
const COLLATOR = new Intl.Collator()
