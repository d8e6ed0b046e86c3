// Whom an own message has reached, by the registers of the others. Pure.

import type { Member } from '../../../shared/conversation/membership.ts'
import type { Receipts } from '../../../shared/conversation/receipts.ts'
import type { Seq, UserId } from '../../../shared/ids.ts'

export type Reach = { read: readonly UserId[]; delivered: readonly UserId[]; waiting: readonly UserId[] }

/** Everybody but the author, each in one of the three. */
export function reachOf(seq: Seq, members: readonly Member[], receipts: Receipts, author: UserId): Reach {
  const others = members.map(({ user }) => user).filter((user) => user !== author)
  const by = Map.groupBy(others, (user) => {
    const { delivered = 0, read = 0 } = receipts.get(user) ?? {}
    return read >= seq ? 'read' : delivered >= seq ? 'delivered' : 'waiting'
  })
  return { read: by.get('read') ?? [], delivered: by.get('delivered') ?? [], waiting: by.get('waiting') ?? [] }
}
