import { useEffect, useMemo } from 'react'
import { TYPING_MS } from '../../../shared/limits.ts'
import type { Conversation } from '../../sync/engine.ts'

/** Tells others while somebody types here, in a conversation or a thread: renewed well before it runs out, ended by sending, emptying and leaving. */
export function useTyping(place: Typed): (on: boolean) => void {
  const typing = useMemo(() => typingIn(place, Date.now), [place])
  useEffect(
    () => () => {
      typing(false)
    },
    [typing],
  )
  return typing
}

type Typed = Pick<Conversation, 'setTyping'>

function typingIn(place: Typed, clock: () => number): (on: boolean) => void {
  let toldAt: number | null = null
  return (on) => {
    const now = clock()
    if (on && toldAt !== null && now - toldAt < TYPING_MS / 3) return
    if (!on && toldAt === null) return
    toldAt = on ? now : null
    place.setTyping(on)
  }
}
