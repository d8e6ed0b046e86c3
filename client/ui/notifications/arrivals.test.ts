import { describe, expect, it } from 'vitest'
import { ConversationId, EntryId, Seq, UserId } from '../../../shared/ids.ts'
import type { InboxItem } from '../../sync/engine.ts'
import { arrivals, heardIn, newsElsewhere } from './arrivals.ts'

const alice = UserId.parse('01932d3e-0000-7000-8000-00000000000a')
const bob = UserId.parse('01932d3e-0000-7000-8000-00000000000b')
const lunch = ConversationId.parse('01932d3e-0000-7000-8000-000000000001')
const entry = (seq: number) => EntryId.parse(`01932d3e-0000-7000-8000-0000000000${10 + seq}`)

function row(seq: number, change: Partial<InboxItem> = {}): InboxItem {
  return {
    conversation: lunch,
    kind: 'group',
    name: 'Lunch',
    role: 'member',
    members: 2,
    head: Seq.parse(seq),
    read: Seq.parse(0),
    quiet: 0, mentions: 0, silenced: false, archived: false, threads: [],
    last: { id: entry(seq), author: bob, at: seq, preview: 'hello' },
    touched: 100 + seq,
    title: 'Lunch',
    unread: 1,
    pinned: false,
    muted: false,
    draft: '',
    pending: null,
    ...change,
  }
}
const inbox = (...rows: InboxItem[]) => ({ rows, complete: true })
const news = (before: InboxItem, after: InboxItem) => arrivals(inbox(before), inbox(after), alice).map(({ last }) => last.id)

describe('arrivals', () => {
  it('are new messages of others', () => {
    expect(news(row(1), row(2))).toEqual([entry(2)])
    expect(news(row(1), row(1, { pinned: true }))).toEqual([])
    expect(news(row(1), row(2, { last: { id: entry(2), author: alice, at: 2, preview: 'mine' } }))).toEqual([])
  })

  it('are no reactions, nothing muted and nothing that was read elsewhere', () => {
    expect(news(row(1), row(2, { last: { id: entry(1), author: bob, at: 1, preview: 'edited' } }))).toEqual([])
    expect(news(row(1), row(2, { muted: true }))).toEqual([])
    expect(news(row(1), row(2, { unread: 0 }))).toEqual([])
  })

  it('may begin a conversation, but a list that is only being read brings no news', () => {
    const other = row(1, { conversation: ConversationId.parse('01932d3e-0000-7000-8000-000000000002'), touched: 500 })
    expect(arrivals(inbox(row(1)), inbox(row(1), other), alice)).toHaveLength(1)
    expect(arrivals(inbox(), inbox(row(1)), alice)).toHaveLength(1)
    expect(arrivals({ rows: [], complete: false }, inbox(row(1), other), alice)).toEqual([])
    expect(arrivals(inbox(other), inbox(other, row(1)), alice)).toEqual([])
  })

  it('in a muted conversation are only those that mention the person, in a silenced one none', () => {
    const before = row(1, { muted: true, unread: 1 })
    const called = { muted: true, unread: 2, mentions: 1 }
    expect(news(before, row(2, { muted: true, unread: 2 }))).toEqual([])
    expect(news(before, row(2, called))).toHaveLength(1)
    expect(news(before, row(2, { ...called, silenced: true }))).toEqual([])
  })
})

const thread = (root: number, last: number, called?: number) => ({ root: Seq.parse(root), last: Seq.parse(last), ...(called === undefined ? {} : { called: Seq.parse(called) }) })
const places = (before: InboxItem, after: InboxItem) => newsElsewhere(inbox(before), inbox(after), heardIn(inbox(before))).news.map(({ thread: root, at }) => [root, at])

describe('news elsewhere', () => {
  it('are replies in followed threads and edits that call, each once', () => {
    expect(places(row(1), row(3, { threads: [thread(1, 3)] }))).toEqual([[1, 3]])
    // An activity notice may have told of the head before.
    expect(places(row(3), row(3, { threads: [thread(1, 3)] }))).toEqual([[1, 3]])
    expect(places(row(3, { threads: [thread(1, 3)] }), row(5, { threads: [thread(1, 3), thread(2, 5)] }))).toEqual([[2, 5]])
    expect(places(row(3), row(4, { called: Seq.parse(4), mentions: 1 }))).toEqual([[null, 4]])
  })

  it('are not told again when a thread comes back into a list that was cut off, or a row is read late', () => {
    const { heard } = newsElsewhere(inbox(row(1)), inbox(row(5, { threads: [thread(2, 5)] })), new Map())
    expect(newsElsewhere(inbox(row(5)), inbox(row(5, { threads: [thread(1, 3)] })), heard).news).toEqual([])
    expect(newsElsewhere(inbox(), inbox(row(5, { threads: [thread(2, 5)] })), new Map()).news).toEqual([])
  })

  it('are in a muted thread only what calls the person, in a silenced one nothing, and in both as the stricter says', () => {
    const muted = { ...thread(1, 5), muted: true } as const
    const called = { ...thread(1, 5, 4), muted: true } as const
    expect(places(row(1), row(5, { threads: [muted, thread(2, 4)] }))).toEqual([[2, 4]])
    expect(places(row(1), row(5, { threads: [called] }))).toEqual([[1, 5]])
    expect(places(row(1), row(5, { threads: [{ ...called, silenced: true }] }))).toEqual([])
    expect(places(row(1), row(5, { threads: [called], muted: true, silenced: true }))).toEqual([])
  })

  it('are in a muted conversation only what calls the person, in a silenced one nothing', () => {
    const muted = (more: Partial<InboxItem>) => row(5, { muted: true, ...more })
    expect(places(row(1), muted({ threads: [thread(1, 5)] }))).toEqual([])
    expect(places(row(1), muted({ threads: [thread(1, 5, 4)] }))).toEqual([[1, 5]])
    expect(places(row(1), muted({ threads: [thread(1, 5, 4)], silenced: true }))).toEqual([])
    // Called before, and told of it: what is said since is no call.
    expect(places(row(4, { muted: true, threads: [thread(1, 4, 4)] }), muted({ threads: [thread(1, 5, 4)] }))).toEqual([])
  })
})
