import { useEffect, useState } from 'react'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Outcome } from '../../sync/engine.ts'
import { useIsOnline } from '../useEngine.ts'

export type Answer<T> = {
  /** The last that there was. */
  value: T | null
  /** Why there was none to the last question. */
  refused: Refusal | null
  ask: () => Promise<void>
}

/** What only the server knows: asked when it is shown, when the question is another one, when `version` says that the answer is, when the connection is back, and by `ask`. */
export function useAnswer<T>(question: () => Promise<Outcome<T>>, version = ''): Answer<T> {
  const online = useIsOnline()
  const [answer, setAnswer] = useState<Shown<T>>({ value: null, refused: null })
  // What was shown stays when there is no answer.
  useEffect(() => {
    let outdated = false
    async function get() {
      const outcome = await question()
      if (!outdated) setAnswer((before) => after(before, outcome))
    }
    if (online) void get()
    return () => {
      outdated = true
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `version` is why it is asked again, and no part of the question.
  }, [online, question, version])
  return {
    ...answer,
    ask: async () => {
      const outcome = await question()
      setAnswer((before) => after(before, outcome))
    },
  }
}

/** What was shown stays when there is no answer. */
function after<T>(before: Shown<T>, outcome: Outcome<T>): Shown<T> {
  return outcome.ok ? { value: outcome.value, refused: null } : { value: before.value, refused: outcome.refusal }
}

type Shown<T> = Omit<Answer<T>, 'ask'>
