// A thread of the preview: what is replied stands in it until the page is left.

import { v7 } from 'uuid'
import type { UserId } from '../../../shared/ids.ts'
import { EntryId, Seq } from '../../../shared/ids.ts'
import { createCell } from '../../sync/readable.ts'
import type { Thread, ThreadState, TimelineItem } from '../../sync/engine.ts'
import { SELF } from './people.ts'

export function previewThread(id: EntryId, root: TimelineItem | undefined, changed: (thread: TimelineItem['thread']) => void): Thread {
  const replies: TimelineItem[] = []
  const draft = createCell('')
  const state = createCell<ThreadState>({ state: 'missing' })
  let following = root?.own === true
  let until: number | null = null
  let silenced = false
  let counted: TimelineItem['thread'] = root?.thread ?? null
  const show = () => {
    if (root !== undefined) state.set({ state: 'ready', root: { ...root, thread: counted }, replies: [...replies], following, muted: until !== null, silenced, unread: 0, firstUnread: null, last: Seq.parse(replies.length) })
  }
  show()
  return {
    root: id,
    state,
    draft,
    typing: createCell<readonly UserId[]>([]),
    setTyping: () => undefined,
    async reply(body) {
      const item: TimelineItem = { id: EntryId.parse(v7()), kind: 'message', author: SELF, at: Date.now(), body, own: true, mark: { state: 'stored', seq: Seq.parse(replies.length + 1) }, versions: [], reactions: [], pinned: false, saved: false, event: null, erasedBy: null, waiting: null, thread: null }
      replies.push(item)
      following = true
      counted = { count: replies.length, lastAt: item.at, authors: [SELF], refused: false }
      show()
      changed(counted)
      return item.id
    },
    markRead: async () => undefined,
    async follow(on) {
      following = on
      show()
      return { ok: true, value: undefined }
    },
    async setMuted(next) {
      until = next
      show()
    },
    async setSilenced(on) {
      silenced = on
      show()
    },
    async setDraft(text) {
      draft.set(text)
    },
    close: () => undefined,
  }
}
