import { useCallback, useEffect, useState } from 'react'
import type { ConversationId, Seq } from '../../../shared/ids.ts'
import type { ThreadView } from '../../../shared/protocol/api.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Engine } from '../../sync/engine.ts'

type Pages = { threads: readonly ThreadView[]; before: Seq | null; more: boolean; refusal: Refusal | null }

/** Followed threads from the server, a page at a time; `load` asks for the next, or again for one that did not come. */
export function useThreadPages(engine: Engine, conversation: ConversationId): Omit<Pages, 'before'> & { load: () => void } {
  const [pages, setPages] = useState<Pages>(NONE)
  const ask = useCallback(
    async ({ threads, before }: Pages): Promise<Pages> => {
      const answer = await engine.threads(conversation, before)
      if (!answer.ok) return { threads, before, more: true, refusal: answer.refusal }
      const next = answer.value.before
      return { threads: [...threads, ...answer.value.threads], before: next, more: next !== null, refusal: null }
    },
    [engine, conversation],
  )
  useEffect(() => {
    let outdated = false
    void ask(NONE).then((first) => (outdated ? undefined : setPages(first)))
    return () => {
      outdated = true
    }
  }, [ask])
  return { ...pages, load: () => void ask(pages).then(setPages) }
}

const NONE: Pages = { threads: [], before: null, more: true, refusal: null }
