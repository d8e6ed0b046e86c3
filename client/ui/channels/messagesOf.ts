import { fold, NOTHING_FOLDED } from '../../../shared/conversation/annotations.ts'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { isAnnotation } from '../../../shared/conversation/entry.ts'
import type { EntryId, UserId } from '../../../shared/ids.ts'

export type PreviewMessage = { id: EntryId; author: UserId; at: number; text: string }

/** What was written, as it reads now; the rest of a log is for those who are in it. */
export function messagesOf(entries: readonly Entry[]): PreviewMessage[] {
  const annotations = Map.groupBy(entries.filter(isAnnotation), ({ body }) => body.target)
  return entries.flatMap((entry) => {
    if (entry.kind !== 'message') return []
    const { id, seq, author, at, body } = entry
    const { edits, erase } = (annotations.get(seq) ?? []).reduce(fold, NOTHING_FOLDED)
    return erase === null ? [{ id, author, at, text: edits.at(-1)?.body.text ?? body.text }] : []
  })
}
