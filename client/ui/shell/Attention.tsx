import { useEffect } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useEngine } from '../useEngine.ts'
import { useFrames } from '../useFrames.ts'
import { unreadConversations, windowTitle } from './attention.ts'

/** The window's title, and the badge on the app's icon where it is installed. */
export function Attention({ open }: { open: ConversationId | null }): null {
  const { rows } = useFrames(useEngine().inbox)
  const { number } = useLanguage()
  const unread = unreadConversations(rows)
  const title = windowTitle(unread, rows.find((row) => row.conversation === open)?.title ?? null, number)
  useEffect(() => {
    document.title = title
    return () => {
      document.title = windowTitle(0, null, String)
    }
  }, [title])
  useEffect(() => {
    showBadge(unread)
  }, [unread])
  // Nobody signed in has nothing unread.
  useEffect(
    () => () => {
      showBadge(0)
    },
    [],
  )
  return null
}

/** Refused where the app is not installed; the title says the same. */
function showBadge(unread: number): void {
  if (!('setAppBadge' in navigator)) return
  const shown = unread === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(unread)
  shown.catch(() => undefined)
}
