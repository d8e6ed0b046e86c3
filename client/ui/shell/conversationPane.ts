// The list is drawn before the conversation beside it is even loaded; whoever presses a row finds it there.

import { parseRoute } from '../route.ts'

export function loadConversationPane() {
  return import('../conversation/ConversationPane.tsx')
}

/** At once where the address names a conversation, else when the list stands. */
export function preloadConversationPane(): void {
  // Safari has no idle time to give.
  if (parseRoute(window.location.hash).conversation !== null || !('requestIdleCallback' in window)) preload()
  else window.requestIdleCallback(preload, { timeout: IDLE_MAX_MS })
}

/** For what may come later than that: it does not stand in the way. */
export const conversationPanePreloaded = Promise.withResolvers<void>()

function preload(): void {
  // Whether it came or not: whoever draws it asks again, and has words for it.
  loadConversationPane().then(() => conversationPanePreloaded.resolve(), () => conversationPanePreloaded.resolve())
}

const IDLE_MAX_MS = 1_000
