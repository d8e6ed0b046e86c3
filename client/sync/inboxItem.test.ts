import { expect, test } from 'vitest'
import type { InboxRow } from '../../shared/conversation/inbox.ts'
import { ConversationId, Seq } from '../../shared/ids.ts'
import type { OwnState } from './inboxItem.ts'
import { inboxItem, MUTED_FOREVER } from './inboxItem.ts'

const row: InboxRow = {
  conversation: ConversationId.parse('01932d3e-0000-7000-8000-000000000001'),
  kind: 'group',
  name: 'Lunch',
  role: 'member',
  members: 2,
  head: Seq.parse(7),
  read: Seq.parse(7),
  quiet: 0,
  mentions: 0,
  threads: [],
  touched: 100,
}
const own: OwnState = { peer: null, outbox: [], unreadFrom: undefined, pinnedAt: undefined, mutedUntil: undefined, silenced: undefined, archivedAt: undefined, threadsLeft: new Set(), threadRead: () => Seq.parse(0), draft: '', now: 1_000 }

test.each<[string, Partial<OwnState>, boolean]>([
  ['what nobody archived is in the list', {}, false],
  ['what was archived at its head is not', { archivedAt: 7 }, true],
  ['a newer entry brings it back', { archivedAt: 6 }, false],
  ['but not while it is muted', { archivedAt: 6, mutedUntil: MUTED_FOREVER }, true],
  ['and a mute that ran out is none', { archivedAt: 6, mutedUntil: 999 }, false],
  ['a value that makes no sense is none', { archivedAt: 'yes' }, false],
])('[C7] %s', (_words, state, archived) => {
  expect(inboxItem(row, { ...own, ...state }).archived).toBe(archived)
})

test('[C7] what was archived before anything was written in it is archived', () => {
  expect(inboxItem({ ...row, head: Seq.parse(0) }, { ...own, archivedAt: 0 }).archived).toBe(true)
})
