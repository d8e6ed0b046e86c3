import { performance } from 'node:perf_hooks'

/**
 * Open loop: calls `send` at an even rate whatever comes back, so that a slow server cannot slow
 * its own load down. What a late timer missed is sent at once. Returns how long it really took.
 */
export const pace = async (perSecond: number, milliseconds: number, send: () => void): Promise<number> => {
  const start = performance.now()
  const total = Math.round((perSecond * milliseconds) / 1000)
  let sent = 0
  while (performance.now() - start < milliseconds) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * perSecond) / 1000) + 1)
    for (; sent < due; sent += 1) send()
    await tick()
  }
  return performance.now() - start
}

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))
