// What one wrote about messages that are gone from this device: it has no place in a timeline any more.

import type { Leftover } from './engine.ts'
import type { OutboxRecord } from './records.ts'

export function leftoversIn(outbox: readonly OutboxRecord[]): Leftover[] {
  return outbox.flatMap(({ entry, state }) => {
    if (entry.kind === 'message' || state.state === 'stored') return []
    const text = entry.kind === 'reply' || entry.kind === 'edit' ? entry.body.text : entry.kind === 'reaction' ? entry.body.emoji : null
    return [{ id: entry.id, kind: entry.kind, text, refusal: state.state === 'refused' ? state.refusal : null }]
  })
}
