// Timers for tests, moved by hand.

import type { Timers } from './environment.ts'

export function createHandTimers(): Timers & { readonly now: number; advance(milliseconds: number): void } {
  let now = 0
  const waiting = new Set<{ at: number; callback: () => void }>()
  return {
    get now() {
      return now
    },
    after(milliseconds, callback) {
      const timer = { at: now + milliseconds, callback }
      waiting.add(timer)
      return () => void waiting.delete(timer)
    },
    advance(milliseconds) {
      const until = now + milliseconds
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)
        if (next === undefined) break
        waiting.delete(next)
        now = next.at
        next.callback()
      }
      now = until
    },
  }
}
