import { registerSW } from 'virtual:pwa-register'
import { toasts } from '../parts/ToastStack.tsx'
import { words } from './words.ts'

/** Registers the service worker; says when a new version is ready and lets the person choose the moment. */
export function watchForUpdates(): void {
  const update = registerSW({
    onNeedRefresh() {
      toasts.show(words.update, { stays: true, action: { label: words.updateNow, run: () => void update(true) } })
    },
    onRegisteredSW(_, registration) {
      if (registration === undefined) return
      setInterval(() => {
        // Without a network there is nothing new, and the next hour asks again.
        if (navigator.onLine) void registration.update()
      }, HOUR_MS)
    },
  })
}

const HOUR_MS = 3_600_000
