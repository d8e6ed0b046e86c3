import { describe, expect, it } from 'vitest'
import { createDayNumber, createTimeWords } from './words.ts'

const words = createTimeWords('en-GB', 'Europe/Paris')
const at = (iso: string) => Date.parse(iso)
const now = at('2026-03-12T15:00:00+01:00')

describe('times in words', () => {
  it('names the day of a timeline', () => {
    expect(words.day(at('2026-03-12T00:05:00+01:00'), now)).toBe('Today')
    expect(words.day(at('2026-03-11T23:55:00+01:00'), now)).toBe('Yesterday')
    expect(words.day(at('2026-03-09T12:00:00+01:00'), now)).toBe('Monday')
    expect(words.day(at('2026-01-02T12:00:00+01:00'), now)).toBe('2 January')
    expect(words.day(at('2019-01-02T12:00:00+01:00'), now)).toBe('2 January 2019')
  })

  it('is short at the edge of a list', () => {
    expect(words.short(at('2026-03-12T09:07:00+01:00'), now)).toBe('09:07')
    expect(words.short(at('2026-03-11T23:55:00+01:00'), now)).toBe('Yesterday')
    expect(words.short(at('2026-03-09T12:00:00+01:00'), now)).toBe('Mon')
    expect(words.short(at('2026-01-02T12:00:00+01:00'), now)).toBe('2 Jan')
    expect(words.short(at('2019-01-02T12:00:00+01:00'), now)).toBe('02/01/19')
  })

  it('shows a clock for what lies in the future, as a wrong clock makes it', () => {
    expect(words.short(now + 86_400_000 * 3, now)).toMatch(/\d:\d\d/)
  })

  it("speaks the reader's language", () => {
    expect(createTimeWords('fr', 'Europe/Paris').day(now - 86_400_000, now)).toBe('Hier')
    expect(createTimeWords('ar', 'Europe/Paris').day(now, now)).toBe('اليوم')
    const yesterday = at('2026-03-11T21:05:00+01:00')
    expect(words.moment(yesterday, now)).toBe('yesterday, 21:05')
    expect(words.stamp(yesterday, now)).toBe('Yesterday, 21:05')
    expect(createTimeWords('ar-EG', 'Europe/Paris').moment(yesterday, now)).toMatch(/^أمس، ٩:٠٥/)
    expect(createTimeWords('ja', 'Europe/Paris').moment(yesterday, now)).toBe('昨日 21:05')
  })

  it('says of what is to come on which day it is', () => {
    const tomorrow = at('2026-03-13T08:00:00+01:00')
    expect(words.moment(at('2026-03-12T16:00:00+01:00'), now)).toBe('16:00')
    expect(words.moment(tomorrow, now)).toBe('tomorrow, 08:00')
    expect(createTimeWords('de', 'Europe/Paris').moment(tomorrow, now)).toBe('morgen, 08:00')
    expect(words.moment(at('2026-03-16T08:00:00+01:00'), now)).toBe('Mon, 08:00')
    expect(createTimeWords('ja', 'Europe/Paris').moment(at('2026-03-16T08:00:00+01:00'), now)).toBe('月曜日 8:00')
    expect(words.moment(at('2026-03-19T08:00:00+01:00'), now)).toBe('19 Mar, 08:00')
  })

  it('counts down to what comes soon', () => {
    expect(words.soon(11_900)).toBe('in 12 seconds')
    expect(words.soon(300_000)).toBe('in 5 minutes')
    expect(words.soon(-4)).toBe('now')
    expect(createTimeWords('de').soon(1_500)).toBe('in 2 Sekunden')
  })
})

describe('the number of a day', () => {
  it('changes at midnight where the reader is, also over a clock change', () => {
    const day = createDayNumber('Europe/Paris')
    const before = day(at('2026-03-28T23:59:59+01:00'))
    expect(day(at('2026-03-29T00:00:00+01:00'))).toBe(before + 1)
    expect(day(at('2026-03-29T23:59:59+02:00'))).toBe(before + 1)
    expect(day(at('2026-03-30T00:00:00+02:00'))).toBe(before + 2)
  })

  it('follows zones that are off by a quarter of an hour', () => {
    const day = createDayNumber('Asia/Kathmandu')
    expect(day(at('2026-03-12T00:00:00+05:45')) - day(at('2026-03-11T23:59:00+05:45'))).toBe(1)
  })
})
