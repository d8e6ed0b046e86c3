import { useCallback, useSyncExternalStore } from 'react'
import type { Readable } from '../sync/engine.ts'
import { subscribeFrames } from './frames.ts'

/** As `useReadable`, for what may change several times a frame: a busy conversation, the list of conversations. */
export function useFrames<T>(readable: Readable<T>): T {
  const subscribe = useCallback((listener: () => void) => subscribeFrames(readable, listener), [readable])
  const get = useCallback(() => readable.get(), [readable])
  return useSyncExternalStore(subscribe, get)
}
