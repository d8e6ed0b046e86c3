// Times in the language of the screens, from the browser's Intl. The moment "now" comes in as an argument.

export type TimeWords = {
  /** 14:32 */
  clock(at: number): string
  /** Between days of a timeline: Today, Yesterday, Monday, 12 March 2024. */
  day(at: number, now: number): string
  /** At the edge of a list: 14:32, Yesterday, Mon, 12 Mar. */
  short(at: number, now: number): string
  /** In a sentence, past or to come: 14:32; yesterday, 14:32; Mon, 14:32; 12 Mar, 14:32. */
  moment(at: number, now: number): string
  /** The same standing alone: Yesterday, 14:32. */
  stamp(at: number, now: number): string
  /** Everything, for a tooltip. */
  full(at: number): string
  /** "in 12 seconds", "in 3 minutes", "now". */
  soon(ms: number): string
}

export function createTimeWords(locale: string | undefined, timeZone?: string): TimeWords {
  const zone = timeZone === undefined ? {} : { timeZone }
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...zone, ...options })
  const clock = format({ timeStyle: 'short' })
  const weekday = format({ weekday: 'long' })
  // A lone 月 is a moon and a month before it is a Monday.
  const shortWeekday = format({ weekday: locale?.startsWith('ja') === true ? 'long' : 'short' })
  const date = format({ day: 'numeric', month: 'long' })
  const dateYear = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const shortDate = format({ day: 'numeric', month: 'short' })
  const shortDateYear = format({ day: '2-digit', month: '2-digit', year: '2-digit' })
  const full = format({ dateStyle: 'full', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const number = createDayNumber(timeZone)
  const between = betweenDayAndClock(format({ day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }))
  const relativeDay = (ago: number) => capital(relative.format(-ago, 'day'), locale)
  const dated = (at: number, now: number) => (sameYear(at, now) ? shortDate.format(at) : shortDateYear.format(at))

  function day(at: number, now: number): string {
    const ago = number(now) - number(at)
    if (ago === 0 || ago === 1) return relativeDay(ago)
    if (ago > 1 && ago < 7) return capital(weekday.format(at), locale)
    return sameYear(at, now) ? date.format(at) : dateYear.format(at)
  }

  function short(at: number, now: number): string {
    const ago = number(now) - number(at)
    if (ago <= 0) return clock.format(at)
    if (ago === 1) return relativeDay(1)
    if (ago < 7) return shortWeekday.format(at)
    return dated(at, now)
  }

  function moment(at: number, now: number): string {
    const ago = number(now) - number(at)
    if (ago === 0) return clock.format(at)
    const when = Math.abs(ago) === 1 ? relative.format(-ago, 'day') : Math.abs(ago) < 7 ? shortWeekday.format(at) : dated(at, now)
    return `${when}${between}${clock.format(at)}`
  }

  return {
    clock: (at) => clock.format(at),
    day,
    short,
    moment,
    stamp: (at, now) => capital(moment(at, now), locale),
    full: (at) => full.format(at),
    soon(ms) {
      const seconds = Math.ceil(ms / 1_000)
      if (seconds <= 1) return relative.format(0, 'second')
      return seconds < SOON_SECONDS ? relative.format(seconds, 'second') : relative.format(Math.round(seconds / 60), 'minute')
    },
  }
}

/** Days since the epoch on the reader's calendar: two moments share a day when their numbers are equal. */
export function createDayNumber(timeZone?: string): (at: number) => number {
  // The Swedish calendar writes ISO dates, so the parts need no reordering. Formatting is slow, days are few: a
  // timeline asks for the same hours again and again.
  const iso = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...(timeZone === undefined ? {} : { timeZone }) })
  const known = new Map<number, number>()
  return (at) => {
    // Every zone's offset is a multiple of a quarter of an hour.
    const quarter = Math.floor(at / QUARTER_MS)
    let day = known.get(quarter)
    if (day === undefined) {
      day = Math.round(Date.parse(`${iso.format(at)}T00:00:00Z`) / DAY_MS)
      if (known.size > KNOWN_QUARTERS_MAX) known.clear()
      known.set(quarter, day)
    }
    return day
  }
}

/** What the language writes between the two: a comma, the Arabic comma, a space. */
function betweenDayAndClock(both: Intl.DateTimeFormat): string {
  const parts = both.formatToParts(0)
  const clock = parts.findIndex(({ type }) => type === 'hour' || type === 'dayPeriod')
  // Japanese and Korean end the date with their word for day.
  return parts[clock - 1]?.value.replace(/^\p{L}+/u, '') ?? ' '
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear()
}

function capital(text: string, locale: string | undefined): string {
  const [first = '', ...rest] = text
  return first.toLocaleUpperCase(locale) + rest.join('')
}

/** Above, seconds say less than minutes. */
const SOON_SECONDS = 90
const QUARTER_MS = 900_000
const DAY_MS = 86_400_000
const KNOWN_QUARTERS_MAX = 4_000
