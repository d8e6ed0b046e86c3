import type { Context } from 'hono'
import type { SignedIn } from '../../shared/protocol/api.ts'
import type { Issued } from '../auth/auth.ts'

/** A browser gets the token as a cookie that no script can read, and only there; others get it in the answer. */
export function answerIssued(c: Context, { account, session, token, cookie }: Issued, credentials: 'cookie' | 'bearer'): SignedIn {
  if (credentials === 'bearer') return { account, session, token }
  c.header('Set-Cookie', cookie)
  return { account, session }
}
