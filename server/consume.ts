import type { RateLimiterMemory } from 'rate-limiter-flexible'
import { RateLimiterRes } from 'rate-limiter-flexible'
import type { RefusalReason } from '../shared/protocol/refusalReasons.ts'
import { refusedBecause } from '../shared/protocol/refusalReasons.ts'

/** Takes one of what `key` may have within the limiter's window, or refuses with the time until there is more. */
export async function consume(limiter: RateLimiterMemory, key: string, why: RefusalReason): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    throw refusedBecause(why, { retryAfter: error.msBeforeNext })
  }
}
