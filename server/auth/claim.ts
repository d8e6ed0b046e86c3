// A claim code turns a placeholder account, which an import made for an author, into somebody's account with all its
// history. Whoever runs the server hands it to the right person; it works once, and only its hash is stored.

import { randomBytes } from 'node:crypto'
import type { AccountStore } from '../../storage/database.ts'
import { secretHash } from './secretHash.ts'

export type ClaimOffer = { type: 'offered'; code: string; name: string } | { type: 'unknown' } | { type: 'not-a-placeholder' }

/** A code offered before stops working. */
export async function offerClaim(accounts: AccountStore, handle: string, now: number): Promise<ClaimOffer> {
  const account = await accounts.byHandle(handle)
  if (account === null) return { type: 'unknown' }
  if (!account.placeholder) return { type: 'not-a-placeholder' }
  const code = randomBytes(20).toString('base64url')
  await accounts.setClaim(account.id, secretHash(code), now)
  return { type: 'offered', code, name: account.name }
}
