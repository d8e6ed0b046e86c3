import { useCallback, useSyncExternalStore } from 'react'
import type { Readable } from '../../sync/engine.ts'

/** As `useReadable`, drawn once a frame however often it changes: in a busy conversation that is several times an entry. */
export function useFrames<T>(readable: Readable<T>): T {
  const subscribe = useCallback(
    (listener: () => void) => {
      let frame: number | null = null
      const stop = readable.subscribe(() => {
        frame ??= requestAnimationFrame(() => {
          frame = null
          listener()
        })
      })
      return () => {
        stop()
        if (frame !== null) cancelAnimationFrame(frame)
      }
    },
    [readable],
  )
  const get = useCallback(() => readable.get(), [readable])
  return useSyncExternalStore(subscribe, get)
}
