// Keeps a timeline where its reader wants it: at the latest entry, at an entry that was jumped to, or wherever they
// scrolled. Loads what comes into view and tells how far they have read. No React and no DOM: the list is a Viewport.

import type { Readable, Timeline } from '../../sync/engine.ts'
import type { Seq } from '../../../shared/ids.ts'
import { isInWindow, nearsEdge, windowAround } from './listWindow.ts'

/** Its indices begin where the window does. */
export type Viewport = {
  readonly scrollOffset: number
  readonly scrollSize: number
  readonly viewportSize: number
  findItemIndex(offset: number): number
  getItemOffset(index: number): number
  scrollToIndex(index: number, options: { align: 'start' | 'center' | 'end' | 'nearest'; offset?: number; smooth?: boolean }): void
}

export type ScrollerState = { first: number; last: number; atLatest: boolean }

/**
 * `opening`: nothing to see yet. The others: what to hold on to while entries load, arrive and change their height; `place`:
 * until the list that was made anew is there. `free`: the reader scrolls.
 */
type Hold =
  | { on: 'opening' }
  | { on: 'latest' }
  | { on: 'entry'; index: number; align: 'start' | 'center' }
  | { on: 'place'; index: number; offset: number }
  | { on: 'free' }

export class TimelineScroller {
  readonly state: Readable<ScrollerState>
  /** Where the window begins: the list is made anew when it moves. */
  readonly from: Readable<number>
  readonly #timeline: Timeline
  readonly #markRead: (seq: Seq) => void
  readonly #isReading: () => boolean
  readonly #listeners = new Set<() => void>()
  readonly #loading = new Set<string>()
  #viewport: Viewport | null = null
  #hold: Hold = { on: 'opening' }
  #now: ScrollerState = { first: 0, last: -1, atLatest: true }
  #from = 0
  #offset = 0
  #read = 0

  constructor(deps: { timeline: Timeline; markRead: (seq: Seq) => void; isReading: () => boolean }) {
    this.#timeline = deps.timeline
    this.#markRead = deps.markRead
    this.#isReading = deps.isReading
    const subscribe = (listener: () => void) => {
      this.#listeners.add(listener)
      return () => this.#listeners.delete(listener)
    }
    this.state = { get: () => this.#now, subscribe }
    this.from = { get: () => this.#from, subscribe }
  }

  attach(viewport: Viewport | null): void {
    this.#viewport = viewport
    if (viewport !== null) this.settle()
  }

  /** Entries or heights changed: hold on. */
  readonly settle = (): void => {
    const viewport = this.#viewport
    const { length, firstUnread } = this.#timeline.get()
    if (viewport === null || length === 0) return
    // Where to open is known once there is something to see.
    if (this.#hold.on === 'opening') this.#hold = firstUnread === null ? { on: 'latest' } : { on: 'entry', index: firstUnread - 1, align: 'start' }
    const hold = this.#hold
    const index = hold.on === 'latest' || hold.on === 'free' ? length - 1 : Math.min(hold.index, length - 1)
    if (hold.on !== 'free' && this.#moveWindow(index)) return
    const at = index - this.#from
    if (hold.on === 'latest') viewport.scrollToIndex(at, { align: 'end', offset: END_PADDING_PX })
    else if (hold.on === 'entry') viewport.scrollToIndex(at, { align: hold.align, offset: hold.align === 'start' ? -CONTEXT_ABOVE_PX : 0 })
    else if (hold.on === 'place') viewport.scrollToIndex(at, { align: 'start', offset: hold.offset })
    this.moved()
  }

  /** A wheel, a finger, a key: from here on the reader decides. */
  readonly grabbed = (): void => {
    // A list that was just made anew is at its top for a moment: not where the reader was.
    if (this.#hold.on !== 'place') this.#hold = { on: 'free' }
  }

  /** The offset changed, by whomever. */
  readonly moved = (): void => {
    const viewport = this.#viewport
    const { length } = this.#timeline.get()
    if (viewport === null || length === 0) return
    const from = this.#from
    const first = clamp(from + viewport.findItemIndex(viewport.scrollOffset), length)
    const seen = clamp(from + viewport.findItemIndex(viewport.scrollOffset + viewport.viewportSize - 1), length)
    const atLatest = isInWindow(length - 1, from, length) && viewport.scrollOffset + viewport.viewportSize >= viewport.scrollSize - AT_LATEST_PX
    if (this.#hold.on === 'place' && Math.abs(first - this.#hold.index) <= PLACE_REACHED_ENTRIES) this.#hold = { on: 'free' }
    // Not while the reader is just leaving: a wheel and a key move a little at first.
    if (atLatest && this.#hold.on === 'free' && viewport.scrollOffset > this.#offset) this.#hold = { on: 'latest' }
    this.#offset = viewport.scrollOffset
    // A dragged scroll bar flies over thousands: what it passes is not loaded, where it rests is.
    const flies = Math.abs(first - this.#now.first) > FLIES_ENTRIES && this.#now.last >= 0
    // What draws nothing may end the timeline: it is seen with what stands above it.
    const last = atLatest ? length - 1 : seen
    if (first !== this.#now.first || last !== this.#now.last || atLatest !== this.#now.atLatest) {
      this.#now = { first, last, atLatest }
      this.#tell()
    }
    if (!flies) this.#load()
    this.read()
    if (this.#hold.on !== 'free' || !nearsEdge(this.#now, from, length)) return
    this.#hold = { on: 'place', index: first, offset: viewport.scrollOffset - viewport.getItemOffset(first - from) }
    this.#moveWindow(first, true)
  }

  /** The reader let go. */
  readonly rested = (): void => {
    this.moved()
    if (this.#now.atLatest && this.#hold.on === 'free') this.#hold = { on: 'latest' }
  }

  readonly jumpToLatest = (): void => {
    const viewport = this.#viewport
    const { length } = this.#timeline.get()
    this.#hold = { on: 'latest' }
    if (viewport === null || length === 0 || this.#moveWindow(length - 1)) return
    // A glide over thousands of entries would load them all.
    const smooth = length - this.#now.last < SMOOTH_MAX_ENTRIES
    viewport.scrollToIndex(length - 1 - this.#from, { align: 'end', offset: END_PADDING_PX, smooth })
  }

  jumpTo(index: number): void {
    this.#hold = { on: 'entry', index, align: 'center' }
    this.settle()
  }

  /** Scrolls no more than it takes to see the entry. */
  reveal(index: number): void {
    this.#viewport?.scrollToIndex(index - this.#from, { align: 'nearest' })
  }

  /** Raises the read mark to the last entry in view; also called when the window comes to the front. */
  readonly read = (): void => {
    const { head } = this.#timeline.get()
    const seen = Math.min(this.#now.last + 1, head)
    if (seen <= this.#read || !this.#isReading() || this.#timeline.at(seen - 1) === undefined) return
    this.#read = seen
    this.#markRead(seen as Seq) // An index of the log plus one is a seq.
  }

  /** Puts the window around an entry that it does not hold. True: the list is made anew, and will be attached. */
  #moveWindow(index: number, always = false): boolean {
    const { length } = this.#timeline.get()
    if (!always && isInWindow(index, this.#from, length)) return false
    this.#from = windowAround(index, length)
    this.#viewport = null
    this.#tell()
    return true
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #load(): void {
    const { length } = this.#timeline.get()
    const from = Math.max(0, this.#now.first - LOAD_AHEAD)
    const to = Math.min(length, this.#now.last + 1 + LOAD_AHEAD)
    for (let block = Math.floor(from / BLOCK); block * BLOCK < to; block += 1) {
      const start = block * BLOCK
      const end = Math.min(start + BLOCK, length)
      const key = `${start}-${end}`
      if (this.#loading.has(key) || this.#isWhole(start, end)) continue
      this.#loading.add(key)
      // `load` never rejects; a hole that stays is asked for again when the reader moves or the list changes.
      void this.#timeline.load(start, end).then(() => this.#loading.delete(key))
    }
  }

  #isWhole(from: number, to: number): boolean {
    for (let index = from; index < to; index += 1) if (this.#timeline.at(index) === undefined) return false
    return true
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1))
}

/** A list of estimated heights comes to rest this close. */
const PLACE_REACHED_ENTRIES = 5
/** Below the last entry, so that it does not stick to the composer. */
const END_PADDING_PX = 12
/** Room above the unread line, so that the reader sees what came before. */
const CONTEXT_ABOVE_PX = 72
/** This close to the end counts as being there. */
const AT_LATEST_PX = 48
const SMOOTH_MAX_ENTRIES = 60
/** Entries loaded beyond what is in view, each way: about three screens. */
const LOAD_AHEAD = 48
/** Between two scroll events; a fast wheel moves a dozen. */
const FLIES_ENTRIES = 40
/** Loads are cut at these lines, so that scrolling asks for each entry once. */
const BLOCK = 64
