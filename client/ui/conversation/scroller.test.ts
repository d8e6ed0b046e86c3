import { describe, expect, it } from 'vitest'
import type { Seq } from '../../../shared/ids.ts'
import { EntryId, Seq as SeqSchema, UserId } from '../../../shared/ids.ts'
import type { Timeline, TimelineItem } from '../../sync/engine.ts'
import { windowEnd } from './listWindow.ts'
import { TimelineScroller } from './scroller.ts'

const ROW_PX = 50
const VIEW_PX = 500
const author = UserId.parse('01932d3e-0000-7000-8000-00000000000a')
const id = EntryId.parse('01932d3e-0000-7000-8000-000000000001')

function item(seq: number): TimelineItem {
  return { id, kind: 'message', author, at: 0, body: { text: 'x' }, own: false, mark: { state: 'stored', seq: SeqSchema.parse(seq) }, versions: [], reactions: [], pinned: false, saved: false, event: null, erasedBy: null, waiting: null, thread: null }
}

/** A list of equal rows, and a timeline of which only what was loaded is there. */
function setup({ length = 1_000, firstUnread = null as number | null, reading = true } = {}) {
  const loaded = new Set<number>()
  const asked: [from: number, to: number][] = []
  const marked: Seq[] = []
  let size = length
  const timeline: Timeline = {
    get: () => ({ head: SeqSchema.parse(size), length: size, firstUnread: firstUnread === null ? null : SeqSchema.parse(firstUnread), version: 0 }),
    subscribe: () => () => undefined,
    at: (index) => (loaded.has(index) ? item(index + 1) : undefined),
    load: async (from, to) => {
      asked.push([from, to])
      for (let index = from; index < to; index += 1) loaded.add(index)
    },
    indexOf: async () => null,
    indexFrom: async () => null,
  }
  const scroller = new TimelineScroller({ timeline, markRead: (seq) => marked.push(seq), isReading: () => reading })
  const view = {
    scrollOffset: 0,
    viewportSize: VIEW_PX,
    get scrollSize() {
      const from = scroller.from.get()
      return (windowEnd(from, size) - from) * ROW_PX
    },
    findItemIndex: (offset: number) => Math.floor(offset / ROW_PX),
    getItemOffset: (index: number) => index * ROW_PX,
    scrollToIndex(index: number, { align, offset = 0 }: { align: string; offset?: number }) {
      const room = { start: 0, center: (ROW_PX - VIEW_PX) / 2, end: ROW_PX - VIEW_PX }[align] ?? 0
      view.scrollOffset = Math.max(0, Math.min(index * ROW_PX + room + offset, view.scrollSize - VIEW_PX))
    },
  }
  const scrollTo = (offset: number) => {
    scroller.grabbed()
    view.scrollOffset = offset
    scroller.moved()
  }
  const arrive = (count: number) => {
    for (let index = size; index < size + count; index += 1) loaded.add(index)
    size += count
    scroller.settle()
  }
  return { scroller, view, asked, marked, scrollTo, arrive, state: () => scroller.state.get() }
}

describe('a timeline', () => {
  it('opens at the latest entry, and at the first unread with what came before in view', () => {
    const read = setup()
    read.scroller.attach(read.view)
    expect(read.state()).toEqual({ first: 990, last: 999, atLatest: true })
    const unread = setup({ firstUnread: 501 })
    unread.scroller.attach(unread.view)
    expect(unread.state().first).toBeLessThan(500)
    expect(unread.state().last).toBeGreaterThan(500)
  })

  it('opens at the first unread also when its entries come later', () => {
    const { scroller, view, arrive, state } = setup({ length: 0, firstUnread: 20 })
    scroller.attach(view)
    arrive(200)
    expect(state().first).toBeLessThanOrEqual(19)
    expect(state().atLatest).toBe(false)
  })

  it('follows what arrives while at the latest, and stays put while its reader is elsewhere', () => {
    const { scroller, view, scrollTo, arrive, state } = setup()
    scroller.attach(view)
    arrive(3)
    expect(state()).toMatchObject({ last: 1_002, atLatest: true })
    scrollTo(10_000)
    arrive(3)
    expect(view.scrollOffset).toBe(10_000)
    scrollTo(view.scrollSize - VIEW_PX)
    arrive(1)
    expect(state()).toMatchObject({ last: 1_006, atLatest: true })
  })

  it('lets go with the first small step away from the latest, and holds on again once the reader rests there', () => {
    const { scroller, view, scrollTo, arrive, state } = setup()
    scroller.attach(view)
    const latest = view.scrollOffset
    scrollTo(latest - 10)
    scroller.settle()
    expect(view.scrollOffset).toBe(latest - 10)
    scroller.rested()
    arrive(1)
    expect(state()).toMatchObject({ last: 1_000, atLatest: true })
  })

  it('loads what is in view and around it, each block once, and nothing that a dragged scroll bar passes', async () => {
    const { scroller, view, asked, scrollTo } = setup()
    scroller.attach(view)
    expect(asked.flat().every((index) => index >= 896)).toBe(true)
    await Promise.resolve()
    const before = asked.length
    scroller.moved()
    scrollTo(0)
    expect(asked).toHaveLength(before)
    scroller.moved()
    expect(asked.slice(before)).toEqual([[0, 64]])
  })

  it('marks as read what was in view, never back, and only while somebody looks', async () => {
    const looking = setup()
    looking.scroller.attach(looking.view)
    await Promise.resolve()
    looking.scroller.moved()
    looking.scrollTo(0)
    expect(looking.marked).toEqual([1_000])
    const away = setup({ reading: false })
    away.scroller.attach(away.view)
    await Promise.resolve()
    away.scroller.moved()
    expect(away.marked).toEqual([])
  })

  it('of a million entries is a window that moves before its reader reaches an edge, and nothing jumps', () => {
    const { scroller, view, scrollTo, arrive, state } = setup({ length: 1_000_000 })
    // The list is made anew around the place, and attached: at its top until it is told where.
    let from = scroller.from.get()
    scroller.from.subscribe(() => {
      if (from !== scroller.from.get()) view.scrollOffset = 0
      from = scroller.from.get()
    })
    const attach = () => scroller.attach(view)
    attach()
    attach()
    expect(state()).toMatchObject({ last: 999_999, atLatest: true })
    expect(view.scrollSize).toBeLessThan(10_000_000)
    arrive(2)
    expect(state()).toMatchObject({ last: 1_000_001, atLatest: true })

    let top = scroller.from.get() + 400
    scrollTo(400 * ROW_PX + 20)
    expect(state()).toMatchObject({ first: top, atLatest: false })
    const before = scroller.from.get()
    top -= 150
    scrollTo(250 * ROW_PX + 20)
    expect(scroller.from.get()).toBeLessThan(before)
    attach()
    expect(state().first).toBe(top)
    expect(view.scrollOffset % ROW_PX).toBe(20)
    // Free again: what is loaded does not pull the reader back.
    scrollTo(view.scrollOffset - 1_000)
    scroller.settle()
    expect(state().first).toBe(top - 20)

    scroller.jumpTo(0)
    attach()
    expect(state()).toMatchObject({ first: 0, atLatest: false })
    scrollTo(view.scrollSize - VIEW_PX)
    expect(state().atLatest).toBe(false)
    attach()
    expect(state()).toMatchObject({ last: 149_999, atLatest: false })
    scroller.jumpToLatest()
    attach()
    expect(state()).toMatchObject({ last: 1_000_001, atLatest: true })
  })
})
