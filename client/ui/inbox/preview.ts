// The one line under a conversation's name.

import type { UserId } from '../../../shared/ids.ts'
import type { InboxItem } from '../../sync/engine.ts'
import { withoutMarks } from '../markdown/withoutMarks.ts'

export type Preview =
  | { type: 'empty' }
  | { type: 'draft'; text: string }
  | { type: 'pending'; text: string; at: number }
  /** `author`: null where the conversation says who it is: the other person of a direct one. */
  | { type: 'last'; text: string; at: number; author: 'self' | UserId | null }
  | { type: 'erased'; at: number }

/** A draft is what the person left undone, so it stands before what others said since; the open conversation shows its own. */
export function previewOf(item: Pick<InboxItem, 'draft' | 'pending' | 'last' | 'kind'>, self: UserId, isOpen: boolean): Preview {
  if (item.draft.trim() !== '' && !isOpen) return { type: 'draft', text: oneLine(item.draft) }
  if (item.pending !== null) return { type: 'pending', text: oneLine(item.pending.body.text), at: item.pending.at }
  if (item.last === undefined) return { type: 'empty' }
  const { author, preview, at, erased } = item.last
  if (erased === true) return { type: 'erased', at }
  const shown = author === self ? 'self' : item.kind === 'direct' ? null : author
  return { type: 'last', text: oneLine(preview), at, author: shown }
}

/** Rows whose title holds each word of the query, wherever it stands; marks and case do not matter. */
export function filterRows<Row extends { title: string }>(rows: readonly Row[], query: string): readonly Row[] {
  const words = fold(query).split(/\s+/u).filter((word) => word !== '')
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const title = fold(row.title)
    return words.every((word) => title.includes(word))
  })
}

/** Without marks and case, as people search. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function oneLine(text: string): string {
  return withoutMarks(text).replace(/\s+/gu, ' ').trim()
}
