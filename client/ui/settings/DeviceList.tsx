import { useEffect, useState } from 'react'
import type { SessionView } from '../../../shared/protocol/api.ts'
import type { Outcome } from '../../sync/engine.ts'
import { told } from '../parts/ToastStack.tsx'
import { timeWords, useNow } from '../time/useNow.ts'
import { useEngine, useIsOnline } from '../useEngine.ts'
import { words } from './words.ts'

export function DeviceList() {
  const { sessions, end } = useSessions()
  return (
    <section aria-labelledby="devices">
      <h3 id="devices">{words.devices}</h3>
      <p className="settings__hint">{words.devicesHint}</p>
      {sessions === null ? (
        <Waiting />
      ) : sessions.ok ? (
        <ul className="settings__devices">
          {sessions.value.map((session) => (
            <Device key={session.id} session={session} onEnd={end} />
          ))}
        </ul>
      ) : (
        <p className="notice notice--danger">{sessions.refusal.words}</p>
      )}
    </section>
  )
}

function Waiting() {
  return <p className="settings__hint">{useIsOnline() ? words.loading : words.devicesOffline}</p>
}

function Device({ session, onEnd }: { session: SessionView; onEnd: (session: SessionView) => Promise<void> }) {
  const now = useNow()
  return (
    <li>
      <div>
        <span dir="auto">{session.label}</span>
        <span className="settings__hint">{session.current ? words.thisDevice : words.lastUsed(timeWords.moment(session.lastSeenAt, now))}</span>
      </div>
      {session.current ? null : (
        <button
          type="button"
          className="button button--small"
          aria-label={words.endLabel(session.label)}
          onClick={() => void onEnd(session)}
        >
          {words.end}
        </button>
      )}
    </li>
  )
}

function useSessions() {
  const engine = useEngine()
  const online = useIsOnline()
  const [sessions, setSessions] = useState<Outcome<SessionView[]> | null>(null)
  useEffect(() => {
    if (online) void engine.sessions().then(setSessions)
  }, [engine, online])
  const end = async (session: SessionView) => {
    await told(engine.endSession(session.id), words.ended(session.label))
    setSessions(await engine.sessions())
  }
  return { sessions, end }
}
