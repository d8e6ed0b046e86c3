// What calls the person on this device, and when nothing does. Kept on the device: a phone may ring where a desktop stays silent.

import { deviceChoice } from '../settings/deviceChoice.ts'

export const shownChoice = deviceChoice('parley.notifications', ['off', 'on'])
/** May others who see the screen read what was written? */
export const previewChoice = deviceChoice('parley.notification-text', ['shown', 'hidden'])
export const soundChoice = deviceChoice('parley.sounds', ['off', 'on'])

/** Times of day as `22:00`; from later than to is a night. */
export type QuietHours = { from: string; to: string }

export const quietHours = {
  read(storage: Pick<Storage, 'getItem'>): QuietHours | null {
    const [, from, to] = FORM.exec(storage.getItem(QUIET_KEY) ?? '') ?? []
    return from === undefined || to === undefined ? null : { from, to }
  },
  keep(storage: Pick<Storage, 'setItem' | 'removeItem'>, hours: QuietHours | null): void {
    if (hours === null) storage.removeItem(QUIET_KEY)
    else storage.setItem(QUIET_KEY, `${hours.from}-${hours.to}`)
  },
}

/** From the first minute up to the last, without it. The same time twice is no hour at all. */
export function isQuiet(hours: QuietHours | null, now: Date): boolean {
  if (hours === null) return false
  const time = `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`
  const { from, to } = hours
  return from <= to ? from <= time && time < to : from <= time || time < to
}

const QUIET_KEY = 'parley.quiet-hours'
const FORM = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/
