import type { Engine } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { toasts } from '../parts/ToastStack.tsx'

/** All pages of the list; without a connection those that are on this device. */
export async function markEverythingRead(engine: Engine): Promise<void> {
  const { t } = currentLanguage()
  let { rows, complete } = engine.inbox.get()
  while (!complete) {
    const before = rows.length
    await engine.loadMoreInbox()
    ;({ rows, complete } = engine.inbox.get())
    if (rows.length === before) break
  }
  const unread = rows.filter((row) => row.unread > 0 || row.threads.length > 0 || row.mentions > 0)
  await Promise.all(unread.map((row) => engine.markAllRead(row.conversation)))
  toasts.show(unread.length === 0 ? t('shortcuts.nothingUnread') : t('shortcuts.markedRead'))
}
