import { useLanguage } from './language/useLanguage.ts'
import { Logo } from './parts/Logo.tsx'

export function Starting() {
  const { t } = useLanguage()
  return (
    <main className="starting" aria-busy="true" aria-label={t('start.starting')}>
      <Logo size={56} />
    </main>
  )
}

/** Without a place to keep messages nothing could be promised, so nothing is started. */
export function CannotStart() {
  const { t } = useLanguage()
  return (
    <main className="empty" role="alert">
      <Logo size={56} />
      <h1>{t('start.cannotTitle')}</h1>
      <p>{t('start.cannotWords')}</p>
      <button
        type="button"
        className="button button--primary"
        onClick={() => {
          window.location.reload()
        }}
      >
        {t('start.reload')}
      </button>
    </main>
  )
}
