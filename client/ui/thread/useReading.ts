import type { RefObject } from 'react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Thread, ThreadState } from '../../sync/engine.ts'
import { isReading, onReading } from '../conversation/reading.ts'

type Reading = { thread: Thread; state: Extract<ThreadState, { state: 'ready' }>; count: number; lastIsOwn: boolean }

/**
 * Opens a thread at what is new in it, else at its end; holds on to the end while it is there; and marks it read when the
 * person sees the end. The first is for the box that scrolls, the second for what stands after the last reply.
 */
export function useReading({ thread, state, count, lastIsOwn }: Reading): [RefObject<HTMLDivElement | null>, RefObject<HTMLDivElement | null>] {
  const list = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const seesEnd = useRef(false)
  const drawn = useRef(0)

  useLayoutEffect(() => {
    const isFirst = drawn.current === 0
    const isMore = count > drawn.current
    drawn.current = count
    if (isFirst) (list.current?.querySelector('.unread-line') ?? end.current)?.scrollIntoView({ block: 'nearest' })
    else if (isMore && (seesEnd.current || lastIsOwn)) end.current?.scrollIntoView({ block: 'nearest' })
  }, [count, lastIsOwn])

  const { last, unread } = state
  useEffect(() => {
    const read = () => {
      if (seesEnd.current && isReading() && unread > 0) void thread.markRead(last)
    }
    const observer = new IntersectionObserver(([entry]) => {
      seesEnd.current = entry?.isIntersecting === true
      read()
    })
    if (end.current !== null) observer.observe(end.current)
    const stop = onReading(read)
    return () => {
      observer.disconnect()
      stop()
    }
  }, [thread, last, unread])
  return [list, end]
}
