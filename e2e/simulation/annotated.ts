// What messages have become: as the entries of the log say, by a model as plain as can be, and as a device shows it.

import type { Conversation, TimelineItem } from '../../client/sync/engine.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { Annotated } from './history.ts'

/** Of the messages of a log, erased ones among them, by id. */
export function annotatedInLog(entries: readonly Entry[], nameOf: (user: string) => string): Map<string, Annotated> {
  const about = (of: string) => entries.filter((entry) => 'of' in entry.body && entry.body.of === of)
  const textsOf = ({ id, body }: Entry) => [...('text' in body ? [body.text] : []), ...about(id).flatMap((entry) => (entry.kind === 'edit' ? [entry.body.text] : []))]
  const messages = entries.filter(({ kind }) => kind === 'message' || kind === 'erased')
  return new Map(
    messages.map((message) => {
      const said = about(message.id)
      const replies = said.flatMap((entry) => (entry.kind === 'reply' ? [entry.body.text === '' ? '' : (textsOf(entry).at(-1) ?? '')] : []))
      if (message.kind === 'erased') return [message.id, { texts: [], reactions: [], pinned: false, replies }]
      const chosen = new Map<string, boolean>()
      for (const entry of said) if (entry.kind === 'reaction') chosen.set(`${entry.body.emoji} ${nameOf(entry.author)}`, entry.body.on)
      const reactions = [...chosen].flatMap(([reaction, on]) => (on ? [reaction] : [])).toSorted()
      const pinned = said.findLast(({ kind }) => kind === 'pin')
      return [message.id, { texts: textsOf(message), reactions, pinned: pinned?.kind === 'pin' && pinned.body.on, replies }]
    }),
  )
}

/** Null for what draws nothing, and for what an own annotation that was refused still changes here. */
export async function annotatedOnScreen(conversation: Conversation, item: TimelineItem, nameOf: (user: string) => string, wait: (done: () => boolean) => Promise<void>): Promise<Annotated | null> {
  if ((item.kind !== 'message' && item.kind !== 'erased') || !('seq' in item.mark) || item.waiting !== null || item.thread?.refused === true) return null
  const replies = item.thread === null ? [] : await repliesOf(conversation, item, wait)
  if (replies === null) return null
  if (item.kind === 'erased') return { texts: [], reactions: [], pinned: false, replies }
  return {
    texts: [...item.versions.map(({ text }) => text), item.body.text],
    reactions: item.reactions.flatMap(({ emoji, users }) => users.map((user) => `${emoji} ${nameOf(user)}`)).toSorted(),
    pinned: item.pinned,
    replies,
  }
}

async function repliesOf(conversation: Conversation, { id }: TimelineItem, wait: (done: () => boolean) => Promise<void>): Promise<string[] | null> {
  const thread = conversation.openThread(id)
  await wait(() => thread.state.get().state !== 'loading')
  const state = thread.state.get()
  thread.close()
  if (state.state !== 'ready') return [`the thread is ${state.state}`]
  if (state.replies.some(({ waiting }) => waiting !== null)) return null
  return state.replies.map(({ kind, body }) => (kind === 'erased' ? '' : body.text))
}
