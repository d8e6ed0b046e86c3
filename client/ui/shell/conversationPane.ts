// The list is drawn before the conversation beside it is even loaded; whoever presses a row finds it there.

import { parseRoute } from '../route.ts'

export function loadConversationPane() {
  return import('../conversation/ConversationPane.tsx')
}

/** At once where the address names a conversation, else when the list stands. */
export function preloadConversationPane(): void {
  // Safari has no idle time to give.
  if (parseRoute(window.location.hash).conversation !== null || !('requestIdleCallback' in window)) void loadConversationPane()
  else window.requestIdleCallback(() => void loadConversationPane(), { timeout: IDLE_MAX_MS })
}

const IDLE_MAX_MS = 1_000
