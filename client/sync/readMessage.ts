// One message or reply of a conversation that need not be on screen, as it reads now.

import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { messageKey } from '../../shared/personal/document.ts'
import { findByTime } from './findByTime.ts'
import type { Log } from './log.ts'
import type { Replica } from './replica.ts'

/** `thread`: of a reply, the message whose thread it stands in. `edited`: found by an edit of it. */
export type ReadMessage = { id: EntryId; author: UserId; at: number; text: string; erased: boolean; thread: EntryId | null; edited: boolean }

/** Null: this device cannot have it now. */
export function readMessage(replica: Replica, conversation: ConversationId, id: EntryId): Promise<ReadMessage | null> {
  return withLog(replica, conversation, async (log) => {
    const noted = Seq.safeParse(replica.personal.get('saved', messageKey(conversation, id)))
    const seq = log.seqOf(id) ?? (noted.success && noted.data > 0 ? noted.data : await findByTime(id, log))
    const read = seq === null ? null : await readAt(log, Seq.parse(seq))
    return read?.id === id ? read : null
  })
}

/** The same of what stands at this place of the log; of an edit, what it is about. */
export function readMessageAt(replica: Replica, conversation: ConversationId, seq: Seq): Promise<ReadMessage | null> {
  return withLog(replica, conversation, (log) => readAt(log, seq))
}

/** Of a conversation that need not be on screen, held meanwhile. */
export async function withLog<T>(replica: Replica, conversation: ConversationId, read: (log: Log) => Promise<T>): Promise<T> {
  const { log, loaded } = replica.hold(conversation)
  try {
    await loaded
    return await read(log)
  } finally {
    replica.release(conversation)
  }
}

async function readAt(log: Log, seq: Seq): Promise<ReadMessage | null> {
  await log.load(seq, seq)
  const entry = log.at(seq)
  if (entry?.kind === 'edit') {
    const about = await readAt(log, entry.body.target)
    return about === null ? null : { ...about, edited: true }
  }
  if (entry?.kind !== 'message' && entry?.kind !== 'erased' && entry?.kind !== 'reply') return null
  const { edits, erase } = log.annotationsOf(seq, entry.kind === 'reply' ? entry.body.target : seq)
  const said = { id: entry.id, author: entry.author, at: entry.at, thread: entry.kind === 'reply' ? entry.body.of : null, edited: false }
  const text = entry.kind === 'erased' || erase !== null ? '' : (edits.at(-1)?.body.text ?? entry.body.text)
  return { ...said, text, erased: text === '' }
}
