// A value that can be watched. `set` tells the watchers only when the value is another one.

import type { Readable } from './engine.ts'

export function createCell<T>(initial: T, watched?: { first: () => void; last: () => void }): Cell<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      // Wrapped, so that the same function may subscribe twice and leave once.
      const own = () => listener()
      if (listeners.size === 0) watched?.first()
      listeners.add(own)
      return () => {
        if (listeners.delete(own) && listeners.size === 0) watched?.last()
      }
    },
  }
}

export type Cell<T> = Readable<T> & { set(value: T): void }
