// What a notification says.

import { withoutMarks } from '../markdown/withoutMarks.ts'
import type { Arrival } from './arrivals.ts'
import { words } from './words.ts'

export type Notice = { title: string; body: string }

/** `author`: null when its name is not known yet. A direct conversation is called like who writes, so its text needs no name. */
export function noticeOf({ row, last }: Arrival, author: string | null, withText: boolean): Notice {
  const name = author ?? words.someone
  const said = withoutMarks(last.preview)
  if (row.kind === 'direct') return { title: row.title, body: withText ? said : words.hidden }
  return { title: row.title, body: withText ? words.said(name, said) : words.hiddenFrom(name) }
}

/** After a time away: one call for all of it. */
export function noticeOfSeveral(count: number): Notice {
  return { title: words.several, body: words.severalHint(count) }
}
