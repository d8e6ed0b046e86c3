// Which conversations a person means who names some of them.

import type { ConversationRecord } from '../../storage/database.ts'

export type Choice = { type: 'chosen'; conversations: ConversationRecord[] } | { type: 'unknown'; wanted: string } | { type: 'ambiguous'; wanted: string; ids: string[] }

/** By id or by name, in any case. */
export function chooseConversations(all: readonly ConversationRecord[], wanted: readonly string[]): Choice {
  const chosen = new Map<string, ConversationRecord>()
  for (const each of wanted) {
    const byId = all.filter(({ id }) => id === each.toLowerCase())
    const found = byId.length > 0 ? byId : all.filter(({ name }) => name !== '' && name.toLowerCase() === each.toLowerCase())
    const [only, ...more] = found
    if (only === undefined) return { type: 'unknown', wanted: each }
    if (more.length > 0) return { type: 'ambiguous', wanted: each, ids: found.map(({ id }) => id) }
    chosen.set(only.id, only)
  }
  return { type: 'chosen', conversations: [...chosen.values()] }
}
