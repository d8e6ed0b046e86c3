import { registerSW } from 'virtual:pwa-register'
import { currentLanguage } from '../language/language.ts'
import { toasts } from '../parts/ToastStack.tsx'

/** Registers the service worker; says when a new version is ready and lets the person choose the moment. */
export function watchForUpdates(): void {
  const update = registerSW({
    onNeedRefresh() {
      const { t } = currentLanguage()
      toasts.show(t('shell.update'), { stays: true, action: { label: t('shell.updateNow'), run: () => void takeOver(update) } })
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

/**
 * The plugin loads the page anew when another worker takes it over. On a first visit no worker is in charge of the page, so
 * none takes it over, and the new one may have nobody to wait for.
 */
async function takeOver(update: () => Promise<void>): Promise<void> {
  const isFirstVisit = navigator.serviceWorker.controller === null
  const waiting = (await navigator.serviceWorker.getRegistration())?.waiting
  await update()
  if (!isFirstVisit) return
  if (waiting === undefined || waiting === null) window.location.reload()
  waiting?.addEventListener('statechange', () => {
    if (waiting.state === 'activated') window.location.reload()
  })
}

const HOUR_MS = 3_600_000
