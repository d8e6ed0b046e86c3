import { useSyncExternalStore } from 'react'
import { createDayNumber } from './words.ts'

export const dayNumber = createDayNumber()

/** Now, to the minute; whoever shows a relative time is drawn again when it turns. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, minute)
}

function minute(): number {
  return Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
}

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null

/** One timer for the hundred times on a screen. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const tell of listeners) tell()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

const MINUTE_MS = 60_000
/** Finer than what is shown, so that no display is late by more than this. */
const TICK_MS = 10_000
