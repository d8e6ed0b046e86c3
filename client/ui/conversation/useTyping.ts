import { useEffect, useMemo } from 'react'
import { TYPING_MS } from '../../../shared/limits.ts'
import type { Conversation } from '../../sync/engine.ts'

/** Tells others while somebody types here: renewed well before it runs out, ended by sending, emptying and leaving. */
export function useTyping(conversation: Conversation): (on: boolean) => void {
  const typing = useMemo(() => typingIn(conversation, Date.now), [conversation])
  useEffect(
    () => () => {
      typing(false)
    },
    [typing],
  )
  return typing
}

function typingIn(conversation: Pick<Conversation, 'setTyping'>, clock: () => number): (on: boolean) => void {
  let toldAt: number | null = null
  return (on) => {
    const now = clock()
    if (on && toldAt !== null && now - toldAt < TYPING_MS / 3) return
    if (!on && toldAt === null) return
    toldAt = on ? now : null
    conversation.setTyping(on)
  }
}
