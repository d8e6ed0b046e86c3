import { useEffect, useState } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { toasts } from '../parts/ToastStack.tsx'

/** Shows the reply that the address names, once, as soon as it is here; `reveal` draws it and answers where. */
export function useShownReply(entry: EntryId | undefined, conversation: Conversation, replies: readonly TimelineItem[], reveal: (index: number) => HTMLElement | null): EntryId | null {
  const { t } = useLanguage()
  const [shown, setShown] = useState<EntryId | null>(null)
  const at = entry === undefined || entry === shown ? -1 : replies.findIndex(({ id }) => id === entry)
  useEffect(() => {
    const element = entry === undefined || at === -1 ? null : reveal(at)
    if (element === null || entry === undefined) return
    element.scrollIntoView({ block: 'center' })
    setShown(entry)
  })
  // What is in no log is not on its way either.
  useEffect(() => {
    if (entry === undefined) return undefined
    let outdated = false
    void conversation.timeline.indexOf(entry).then((index) => {
      if (!outdated && index === null) toasts.show(t('messages.notFound'))
    })
    return () => {
      outdated = true
    }
    // oxlint-disable-next-line react/exhaustive-deps -- Not again when the language changes.
  }, [entry, conversation])
  return shown
}
