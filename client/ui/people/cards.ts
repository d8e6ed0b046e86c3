// The dialogs about somebody, and which of them is open: over whatever is on the screen, so that neither a menu nor an
// avatar has to hold one.

import type { UserId } from '../../../shared/ids.ts'
import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { createCell } from '../../sync/readable.ts'

export type Card =
  | { type: 'person'; id: UserId }
  /** `from`: the message that it began with, which the administrators are shown. */
  | { type: 'report'; about: UserId; from: { conversation: Conversation; item: TimelineItem } | null }
  /** Whom an own message has reached. */
  | { type: 'reach'; conversation: Conversation; item: TimelineItem }

export const openCard = createCell<Card | null>(null)

export function showPerson(id: UserId): void {
  openCard.set({ type: 'person', id })
}

export function closeCard(): void {
  openCard.set(null)
}
