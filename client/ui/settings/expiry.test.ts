import { describe, expect, it } from 'vitest'
import { endOf } from './expiry.ts'

const evening = new Date(2026, 2, 12, 21, 40, 12).getTime()
const at = (day: number, hour: number) => new Date(2026, 2, day, hour).getTime()

describe('what has an end', () => {
  it('lasts for a while from now', () => {
    expect(endOf('half-hour', evening)).toBe(evening + 1_800_000)
    expect(endOf('hour', evening)).toBe(evening + 3_600_000)
    expect(endOf('four-hours', evening)).toBe(evening + 14_400_000)
  })

  it('lasts until the day ends, until the next morning, or for seven days, by the reader’s calendar', () => {
    expect(endOf('today', evening)).toBe(at(13, 0))
    expect(endOf('tomorrow', evening)).toBe(at(13, 8))
    expect(endOf('week', evening)).toBe(at(19, 0))
  })

  it('or stays', () => {
    expect(endOf('never', evening)).toBeNull()
  })
})
