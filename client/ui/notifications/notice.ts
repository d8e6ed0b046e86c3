// What a notification says.

import { withoutMarks } from '../markdown/withoutMarks.ts'
import type { Arrival } from './arrivals.ts'
import type { InboxItem } from '../../sync/engine.ts'
import type { ReadMessage } from '../../sync/readMessage.ts'
import type { T } from '../language/language.ts'

export type Notice = { title: string; body: string }

/** `author`: null when its name is not known yet. A direct conversation is called like who writes, so its text needs no name. */
export function noticeOf({ row, last }: Arrival, author: string | null, withText: boolean, t: T): Notice {
  const said = withoutMarks(last.preview)
  const name = author ?? t('notifications.someone')
  if (row.kind === 'direct') return { title: row.title, body: withText ? said : t('notifications.hidden') }
  return { title: row.title, body: withText ? t('notifications.said', { author: name, text: said }) : t('notifications.hiddenFrom', { author: name }) }
}

/** Of a reply, or of a message that calls the person since it was edited. */
export function noticeOfMessage({ row, read }: { row: InboxItem; read: ReadMessage }, author: string | null, withText: boolean, t: T): Notice {
  const last = { id: read.id, author: read.author, at: read.at, preview: read.text }
  const notice = noticeOf({ row, last }, author, withText, t)
  return read.thread === null ? notice : { ...notice, title: `${row.title} · ${t('threads.title')}` }
}

/** Of a reply that this device could not have now. */
export function noticeOfThread({ title }: InboxItem, t: T): Notice {
  return { title: `${title} · ${t('threads.title')}`, body: t('threads.notice') }
}

/** After a time away: one call for all of it. */
export function noticeOfSeveral(count: number, t: T): Notice {
  return { title: 'Parley', body: t('notifications.several', { count }) }
}
