import { useEffect, useMemo } from 'react'
import { TYPING_MS } from '../../../shared/limits.ts'
import type { Conversation } from '../../sync/engine.ts'

/** Tells others while somebody types here: renewed well before it runs out, ended by sending, emptying and leaving. */
export function useTyping(conversation: Conversation): (on: boolean) => void {
  const typing = useMemo(() => {
    let toldAt: number | null = null
    return (on: boolean) => {
      const now = Date.now()
      if (on && toldAt !== null && now - toldAt < TYPING_MS / 3) return
      if (!on && toldAt === null) return
      toldAt = on ? now : null
      conversation.setTyping(on)
    }
  }, [conversation])
  useEffect(
    () => () => {
      typing(false)
    },
    [typing],
  )
  return typing
}
