// The engine of a browser tab: IndexedDB, Web Locks, BroadcastChannel, the cookie of this origin.

import { v7 as uuidv7 } from 'uuid'
import { createEngine } from './create.ts'
import type { Engine } from './engine.ts'
import { realTimers } from './environment.ts'
import { createIndexedDbStore } from './indexedDbStore.ts'
import { createLockedTabs } from './lockedTabs.ts'

/** One store, one leader, one channel an origin. */
const NAME = 'parley'

export async function createBrowserEngine(options: { deviceLabel: string }): Promise<Engine> {
  return createEngine({
    server: new URL('/', location.href),
    store: await createIndexedDbStore(NAME),
    tabs: createLockedTabs({ name: NAME, tab: uuidv7(), locks: navigator.locks, channel: new BroadcastChannel(NAME), report }),
    fetch: (request) => fetch(request),
    WebSocket,
    clock: () => Date.now(),
    random: () => Math.random(),
    newId: () => uuidv7(),
    timers: realTimers,
    credentials: 'cookie',
    deviceLabel: options.deviceLabel,
    persist: () => navigator.storage.persist(),
    onNetworkChange(listener) {
      const online = () => listener(true)
      const offline = () => listener(false)
      addEventListener('online', online)
      addEventListener('offline', offline)
      return () => {
        removeEventListener('online', online)
        removeEventListener('offline', offline)
      }
    },
    onHide(listener) {
      const hidden = () => {
        if (document.visibilityState === 'hidden') listener()
      }
      document.addEventListener('visibilitychange', hidden)
      addEventListener('pagehide', listener)
      return () => {
        document.removeEventListener('visibilitychange', hidden)
        removeEventListener('pagehide', listener)
      }
    },
    onAttention,
    report,
  })
}

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const

function onAttention(listener: (what: 'input' | 'hidden') => void): () => void {
  const input = () => listener('input')
  const seen = () => listener(document.visibilityState === 'hidden' ? 'hidden' : 'input')
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, input, { passive: true, capture: true })
  document.addEventListener('visibilitychange', seen)
  seen()
  return () => {
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, input, { capture: true })
    document.removeEventListener('visibilitychange', seen)
  }
}

/** Shown by the browser's console and to whoever listens to `error`; nothing else would show it. */
function report(error: unknown): void {
  reportError(error)
}
