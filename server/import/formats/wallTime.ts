// The only importer of luxon: a time as a clock on a wall showed it, in a named zone, to milliseconds UTC.

import { DateTime, IANAZone } from 'luxon'
import { ImportRefused } from './importRefused.ts'

/** `null` when there is no such moment, such as 31 February, or it lies before 1970, when nobody chatted. */
export function wallTime(date: CalendarDate, clock: Clock, zone: string): number | null {
  return millisOf(DateTime.fromObject({ ...date, ...clock }, { zone }))
}

/** An ISO 8601 time; one without an offset is read in `zone`. */
export function isoTime(text: string, zone: string): number | null {
  return millisOf(DateTime.fromISO(text, { zone }))
}

function millisOf(moment: DateTime): number | null {
  return moment.isValid && moment.toMillis() >= 0 ? moment.toMillis() : null
}

/** "Thu Dec 23 2004", also with a time in between, as irssi writes when the day changes. */
export function englishDate(text: string): CalendarDate | null {
  for (const format of ['ccc LLL dd yyyy', 'ccc LLL dd HH:mm:ss yyyy']) {
    const moment = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en-US' })
    if (moment.isValid) return { year: moment.year, month: moment.month, day: moment.day }
  }
  return null
}

export function nextDay(date: CalendarDate): CalendarDate {
  const { year, month, day } = DateTime.fromObject(date, { zone: 'utc' }).plus({ days: 1 })
  return { year, month, day }
}

export function assertZone(zone: string): void {
  if (zone === 'utc' || IANAZone.isValidZone(zone)) return
  throw new ImportRefused('unknown-zone', `"${zone}" is no time zone; give one like "Europe/Berlin".`)
}

export type CalendarDate = { year: number; month: number; day: number }
export type Clock = { hour: number; minute: number; second: number }
