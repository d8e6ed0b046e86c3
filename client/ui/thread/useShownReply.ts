import type { RefObject } from 'react'
import { useEffect, useState } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import type { Conversation } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { toasts } from '../parts/ToastStack.tsx'

type Shown = { conversation: Conversation; entry: EntryId | undefined; /** Among what is drawn; -1: not yet. */ at: number; list: RefObject<HTMLElement | null> }

/** Shows the reply that the address names, once, as soon as it is here; answers which was shown last. */
export function useShownReply({ conversation, entry, at, list }: Shown): EntryId | null {
  const { t } = useLanguage()
  const [shown, setShown] = useState<EntryId | null>(null)
  const isHere = at !== -1
  useEffect(() => {
    if (entry === undefined || !isHere) return
    list.current?.querySelector(`[data-index="${at + 1}"]`)?.scrollIntoView({ block: 'center' })
    setShown(entry)
    // oxlint-disable-next-line react/exhaustive-deps -- Not again when it stands elsewhere, as earlier replies came.
  }, [entry, isHere, list])
  // What is in no log is not on its way either.
  useEffect(() => {
    if (entry === undefined) return undefined
    let outdated = false
    async function look(id: EntryId) {
      const index = await conversation.timeline.indexOf(id)
      if (!outdated && index === null) toasts.show(t('messages.notFound'))
    }
    void look(entry)
    return () => {
      outdated = true
    }
    // oxlint-disable-next-line react/exhaustive-deps -- Not again when the language changes.
  }, [entry, conversation])
  return shown
}
