// The one place where an error becomes an HTTP answer. What was refused says so in words; what broke is logged with its
// stack and answered without a word about the inside, and the process stays up.

import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import type { Refusal, RefusalCode } from '../../shared/protocol/refusal.ts'
import { RefusedError, refusal } from '../../shared/protocol/refusal.ts'
import { StorageFullError } from '../../storage/database.ts'
import type { Logger } from '../logger.ts'

export const STATUS = {
  'signed-out': 401,
  credentials: 401,
  forbidden: 403,
  // The same as for what does not exist: an id proves nothing.
  'not-member': 404,
  'not-found': 404,
  malformed: 400,
  'too-large': 413,
  'id-conflict': 409,
  'reply-unknown': 409,
  erased: 410,
  taken: 409,
  version: 426,
  'rate-limited': 429,
  unavailable: 503,
  draining: 503,
  'storage-full': 507,
} as const satisfies Record<RefusalCode, number>

export function answerRefusal(c: Context, refused: Refusal): Response {
  if (refused.retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(refused.retryAfter / 1000)))
  return c.json({ refusal: refused }, STATUS[refused.code])
}

export function answerError(error: Error, c: Context, logger: Logger): Response {
  if (error instanceof RefusedError) return answerRefusal(c, error.refusal)
  if (error instanceof StorageFullError) return answerRefusal(c, refusal('storage-full', 'The server has no room left. Nothing was stored; try again later.'))
  // Hono's own: not JSON, or not said to be JSON.
  if (error instanceof HTTPException && error.status < 500) return answerRefusal(c, refusal('malformed', 'The body is not valid JSON, or is not sent as application/json.'))
  logger.error({ err: error, requestId: c.get('requestId') }, 'request failed')
  return c.json({ refusal: refusal('unavailable', 'Something went wrong on the server. Try again in a moment.') }, 500)
}

/** Hook of every validated route: names the first thing that is wrong, without repeating what was sent. */
export function refuseMalformed(result: { success: true } | { success: false; error: z.core.$ZodError }, c: Context): Response | undefined {
  if (result.success) return undefined
  const [issue] = result.error.issues
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `
  return answerRefusal(c, refusal('malformed', `${where}${issue?.message ?? 'not valid'}`))
}
