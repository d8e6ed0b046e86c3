import { useSyncExternalStore } from 'react'
import { createDayNumber, createTimeWords } from './words.ts'

/** `undefined`: the browser's own language. */
export const timeWords = createTimeWords(undefined)
export const dayNumber = createDayNumber()

/** Now, to the minute; whoever shows a relative time is drawn again when it turns. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, minute)
}

function minute(): number {
  return Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, TICK_MS)
  return () => {
    clearInterval(timer)
  }
}

const MINUTE_MS = 60_000
/** Finer than what is shown, so that no display is late by more than this. */
const TICK_MS = 10_000
