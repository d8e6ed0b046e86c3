import { useEffect, useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { OfflineIcon } from '../parts/Icon.tsx'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { connectionWords } from './connection.ts'

/** The connection in words, and what waits for it. Nothing while all is well. */
export function ConnectionNotice() {
  const engine = useEngine()
  const connection = useReadable(engine.connection)
  const outbox = useReadable(engine.outbox)
  const now = useSeconds(connection.state === 'offline' && connection.retryAt !== null)
  const text = connectionWords(connection, outbox, now, useLanguage())
  return (
    <div role="status" aria-live="polite" data-testid="connection" data-state={connection.state}>
      {text === null ? null : (
        <div className={`connection connection--${text.tone}`}>
          <OfflineIcon />
          <p>
            <strong>{text.title}</strong>
            {/* A countdown read aloud each second helps nobody. */}
            {text.more === null ? null : <span aria-hidden={text.counts}>{text.more}</span>}
          </p>
        </div>
      )}
    </div>
  )
}

function useSeconds(running: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!running) return undefined
    const timer = setInterval(() => {
      setNow(Date.now())
    }, 1_000)
    return () => {
      clearInterval(timer)
    }
  }, [running])
  return now
}
