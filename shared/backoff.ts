// How long to wait before trying again: full jitter, so that clients that lost the same server come back spread over the
// whole window and not in step (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).

const FIRST_WINDOW_MS = 1_000
const LONGEST_WINDOW_MS = 30_000

/** `attempt` counts failures in a row, from 0. `random` is in [0, 1). */
export function backoff(attempt: number, random: number): number {
  return Math.floor(random * Math.min(LONGEST_WINDOW_MS, FIRST_WINDOW_MS * 2 ** Math.min(attempt, 10)))
}
