import { useMemo, useSyncExternalStore } from 'react'
import type { Route } from './route.ts'
import { formatRoute, parseRoute } from './route.ts'

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return useMemo(() => parseRoute(hash), [hash])
}

/** For what happens later than it was asked for: somebody may have gone elsewhere. */
export function currentRoute(): Route {
  return parseRoute(window.location.hash)
}

/** `replace` where Back should skip the present place: closing a dialog, switching within it. */
export function navigate(route: Route, how: 'push' | 'replace' = 'push'): void {
  const hash = formatRoute(route)
  if (how === 'push') window.location.hash = hash
  else window.location.replace(hash)
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => {
    window.removeEventListener('hashchange', listener)
  }
}
