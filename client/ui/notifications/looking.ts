// Which conversation the person is looking at, in whichever tab of this browser: the tab holds a shared lock with its
// name. A lock is seen by all tabs and dies with the one that holds it, so none can be left behind by a crash.

import { useEffect } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import { isReading } from '../conversation/reading.ts'

export function useLooking(conversation: ConversationId | null): void {
  useEffect(() => {
    if (conversation === null) return undefined
    let release: (() => void) | null = null
    const check = () => {
      if (isReading()) release ??= hold(lockOf(conversation))
      else {
        release?.()
        release = null
      }
    }
    check()
    const events: [EventTarget, string][] = [[window, 'focus'], [window, 'blur'], [document, 'visibilitychange']]
    for (const [target, name] of events) target.addEventListener(name, check)
    return () => {
      for (const [target, name] of events) target.removeEventListener(name, check)
      release?.()
    }
  }, [conversation])
}

export async function isLookedAt(conversation: ConversationId): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some((lock) => lock.name === lockOf(conversation))
}

/** Released before it was granted, it is granted and gone in one moment. */
function hold(name: string): () => void {
  const released = Promise.withResolvers<void>()
  void navigator.locks.request(name, { mode: 'shared' }, () => released.promise)
  return () => {
    released.resolve()
  }
}

function lockOf(conversation: ConversationId): string {
  return `parley.looking/${conversation}`
}
