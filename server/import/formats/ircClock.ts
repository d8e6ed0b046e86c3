// IRC logs write HH:MM and leave the day to the reader; the order of lines is the only order there is. This clock turns
// lines into moments that never go back: past midnight the day moves on, and a small step back (two servers disagree,
// or summer time ended) stays where it was.

import type { CalendarDate, Clock } from './wallTime.ts'
import { nextDay, wallTime } from './wallTime.ts'

export function startClock(day: CalendarDate, zone: string) {
  let today = day
  let last: number | null = null
  let at = wallTime(day, MIDNIGHT, zone) ?? 0
  return {
    /** The moment of a line; one without a time of its own has that of the line before. */
    tick(clock?: Clock, date?: CalendarDate): number {
      if (clock === undefined) return at
      const seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
      if (date !== undefined) today = date
      else if (last !== null && last - seconds > BACKWARDS_MAX_SECONDS) today = nextDay(today)
      last = seconds
      at = Math.max(at, wallTime(today, clock, zone) ?? at)
      return at
    },
    /** A line that says which day begins. */
    setDay(date: CalendarDate): void {
      today = date
      last = null
    },
  }
}

/** Further back than this is the next day. An hour is what the end of summer time takes. */
const BACKWARDS_MAX_SECONDS = 3600
const MIDNIGHT: Clock = { hour: 0, minute: 0, second: 0 }
