// Until when a status or do not disturb lasts: what is offered, as moments. Pure; the reader's calendar comes with `Date`.

export const STATUS_EXPIRIES = ['never', 'half-hour', 'hour', 'four-hours', 'today', 'week'] as const
export type StatusExpiry = (typeof STATUS_EXPIRIES)[number]

export const DND_EXPIRIES = ['half-hour', 'hour', 'tomorrow', 'never'] as const
export type DoNotDisturbExpiry = (typeof DND_EXPIRIES)[number]

/** Null: until it is taken away. */
export function endOf(expiry: StatusExpiry | DoNotDisturbExpiry, now: number): number | null {
  switch (expiry) {
    case 'never':
      return null
    case 'half-hour':
      return now + HOUR_MS / 2
    case 'hour':
      return now + HOUR_MS
    case 'four-hours':
      return now + 4 * HOUR_MS
    case 'today':
      return morning(now, 1, 0)
    case 'tomorrow':
      return morning(now, 1, MORNING_HOUR)
    case 'week':
      return morning(now, 7, 0)
    default:
      return expiry satisfies never
  }
}

/** By the calendar, as a day may have 23 hours. */
function morning(now: number, days: number, hour: number): number {
  const day = new Date(now)
  day.setDate(day.getDate() + days)
  return day.setHours(hour, 0, 0, 0)
}

const HOUR_MS = 3_600_000
/** When a day begins for somebody who wanted to be left alone until it does. */
const MORNING_HOUR = 8
