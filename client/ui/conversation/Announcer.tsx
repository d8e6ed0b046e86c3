import { useEffect, useState } from 'react'
import type { Timeline } from '../../sync/engine.ts'
import { useEngine } from '../useEngine.ts'
import { words } from './words.ts'

/** Reads out what others write while the conversation is open. */
export function Announcer({ timeline }: { timeline: Timeline }) {
  const engine = useEngine()
  const [text, setText] = useState('')
  useEffect(() => {
    let { head } = timeline.get()
    return timeline.subscribe(() => {
      const now = timeline.get()
      const item = now.head > head ? timeline.at(now.head - 1) : undefined
      head = now.head
      if (item?.kind === 'message' && !item.own) setText(`${engine.person(item.author).get()?.name ?? words.someone}: ${item.body.text}`)
    })
  }, [engine, timeline])
  return (
    <p className="unseen" aria-live="polite">
      {text}
    </p>
  )
}
