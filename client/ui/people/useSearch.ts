import { useEffect, useState } from 'react'
import { NAME_MAX_CHARS } from '../../../shared/limits.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Outcome } from '../../sync/engine.ts'
import { useEngine } from '../useEngine.ts'

export type Search = { state: 'idle' } | { state: 'searching' } | { state: 'found'; people: readonly Person[] } | { state: 'refused'; refusal: Refusal }

/** People whose handle or name starts so; asked once typing pauses, and only the latest answer counts. */
export function usePeopleSearch(query: string): Search {
  const engine = useEngine()
  const [answer, setAnswer] = useState<{ query: string; outcome: Outcome<Person[]> } | null>(null)
  useEffect(() => {
    if (query === '' || query.length > NAME_MAX_CHARS) return undefined
    let outdated = false
    async function ask() {
      const outcome = await engine.searchPeople(query.replace(/^@/, ''))
      if (!outdated) setAnswer({ query, outcome })
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS)
    return () => {
      outdated = true
      clearTimeout(timer)
    }
  }, [engine, query])

  if (query === '') return { state: 'idle' }
  // Nobody's name is longer.
  if (query.length > NAME_MAX_CHARS) return { state: 'found', people: [] }
  // What was found stays while the same word grows, so that the list does not flicker with each key.
  if (answer === null || answer.query[0] !== query[0]) return { state: 'searching' }
  return answer.outcome.ok ? { state: 'found', people: answer.outcome.value } : { state: 'refused', refusal: answer.outcome.refusal }
}

/** Shorter than people notice, longer than between two keys. */
const PAUSE_MS = 180
