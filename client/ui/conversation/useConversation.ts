import { useMemo, useSyncExternalStore } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Conversation, Engine } from '../../sync/engine.ts'
import { useEngine } from '../useEngine.ts'

/** Held open while the component is on screen; null only before that. */
export function useConversation(id: ConversationId): Conversation | null {
  const engine = useEngine()
  const hold = useMemo(() => holdOpen(engine, id), [engine, id])
  return useSyncExternalStore(hold.subscribe, hold.get)
}

function holdOpen(engine: Engine, id: ConversationId) {
  let conversation: Conversation | null = null
  return {
    get: () => conversation,
    subscribe: () => {
      const opened = engine.open(id)
      conversation = opened
      return () => {
        conversation = null
        opened.close()
      }
    },
  }
}
