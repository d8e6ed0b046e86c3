// What the person is looking at, in whichever tab of this browser: the tab holds a shared lock with the name of each place
// that is on its screen. A lock is seen by all tabs and dies with the one that holds it, so none can be left behind by a crash.

import { useEffect } from 'react'
import type { ConversationId, EntryId } from '../../../shared/ids.ts'
import { isReading } from '../conversation/reading.ts'

/** A conversation, or the thread of one of its messages. */
export type Place = { conversation: ConversationId; thread: EntryId | null }

/** `place`: null where nothing of it is on screen. */
export function useLooking(place: Place | null): void {
  const name = place === null ? null : lockOf(place)
  useEffect(() => {
    if (name === null) return undefined
    let release: (() => void) | null = null
    const check = () => {
      if (isReading()) release ??= hold(name)
      else {
        release?.()
        release = null
      }
    }
    check()
    const events: [EventTarget, string][] = [[window, 'focus'], [window, 'blur'], [document, 'visibilitychange']]
    for (const [target, type] of events) target.addEventListener(type, check)
    return () => {
      for (const [target, type] of events) target.removeEventListener(type, check)
      release?.()
    }
  }, [name])
}

/** Which of the places that are asked about somebody looks at. */
export async function lookedAt(): Promise<(place: Place) => boolean> {
  const { held = [] } = await navigator.locks.query()
  const names = new Set(held.map((lock) => lock.name))
  return (place) => names.has(lockOf(place))
}

/** Released before it was granted, it is granted and gone in one moment. */
function hold(name: string): () => void {
  const released = Promise.withResolvers<void>()
  void navigator.locks.request(name, { mode: 'shared' }, () => released.promise)
  return () => {
    released.resolve()
  }
}

function lockOf({ conversation, thread }: Place): string {
  return `parley.looking/${conversation}${thread === null ? '' : `/${thread}`}`
}
