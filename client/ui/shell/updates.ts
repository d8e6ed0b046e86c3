import { registerSW } from 'virtual:pwa-register'
import { currentLanguage } from '../language/language.ts'
import { toasts } from '../parts/ToastStack.tsx'

/** Registers the service worker; says when a new version is ready and lets the person choose the moment. */
export function watchForUpdates(): void {
  const update = registerSW({
    onNeedRefresh() {
      const { t } = currentLanguage()
      toasts.show(t('shell.update'), { stays: true, action: { label: t('shell.updateNow'), run: () => void update(true) } })
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
