// A part of the app that the first screen does without. It is asked for when something on screen needs it; until it is there
// the plain text stands in its place, so unlike with `lazy` nothing ever disappears for a moment.

import { useEffect } from 'react'
import { createCell } from '../../sync/readable.ts'
import type { Readable } from '../../sync/engine.ts'
import { useReadable } from '../useReadable.ts'

export type Late<T> = Readable<{ part: T } | null> & { want(): Promise<void> }

export function late<T>(load: () => Promise<T>): Late<T> {
  const cell = createCell<{ part: T } | null>(null)
  let loading: Promise<void> | null = null
  async function fetchPart() {
    try {
      cell.set({ part: await load() })
    } finally {
      // If it failed, whoever needs it next asks again.
      loading = null
    }
  }
  return {
    get: () => cell.get(),
    subscribe: (listener) => cell.subscribe(listener),
    async want() {
      if (cell.get() === null) await (loading ??= fetchPart())
    },
  }
}

/** Null while it is on its way, and for who does not need it. */
export function useLate<T>(part: Late<T>, needed: boolean): T | null {
  const there = useReadable(part)
  useEffect(() => {
    if (needed) void part.want()
  }, [part, needed])
  return needed && there !== null ? there.part : null
}
