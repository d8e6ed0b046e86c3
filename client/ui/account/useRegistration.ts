import { useEffect, useState } from 'react'
import type { RegistrationMode } from '../../../shared/protocol/administration.ts'
import { useEngine } from '../useEngine.ts'

/** Who may make an account; `open` until the server said otherwise, which it says again when it refuses. */
export function useRegistration(needed: boolean): { mode: RegistrationMode; askAgain: () => void } {
  const engine = useEngine()
  const [mode, setMode] = useState<RegistrationMode>('open')
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    if (!needed) return undefined
    let outdated = false
    async function ask() {
      const answer = await engine.registration()
      if (answer.ok && !outdated) setMode(answer.value)
    }
    void ask()
    return () => {
      outdated = true
    }
  }, [engine, needed, asked])
  return {
    mode,
    askAgain: () => {
      setAsked((times) => times + 1)
    },
  }
}
