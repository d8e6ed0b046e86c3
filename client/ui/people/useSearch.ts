import { useEffect, useState } from 'react'
import type { Person } from '../../../shared/protocol/messages.ts'
import { useEngine } from '../useEngine.ts'

export type Search = { state: 'idle' } | { state: 'searching' } | { state: 'found'; people: readonly Person[] } | { state: 'refused'; words: string }

/** People whose handle or name starts so; asked once typing pauses, and only the latest answer counts. */
export function usePeopleSearch(query: string): Search {
  const engine = useEngine()
  const [search, setSearch] = useState<Search>({ state: 'idle' })
  useEffect(() => {
    if (query === '') {
      setSearch({ state: 'idle' })
      return
    }
    let outdated = false
    // What was found stays on screen while its successor is looked for.
    setSearch((before) => (before.state === 'found' ? before : { state: 'searching' }))
    const timer = setTimeout(() => {
      void engine.searchPeople(query.replace(/^@/, '')).then((outcome) => {
        if (outdated) return
        setSearch(outcome.ok ? { state: 'found', people: outcome.value } : { state: 'refused', words: outcome.refusal.words })
      })
    }, PAUSE_MS)
    return () => {
      outdated = true
      clearTimeout(timer)
    }
  }, [engine, query])
  return search
}

/** Shorter than people notice, longer than between two keys. */
const PAUSE_MS = 180
