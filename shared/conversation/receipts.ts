// Receipts are a map user → (delivered, read) of max-registers. The join is the maximum, so it is commutative,
// associative and idempotent: messages about receipts may be lost, repeated or reordered and replicas still converge.

import { z } from 'zod'
import type { UserId } from '../ids.ts'
import { Seq } from '../ids.ts'

export const Receipt = z.strictObject({ delivered: Seq, read: Seq })
export type Receipt = z.infer<typeof Receipt>

export type Receipts = ReadonlyMap<UserId, Receipt>

export function joinReceipt(a: Receipt | undefined, b: Receipt): Receipt {
  // What was read was delivered.
  const read = max(a?.read, b.read)
  return { read, delivered: max(max(a?.delivered, b.delivered), read) }
}

export function joinReceipts(a: Receipts, b: Receipts): Receipts {
  const joined = new Map(a)
  for (const [user, receipt] of b) joined.set(user, joinReceipt(joined.get(user), receipt))
  return joined
}

function max(a: Seq | undefined, b: Seq): Seq {
  return a !== undefined && a > b ? a : b
}
