import { useEffect, useState } from 'react'
import type { Channel } from '../../../shared/protocol/api.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import { useEngine, useIsOnline } from '../useEngine.ts'

export type Directory = { state: 'searching' } | { state: 'refused'; refusal: Refusal } | { state: 'found'; query: string; channels: readonly Channel[]; cursor: string | null }

/** Channels of which a word of the name starts so; asked once typing pauses, and only the latest answer counts. */
export function useChannels(query: string): { directory: Directory; showMore: () => Promise<void> } {
  const engine = useEngine()
  // Asked again when the connection is back.
  const online = useIsOnline()
  const [directory, setDirectory] = useState<Directory>({ state: 'searching' })

  useEffect(() => {
    if (!online) return undefined
    let outdated = false
    async function ask() {
      const outcome = await engine.channels({ start: query, cursor: null })
      if (outdated) return
      setDirectory(outcome.ok ? { state: 'found', query, channels: outcome.value.channels, cursor: outcome.value.cursor ?? null } : { state: 'refused', refusal: outcome.refusal })
    }
    const timer = setTimeout(() => void ask(), query === '' ? 0 : PAUSE_MS)
    return () => {
      outdated = true
      clearTimeout(timer)
    }
  }, [engine, online, query])

  async function showMore() {
    if (directory.state !== 'found' || directory.cursor === null) return
    const outcome = await engine.channels({ start: directory.query, cursor: directory.cursor })
    setDirectory((now) => {
      // Something else was asked for meanwhile.
      if (now !== directory) return now
      if (!outcome.ok) return { state: 'refused', refusal: outcome.refusal }
      const known = new Set(now.channels.map(({ id }) => id))
      return { ...now, channels: [...now.channels, ...outcome.value.channels.filter(({ id }) => !known.has(id))], cursor: outcome.value.cursor ?? null }
    })
  }
  return { directory, showMore }
}

/** Shorter than people notice, longer than between two keys. */
const PAUSE_MS = 180
