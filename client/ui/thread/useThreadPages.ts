import { useCallback, useEffect, useState } from 'react'
import type { ConversationId, Seq } from '../../../shared/ids.ts'
import type { ThreadView } from '../../../shared/protocol/api.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Engine } from '../../sync/engine.ts'
import { useIsOnline } from '../useEngine.ts'

type Pages = { threads: readonly ThreadView[]; before: Seq | null; more: boolean; /** Not only what this device knows. */ isWhole: boolean; refusal: Refusal | null }

/** Followed threads from the server, a page at a time; `load` asks for the next, or again for one that did not come. Back online it begins anew. */
export function useThreadPages(engine: Engine, conversation: ConversationId): Omit<Pages, 'before'> & { load: () => void } {
  const [pages, setPages] = useState<Pages>(NONE)
  const isOnline = useIsOnline()
  const ask = useCallback(
    async ({ threads, before }: Pages): Promise<Pages> => {
      const answer = await engine.threads(conversation, before)
      if (!answer.ok) return { threads, before, more: true, isWhole: true, refusal: answer.refusal }
      const { before: next, isWhole } = answer.value
      return { threads: [...threads, ...answer.value.threads], before: next, more: next !== null, isWhole, refusal: null }
    },
    [engine, conversation],
  )
  useEffect(() => {
    let outdated = false
    // Who lost the connection keeps what they have before them.
    void ask(NONE).then((first) => (outdated ? undefined : setPages((shown) => (isOnline || shown.threads.length === 0 ? first : shown))))
    return () => {
      outdated = true
    }
  }, [ask, isOnline])
  return { ...pages, load: () => void ask(pages.isWhole ? pages : NONE).then(setPages) }
}

const NONE: Pages = { threads: [], before: null, more: true, isWhole: true, refusal: null }
