// The followed threads of a conversation as far as this device knows them, for when the server cannot be asked: those that
// were on its screen, and those with something new. Read from the log, so that nothing is listed that was erased.

import type { Entry } from '../../shared/conversation/entry.ts'
import { stubOf } from '../../shared/conversation/entry.ts'
import { rangeOf, segmentOf } from '../../shared/conversation/segment.ts'
import type { ConversationId, Seq } from '../../shared/ids.ts'
import type { ThreadView } from '../../shared/protocol/api.ts'
import type { Log } from './log.ts'
import { withLog } from './readMessage.ts'
import { StoredStanding, standingsOf } from './records.ts'
import type { Replica } from './replica.ts'
import type { ReplicaStore } from './replicaStore.ts'

/** The last replied to first. What is new in them, the list of conversations says. */
export async function knownThreads(replica: Replica, store: ReplicaStore, conversation: ConversationId): Promise<ThreadView[]> {
  const { from, to } = standingsOf(conversation)
  const stored = (await store.range('views', from, to)).flatMap(({ value }) => StoredStanding.safeParse(value).data ?? [])
  const followed = stored.filter(({ standing }) => standing.following).map(({ root }) => root)
  const news = replica.inbox.row(conversation)?.threads.map(({ root }) => root) ?? []
  const left = replica.changes.left(conversation)
  const roots = [...new Set([...followed, ...news])].filter((root) => !left.has(root))
  return withLog(replica, conversation, async (log) => {
    const views = await Promise.all(roots.map((root) => viewOf(log, root)))
    return views.filter((view) => view !== null).toSorted((a, b) => b.last.seq - a.last.seq)
  })
}

/** Null: it is not on this device, or nothing is left of its replies. */
async function viewOf(log: Log, seq: Seq): Promise<ThreadView | null> {
  // What was said in its own segment stands in that; what came later, beside it.
  await log.load(seq, rangeOf(segmentOf(seq)).last)
  const root = log.at(seq)
  const replies = log.annotationsOf(seq).replies.filter(({ body }) => body.text !== '')
  const last = replies.at(-1)
  if (root === undefined || last === undefined) return null
  return { root: asItReads(log, root, seq), last: asItReads(log, last, seq), replies: replies.length, unread: 0 }
}

function asItReads(log: Log, entry: Entry, root: Seq): Entry {
  const { edits, erase } = log.annotationsOf(entry.seq, root)
  if (erase !== null) return stubOf(entry)
  const text = edits.at(-1)?.body.text
  if (text === undefined || (entry.kind !== 'message' && entry.kind !== 'reply')) return entry
  return entry.kind === 'message' ? { ...entry, body: { ...entry.body, text } } : { ...entry, body: { ...entry.body, text } }
}
