// How far an own entry has come, from the registers of the others. Pure.

import type { Member } from '../../shared/conversation/membership.ts'
import type { Receipt } from '../../shared/conversation/receipts.ts'
import type { Seq, UserId } from '../../shared/ids.ts'
import type { Mark } from './engine.ts'

/** Up to where every other member has got; 0 where somebody has not begun, or where members are too many to be known. */
export type Reached = { delivered: number; read: number }

export function reached(members: readonly Member[], receipts: ReadonlyMap<UserId, Receipt>, me: UserId): Reached {
  const others = members.filter(({ user }) => user !== me)
  if (others.length === 0) return { delivered: 0, read: 0 }
  return {
    delivered: Math.min(...others.map(({ user }) => receipts.get(user)?.delivered ?? 0)),
    read: Math.min(...others.map(({ user }) => receipts.get(user)?.read ?? 0)),
  }
}

export function markOf(seq: Seq, own: boolean, { delivered, read }: Reached): Mark {
  if (!own || seq > delivered) return { state: 'stored', seq }
  return { state: seq > read ? 'delivered' : 'read', seq }
}
