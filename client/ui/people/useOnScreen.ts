import type { RefObject } from 'react'
import { useEffect, useState } from 'react'

/** Is any of it in view? */
export function useOnScreen(element: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (element.current === null) return undefined
    const observer = new IntersectionObserver((entries) => {
      // The last is how it is now.
      setSeen(entries.at(-1)?.isIntersecting === true)
    })
    observer.observe(element.current)
    return () => {
      observer.disconnect()
    }
  }, [element])
  return seen
}
