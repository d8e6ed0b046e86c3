// A message as it is shown: with the edits and reactions of everyone, and with own ones that are still on their way. Pure.

import type { Folded } from '../../shared/conversation/annotations.ts'
import { reactionsOf } from '../../shared/conversation/annotations.ts'
import type { Calling, MessageBody, NewEntry } from '../../shared/conversation/entry.ts'
import type { UserId } from '../../shared/ids.ts'
import type { ReactionView, Version } from './engine.ts'

export type ShownMessage = { text: string; calling: Calling; versions: readonly Version[]; reactions: readonly ReactionView[]; pinned: boolean }

/** `waiting`: own annotations of this message in order of writing; they come after everything in the log. */
export function shownOf(message: { at: number; body: MessageBody }, folded: Folded, waiting: readonly NewEntry[], me: UserId): ShownMessage {
  const said: Version[] = [
    { text: message.body.text, at: message.at },
    ...folded.edits.map(({ body, at }) => ({ text: body.text, at })),
    ...waiting.flatMap((entry) => (entry.kind === 'edit' ? [{ text: entry.body.text, at: entry.at }] : [])),
  ]
  const lastEdit = waiting.findLast((entry) => entry.kind === 'edit') ?? folded.edits.at(-1)
  // It begins with the message itself.
  return { text: said.at(-1)!.text, calling: callingOf(lastEdit?.body ?? message.body), versions: said.slice(0, -1), reactions: withOwn(folded, waiting, me), pinned: isPinned(folded, waiting) }
}

/** Of a body, that alone. */
export function callingOf({ mentions, mentionsAll }: Calling): Calling {
  return { ...(mentions === undefined ? {} : { mentions }), ...(mentionsAll === undefined ? {} : { mentionsAll }) }
}

function isPinned({ pin }: Folded, waiting: readonly NewEntry[]): boolean {
  const own = waiting.findLast((entry) => entry.kind === 'pin')
  return own?.kind === 'pin' ? own.body.on : pin?.body.on === true
}

function withOwn(folded: Folded, waiting: readonly NewEntry[], me: UserId): ReactionView[] {
  const counts = new Map(reactionsOf(folded).map(({ emoji, users }) => [emoji, users]))
  for (const entry of waiting) {
    if (entry.kind !== 'reaction') continue
    const { emoji, on } = entry.body
    const others = (counts.get(emoji) ?? []).filter((user) => user !== me)
    const users = on ? [...others, me] : others
    if (users.length > 0) counts.set(emoji, users)
    else counts.delete(emoji)
  }
  return [...counts].map(([emoji, users]) => ({ emoji, users, own: users.includes(me) }))
}
