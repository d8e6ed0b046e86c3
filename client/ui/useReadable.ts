import { useCallback, useSyncExternalStore } from 'react'
import type { Readable } from '../sync/engine.ts'

/** The one bridge between the engine and React. */
export function useReadable<T>(readable: Readable<T>): T {
  const subscribe = useCallback((listener: () => void) => readable.subscribe(listener), [readable])
  const get = useCallback(() => readable.get(), [readable])
  return useSyncExternalStore(subscribe, get)
}

/** A part of it: drawn anew only when that changes. What `select` gives is the same object while nothing in it changed. */
export function useSelected<T, Part>(readable: Readable<T>, select: (value: T) => Part): Part {
  const subscribe = useCallback((listener: () => void) => readable.subscribe(listener), [readable])
  return useSyncExternalStore(subscribe, () => select(readable.get()))
}
