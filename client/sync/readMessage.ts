// One message of a conversation that need not be on screen, as it reads now.

import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { messageKey } from '../../shared/personal/document.ts'
import { findByTime } from './findByTime.ts'
import type { Replica } from './replica.ts'

export type ReadMessage = { author: UserId; at: number; text: string; erased: boolean }

/** Null: this device cannot have it now. */
export async function readMessage(replica: Replica, conversation: ConversationId, id: EntryId): Promise<ReadMessage | null> {
  const { log, loaded } = replica.hold(conversation)
  try {
    await loaded
    const noted = Seq.safeParse(replica.personal.get('saved', messageKey(conversation, id)))
    const seq = log.seqOf(id) ?? (noted.success && noted.data > 0 ? noted.data : await findByTime(id, log))
    if (seq === null) return null
    await log.load(seq, seq)
    const entry = log.at(seq)
    if (entry?.id !== id || (entry.kind !== 'message' && entry.kind !== 'erased')) return null
    const { edits, erase } = log.annotationsOf(seq)
    const said = { author: entry.author, at: entry.at }
    if (entry.kind === 'erased' || erase !== null) return { ...said, text: '', erased: true }
    return { ...said, text: edits.at(-1)?.body.text ?? entry.body.text, erased: false }
  } finally {
    replica.release(conversation)
  }
}
