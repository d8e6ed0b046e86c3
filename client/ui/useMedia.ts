import { useCallback, useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => {
        list.removeEventListener('change', listener)
      }
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

/** No keyboard at hand: Enter starts a line, focus does not pull up the on-screen keyboard. */
export const TOUCH = '(hover: none) and (pointer: coarse)'
export const ONE_PANE = '(max-width: 759px)'
export const THREE_PANES = '(min-width: 1200px)'
