import type { RefObject } from 'react'
import { useEffect, useMemo, useState } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import type { Conversation } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { toasts } from '../parts/ToastStack.tsx'

/** Another object each time it is asked for, also for the same reply. */
type Wanted = { id: EntryId }

/** What is to be shown: the reply that the address names, or the original of a quote that was pressed since. */
export function useWantedReply(entry: EntryId | undefined): [wanted: Wanted | null, jump: (id: EntryId) => void] {
  const named = useMemo(() => (entry === undefined ? null : { id: entry }), [entry])
  const [jumped, setJumped] = useState<{ to: Wanted; from: Wanted | null } | null>(null)
  const jump = useMemo(
    () => (id: EntryId) => {
      setJumped({ to: { id }, from: named })
    },
    [named],
  )
  return [jumped !== null && jumped.from === named ? jumped.to : named, jump]
}

type Shown = { conversation: Conversation; wanted: Wanted | null; /** Of the entry in the list; null: not yet drawn. */ index: number | null; list: RefObject<HTMLElement | null> }

/** Shows it, once, as soon as it is here; answers which was shown last. */
export function useShownReply({ conversation, wanted, index, list }: Shown): EntryId | null {
  const { t } = useLanguage()
  const [shown, setShown] = useState<EntryId | null>(null)
  const isHere = index !== null
  useEffect(() => {
    if (wanted === null || !isHere) return
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: 'center' })
    setShown(wanted.id)
    // oxlint-disable-next-line react/exhaustive-deps -- Not again when it stands elsewhere, as earlier replies came.
  }, [wanted, isHere, list])
  // What is in no log is not on its way either.
  useEffect(() => {
    if (wanted === null) return undefined
    let outdated = false
    async function look({ id }: Wanted) {
      const place = await conversation.timeline.indexOf(id)
      if (!outdated && place === null) toasts.show(t('messages.notFound'))
    }
    void look(wanted)
    return () => {
      outdated = true
    }
    // oxlint-disable-next-line react/exhaustive-deps -- Not again when the language changes.
  }, [wanted, conversation])
  return shown
}
