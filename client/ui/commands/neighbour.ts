import type { ConversationId } from '../../../shared/ids.ts'
import type { InboxItem } from '../../sync/engine.ts'

type Row = Pick<InboxItem, 'conversation' | 'unread' | 'muted' | 'threads'>

/** The conversation above (−1) or below (1) in the list, around its ends; of those with something unread, in them or in a followed thread, a muted one is passed by. */
export function neighbour(rows: readonly Row[], open: ConversationId | null, step: -1 | 1, which: 'any' | 'unread'): ConversationId | null {
  const at = rows.findIndex((row) => row.conversation === open)
  // From nowhere, down begins at the top and up at the end.
  const start = at === -1 && step === -1 ? 0 : at
  for (let distance = 1; distance <= rows.length; distance += 1) {
    const row = rows[(start + step * distance + rows.length) % rows.length]
    if (row === undefined || row.conversation === open) continue
    if (which === 'any' || ((row.unread > 0 || row.threads.some(({ muted }) => muted !== true)) && !row.muted)) return row.conversation
  }
  return null
}
