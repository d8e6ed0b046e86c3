import type { Engine } from '../../sync/engine.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { words } from './words.ts'

/** All pages of the list; without a connection those that are on this device. */
export async function markEverythingRead(engine: Engine): Promise<void> {
  let { rows, complete } = engine.inbox.get()
  while (!complete) {
    const before = rows.length
    await engine.loadMoreInbox()
    ;({ rows, complete } = engine.inbox.get())
    if (rows.length === before) break
  }
  const unread = rows.filter((row) => row.unread > 0)
  await Promise.all(unread.map((row) => engine.markAllRead(row.conversation)))
  toasts.show(unread.length === 0 ? words.nothingUnread : words.markedRead)
}
