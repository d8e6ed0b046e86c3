// How an entry stands among its neighbours: under a new day, under its author's name, after the unread line, or late.
//
// The log is in the order of arrival. What was written offline arrives late, so `at` may step back; days are cut by the
// latest `at` seen so far, and an entry that lies behind it says when it was written.

import type { TimelineItem } from '../../sync/engine.ts'

export type Look = {
  /** A moment of the day that begins here, else null. */
  day: number | null
  unreadLine: boolean
  /** Shows the author's name and face. */
  startsGroup: boolean
  endsGroup: boolean
  /** Written well before what stands above it. */
  late: boolean
}

type Item = Pick<TimelineItem, 'kind' | 'author' | 'at' | 'body'>
type Context = {
  at(index: number): Item | undefined
  length: number
  /** Index of the entry the unread line stands before. */
  unreadFrom: number | null
  dayNumber(at: number): number
}

/** Null for what is not there, and for what draws nothing. */
export function lookOf(at: number, timeline: Context): Look | null {
  const kind = timeline.at(at)?.kind
  if (kind === undefined || kind === 'annotation') return null
  const { context, index } = onlyDrawn(at, timeline)
  const item = context.at(index)
  if (item === undefined) return null
  const { day, unreadLine, joins } = joint(index, item, context)
  const next = context.at(index + 1)
  return {
    day: day ? reach(index, item, context) : null,
    unreadLine,
    startsGroup: !joins,
    endsGroup: next === undefined || !joint(index + 1, next, context).joins,
    late: item.at < reach(index, item, context) - LATE_MS,
  }
}

/** The timeline around an entry without what draws nothing. The entry itself keeps its index. */
function onlyDrawn(index: number, timeline: Context): { context: Context; index: number } {
  const skip = (from: number, step: 1 | -1): number => {
    let to = from
    while (to !== index && Math.abs(to - index) <= SKIP_MAX && timeline.at(to)?.kind === 'annotation') to += step
    return to
  }
  const places = new Map([[index, index]])
  for (let back = 1; back <= LOOK_BACK; back += 1) places.set(index - back, skip((places.get(index - back + 1) ?? index) - 1, -1))
  places.set(index + 1, skip(index + 1, 1))
  const place = (other: number) => places.get(other) ?? other
  // The unread line stands before the first message that is drawn from there on.
  const from = timeline.unreadFrom ?? Infinity
  const unreadFrom = [index, index + 1].find((other) => from > place(other - 1) && from <= place(other)) ?? null
  return { index, context: { ...timeline, at: (other) => timeline.at(place(other)), unreadFrom } }
}

/** How an entry meets the one above it. */
function joint(index: number, item: Item, context: Context): { day: boolean; unreadLine: boolean; joins: boolean } {
  const previous = context.at(index - 1)
  const unreadLine = index === context.unreadFrom
  // Above a hole nothing is known; a group starts so that the author is named.
  if (previous === undefined || previous.kind === 'annotation') return { day: index === 0, unreadLine, joins: false }
  const here = reach(index, item, context)
  const above = reach(index - 1, previous, context)
  const day = context.dayNumber(here) !== context.dayNumber(above)
  const joins =
    !day &&
    !unreadLine &&
    previous.author === item.author &&
    isSpoken(previous) &&
    isSpoken(item) &&
    here - above < GROUP_MS
  return { day, unreadLine, joins }
}

function isSpoken(item: Item): boolean {
  return item.kind !== 'event' && item.body.style === undefined
}

/** The latest `at` of this entry and the few before it. */
function reach(index: number, item: Item, context: Context): number {
  let latest = item.at
  for (let back = 1; back <= LOOK_BACK; back += 1) {
    const before = context.at(index - back)
    if (before === undefined) break
    if (before.at > latest) latest = before.at
  }
  return latest
}

/** A pause longer than this starts a new group. */
const GROUP_MS = 5 * 60_000
/** Nobody wonders about an order that is off by less. */
const LATE_MS = 5 * 60_000
/** A longer run of annotations counts as a hole. */
const SKIP_MAX = 256
/** A run of late entries longer than this shows its own days: rare, and still true. */
const LOOK_BACK = 24
