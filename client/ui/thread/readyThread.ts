import type { EntryId } from '../../../shared/ids.ts'
import type { ThreadState, TimelineItem } from '../../sync/engine.ts'

export type ReadyThread = Extract<ThreadState, { state: 'ready' }>

/** What is quoted in a thread stands in it, or is its message. */
export function quotedIn({ root, replies }: ReadyThread, id: EntryId): TimelineItem | undefined {
  return id === root.id ? root : replies.find((reply) => reply.id === id)
}
