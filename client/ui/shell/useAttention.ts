import { useEffect } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { unreadConversations, windowTitle } from './attention.ts'

/** The window's title, and the badge on the app's icon where it is installed. */
export function useAttention(open: ConversationId | null): void {
  const { rows } = useReadable(useEngine().inbox)
  const unread = unreadConversations(rows)
  const title = windowTitle(unread, rows.find((row) => row.conversation === open)?.title ?? null)
  useEffect(() => {
    document.title = title
    return () => {
      document.title = windowTitle(0, null)
    }
  }, [title])
  useEffect(() => {
    if (!('setAppBadge' in navigator)) return undefined
    // Refused where the app is not installed; the title says the same.
    navigator.setAppBadge(unread).catch(() => undefined)
    return () => {
      navigator.clearAppBadge().catch(() => undefined)
    }
  }, [unread])
}
