// What the window's title and the app's badge say: how many conversations hold something unread.

import type { InboxItem } from '../../sync/engine.ts'

/** New replies in a followed thread count as messages do, unless it is muted. A muted or archived conversation asks for no attention, unless one is mentioned in it. */
export function unreadConversations(rows: readonly Pick<InboxItem, 'unread' | 'muted' | 'archived' | 'mentions' | 'silenced' | 'threads'>[]): number {
  return rows.filter((row) => ((row.unread > 0 || row.threads.some(({ muted }) => muted !== true)) && !row.muted && !row.archived) || (row.mentions > 0 && !row.silenced)).length
}

export function windowTitle(unread: number, conversation: string | null, number: (value: number) => string): string {
  const name = conversation === null || conversation === '' ? APP : `${conversation} · ${APP}`
  return unread === 0 ? name : `(${number(unread)}) ${name}`
}

/** The list counts up to a hundred (UNREAD_MAX); beyond nobody needs the number. */
export function unreadLabel(unread: number, number: (value: number) => string): string {
  return unread > 99 ? `${number(99)}+` : number(unread)
}

const APP = 'Parley'
