// The place of a page in a list of conversations by the last thing that happened in them, as one opaque word.

import { ConversationId, Millis } from '../../shared/ids.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import type { InboxCursor } from '../../storage/database.ts'

export function encodeCursor({ touched, conversation }: InboxCursor): string {
  return `${touched}.${conversation}`
}

export function decodeCursor(cursor: string): InboxCursor {
  const [touched = '', conversation] = cursor.split('.', 2)
  const parsed = { touched: Millis.safeParse(Number(touched)), conversation: ConversationId.safeParse(conversation) }
  if (!parsed.touched.success || !parsed.conversation.success) throw new RefusedError('malformed', 'cursor: not one of ours')
  return { touched: parsed.touched.data, conversation: parsed.conversation.data }
}
