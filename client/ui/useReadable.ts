import { useCallback, useSyncExternalStore } from 'react'
import type { Readable } from '../sync/engine.ts'

/** The one bridge between the engine and React. */
export function useReadable<T>(readable: Readable<T>): T {
  const subscribe = useCallback((listener: () => void) => readable.subscribe(listener), [readable])
  const get = useCallback(() => readable.get(), [readable])
  return useSyncExternalStore(subscribe, get)
}
