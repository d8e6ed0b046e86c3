// Waits for something readable to become as wanted: for programs, which have no screen that is drawn again.

import type { Readable } from './engine.ts'

/** Resolves with the first value for which `condition` holds, the present one included. */
export function until<T>(readable: Readable<T>, condition: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const value = readable.get()
      if (condition(value)) resolve(value)
      return condition(value)
    }
    if (look()) return
    const stop = readable.subscribe(() => {
      if (look()) stop()
    })
  })
}
