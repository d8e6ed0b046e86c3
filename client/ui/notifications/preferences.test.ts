import { describe, expect, it } from 'vitest'
import { isQuiet, quietHours } from './preferences.ts'

const at = (hours: number, minutes = 0) => new Date(2026, 2, 12, hours, minutes)

describe('quiet hours', () => {
  it('may go over midnight, begin with their first minute and end before their last', () => {
    const night = { from: '22:00', to: '07:00' }
    expect([21, 22, 23, 0, 6, 7].map((hour) => isQuiet(night, at(hour)))).toEqual([false, true, true, true, true, false])
    expect(isQuiet(night, at(6, 59))).toBe(true)
  })

  it('may lie within a day, and are none when both ends are one', () => {
    expect([12, 13, 14].map((hour) => isQuiet({ from: '13:00', to: '14:00' }, at(hour)))).toEqual([false, true, false])
    expect(isQuiet({ from: '13:00', to: '13:00' }, at(13))).toBe(false)
    expect(isQuiet(null, at(3))).toBe(false)
  })

  it('are read as they were kept, and what is damaged is none', () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }
    quietHours.keep(storage, { from: '22:30', to: '06:15' })
    expect(quietHours.read(storage)).toEqual({ from: '22:30', to: '06:15' })
    for (const [key] of kept) kept.set(key, '29:00-06:15')
    expect(quietHours.read(storage)).toBeNull()
    quietHours.keep(storage, null)
    expect(kept.size).toBe(0)
  })
})
