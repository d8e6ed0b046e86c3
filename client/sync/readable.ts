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

/**
 * A value computed from others. `invalidate` says that they changed: it is computed again when somebody asks, and the
 * watchers are told once for all changes of a moment.
 */
export function createDerived<T>(compute: (before: T | undefined) => T): Derived<T> {
  let value: T | undefined
  let state: 'fresh' | 'stale' | 'told' = 'stale'
  const listeners = new Set<() => void>()
  return {
    get() {
      if (state !== 'fresh') value = compute(value)
      state = 'fresh'
      // Computed above, at the latest.
      return value as T
    },
    invalidate() {
      if (state === 'told') return
      state = 'told'
      queueMicrotask(() => {
        if (state === 'told') state = 'stale'
        for (const listener of listeners) listener()
      })
    },
    subscribe(listener) {
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}

export type Derived<T> = Readable<T> & { invalidate(): void }

export type Cell<T> = Readable<T> & { set(value: T): void }
