import { useMemo, useSyncExternalStore } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import type { Conversation, Thread } from '../../sync/engine.ts'

/** Held open while the component is on screen; null only before that. */
export function useThread(conversation: Conversation, root: EntryId): Thread | null {
  const hold = useMemo(() => holdOpen(conversation, root), [conversation, root])
  return useSyncExternalStore(hold.subscribe, hold.get)
}

function holdOpen(conversation: Conversation, root: EntryId) {
  let thread: Thread | null = null
  return {
    get: () => thread,
    subscribe: () => {
      const opened = conversation.openThread(root)
      thread = opened
      return () => {
        thread = null
        opened.close()
      }
    },
  }
}
