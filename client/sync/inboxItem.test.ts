import { expect, test } from 'vitest'
import type { InboxRow } from '../../shared/conversation/inbox.ts'
import { ConversationId, Seq } from '../../shared/ids.ts'
import type { OwnState } from './inboxItem.ts'
import { inboxItem } from './inboxItem.ts'
import { keptMute, mutingOf } from './mutes.ts'

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
const own: OwnState = { peer: null, outbox: [], unreadFrom: undefined, unreadQuiet: undefined, pinnedAt: undefined, muting: { muted: false, silenced: false }, archivedAt: undefined, threadsLeft: new Set(), threadRead: () => Seq.parse(0), threadMuting: () => ({ muted: false, silenced: false }), draft: '' }

const NOW = 1_000

test.each<[string, Partial<OwnState>, boolean]>([
  ['what nobody archived is in the list', {}, false],
  ['what was archived at its head is not', { archivedAt: 7 }, true],
  ['a newer entry brings it back', { archivedAt: 6 }, false],
  ['but not while it is muted', { archivedAt: 6, muting: mutingOf(keptMute(Infinity), undefined, NOW) }, true],
  ['and a mute that ran out is none', { archivedAt: 6, muting: mutingOf(keptMute(NOW - 1), undefined, NOW) }, false],
  ['a value that makes no sense is none', { archivedAt: 'yes' }, false],
])('[C7] %s', (_words, state, archived) => {
  expect(inboxItem(row, { ...own, ...state }).archived).toBe(archived)
})

test('[T7] a thread is muted for itself: one that is silenced calls nobody', () => {
  const threads = [1, 2, 3].map((root) => ({ root: Seq.parse(root), last: Seq.parse(6), called: Seq.parse(5) }))
  expect(inboxItem({ ...row, threads }, { ...own, threadMuting: (root) => ({ muted: root > 1, silenced: root > 2 }) })).toMatchObject({
    mentions: 2,
    muted: false,
    threads: [threads[0], { ...threads[1], muted: true }, { ...threads[2], muted: true, silenced: true }],
  })
})

test('[C7] what was archived before anything was written in it is archived', () => {
  expect(inboxItem({ ...row, head: Seq.parse(0) }, { ...own, archivedAt: 0 }).archived).toBe(true)
})

test.each<[string, Partial<InboxRow>, Partial<OwnState>, number]>([
  ['what was read is not unread', {}, {}, 0],
  ['from a message on, what stands there', {}, { unreadFrom: 4 }, 4],
  ['less what counts for nothing', {}, { unreadFrom: 4, unreadQuiet: 2 }, 2],
  ['and what came since, less what counts for nothing of that', { head: Seq.parse(12), quiet: 2 }, { unreadFrom: 4, unreadQuiet: 2 }, 5],
  ['the message itself always', {}, { unreadFrom: 7, unreadQuiet: 9 }, 1],
  ['a mark that is behind it covers it', { head: Seq.parse(9), read: Seq.parse(3), quiet: 1 }, { unreadFrom: 5, unreadQuiet: 1 }, 5],
  ['a value that makes no sense is none', {}, { unreadFrom: 'there', unreadQuiet: -1 }, 0],
])('[R6] unread from here: %s', (_words, more, state, unread) => {
  expect(inboxItem({ ...row, ...more }, { ...own, ...state }).unread).toBe(unread)
})
