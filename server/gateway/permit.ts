// May this session open this document? Asked of the database at every opening.

import { movedOnReason, parseControlDocumentName, parseLogDocumentName, segmentOf } from '../../shared/conversation/segment.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { parsePersonalDocumentName } from '../../shared/personal/document.ts'
import type { Database } from '../../storage/database.ts'
import type { LogPlace } from '../replicate/logDocuments.ts'

export type DocumentName = { kind: 'log'; place: LogPlace } | { kind: 'control'; conversation: ConversationId } | { kind: 'personal'; user: UserId; generation: number }

/** Null: no document has such a name. */
export function parseDocumentName(name: string): DocumentName | null {
  const place = parseLogDocumentName(name)
  if (place !== null) return { kind: 'log', place }
  const conversation = parseControlDocumentName(name)
  if (conversation !== null) return { kind: 'control', conversation }
  const personal = parsePersonalDocumentName(name)
  return personal === null ? null : { kind: 'personal', ...personal }
}

/** Of a log or a control document: why not, or null when they may. */
export async function refuseReader(
  database: Pick<Database, 'conversations' | 'log'>,
  user: UserId,
  document: Exclude<DocumentName, { kind: 'personal' }>,
): Promise<string | null> {
  const conversation = document.kind === 'log' ? document.place.conversation : document.conversation
  if ((await database.conversations.role(conversation, user)) === null) return 'You are not a member of this conversation.'
  if (document.kind === 'control') return null
  const { segment, generation } = document.place
  if (segment > segmentOf(await database.log.head(conversation)) + 1) return 'This part of the conversation is not written yet.'
  const current = await database.log.generation(conversation, segment)
  return current === generation ? null : movedOnReason(current)
}
