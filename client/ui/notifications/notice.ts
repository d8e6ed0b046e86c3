// What a notification says.

import { withoutMarks } from '../markdown/withoutMarks.ts'
import type { Arrival } from './arrivals.ts'
import type { InboxItem } from '../../sync/engine.ts'
import type { T } from '../language/language.ts'

export type Notice = { title: string; body: string }

/** `author`: null when its name is not known yet. A direct conversation is called like who writes, so its text needs no name. */
export function noticeOf({ row, last }: Arrival, author: string | null, withText: boolean, t: T): Notice {
  const said = withoutMarks(last.preview)
  const name = author ?? t('notifications.someone')
  if (row.kind === 'direct') return { title: row.title, body: withText ? said : t('notifications.hidden') }
  return { title: row.title, body: withText ? t('notifications.said', { author: name, text: said }) : t('notifications.hiddenFrom', { author: name }) }
}

/** Which reply it is, the list of conversations does not say. */
export function noticeOfThread({ title }: InboxItem, t: T): Notice {
  return { title, body: t('threads.notice') }
}

/** After a time away: one call for all of it. */
export function noticeOfSeveral(count: number, t: T): Notice {
  return { title: 'Parley', body: t('notifications.several', { count }) }
}
