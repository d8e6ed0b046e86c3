import { useEffect, useState } from 'react'
import type { RegistrationMode } from '../../../shared/protocol/administration.ts'
import { useEngine } from '../useEngine.ts'

/** Who may make an account; `open` until the server said otherwise, which it says again when it refuses. */
export function useRegistration(needed: boolean): { mode: RegistrationMode; askAgain: () => void } {
  const engine = useEngine()
  const [mode, setMode] = useState<RegistrationMode>('open')
  useEffect(() => {
    let outdated = false
    async function ask() {
      const answer = await engine.registration()
      if (answer.ok && !outdated) setMode(answer.value)
    }
    if (needed) void ask()
    return () => {
      outdated = true
    }
  }, [engine, needed])
  return {
    mode,
    askAgain: () =>
      void engine.registration().then((answer) => {
        if (answer.ok) setMode(answer.value)
        return answer
      }),
  }
}
