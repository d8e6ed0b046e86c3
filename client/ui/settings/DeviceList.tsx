import { useEffect, useState } from 'react'
import type { SessionView } from '../../../shared/protocol/api.ts'
import type { Outcome } from '../../sync/engine.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { told } from '../parts/ToastStack.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine, useIsOnline } from '../useEngine.ts'

export function DeviceList() {
  const language = useLanguage()
  const { t } = language
  const { sessions, end } = useSessions()
  return (
    <section aria-label={t('settings.devices')}>
      <p className="settings__hint">{t('settings.devicesHint')}</p>
      {sessions === null ? (
        <Waiting />
      ) : sessions.ok ? (
        <ul className="settings__devices">
          {sessions.value.map((session) => (
            <Device key={session.id} session={session} onEnd={end} />
          ))}
        </ul>
      ) : (
        <p className="notice notice--danger">{refusalWords(sessions.refusal, language)}</p>
      )}
    </section>
  )
}

function Waiting() {
  const { t } = useLanguage()
  return <p className="settings__hint">{useIsOnline() ? t('settings.loading') : t('settings.devicesOffline')}</p>
}

function Device({ session, onEnd }: { session: SessionView; onEnd: (session: SessionView) => Promise<void> }) {
  const { t, times } = useLanguage()
  const now = useNow()
  return (
    <li>
      <div>
        <span dir="auto">{session.label}</span>
        <span className="settings__hint">{session.current ? t('settings.thisDevice') : t('settings.lastUsed', { moment: times.moment(session.lastSeenAt, now) })}</span>
      </div>
      {session.current ? null : (
        <button
          type="button"
          className="button button--small"
          aria-label={t('settings.endLabel', { label: session.label })}
          onClick={() => void onEnd(session)}
        >
          {t('settings.end')}
        </button>
      )}
    </li>
  )
}

function useSessions() {
  const { t } = useLanguage()
  const engine = useEngine()
  const online = useIsOnline()
  const [sessions, setSessions] = useState<Outcome<SessionView[]> | null>(null)
  useEffect(() => {
    if (online) void engine.sessions().then(setSessions)
  }, [engine, online])
  const end = async (session: SessionView) => {
    await told(engine.endSession(session.id), t('settings.ended', { label: session.label }))
    setSessions(await engine.sessions())
  }
  return { sessions, end }
}
