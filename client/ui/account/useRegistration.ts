import { useCallback, useEffect, useState } from 'react'
import type { RegistrationMode } from '../../../shared/protocol/administration.ts'
import { useEngine } from '../useEngine.ts'

/** Who may make an account; `open` until the server said otherwise, which it says again when it refuses. */
export function useRegistration(needed: boolean): { mode: RegistrationMode; askAgain: () => void } {
  const engine = useEngine()
  const [mode, setMode] = useState<RegistrationMode>('open')
  const ask = useCallback(async () => {
    const answer = await engine.registration()
    if (answer.ok) setMode(answer.value)
  }, [engine])
  useEffect(() => {
    if (needed) void ask()
  }, [ask, needed])
  return { mode, askAgain: () => void ask() }
}
