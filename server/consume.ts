import type { RateLimiterMemory } from 'rate-limiter-flexible'
import { RateLimiterRes } from 'rate-limiter-flexible'
import { RefusedError } from '../shared/protocol/refusal.ts'

/** Takes one of what `key` may have within the limiter's window, or refuses with the time until there is more. */
export async function consume(limiter: RateLimiterMemory, key: string, words: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    throw new RefusedError('rate-limited', words, error.msBeforeNext)
  }
}
