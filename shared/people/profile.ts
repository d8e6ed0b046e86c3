// What somebody tells about themselves, and whom they let know when they are there.

import { z } from 'zod'
import { Emoji } from '../conversation/entry.ts'
import { StatusText, StoredStatusText } from '../displayName.ts'
import { Millis } from '../ids.ts'

/** Without `until` it stays until it is taken away. */
export const Status = z.strictObject({ text: StoredStatusText, emoji: Emoji.optional(), until: Millis.optional() })
export type Status = z.infer<typeof Status>
export const NewStatus = Status.extend({ text: StatusText })

export const DoNotDisturb = z.strictObject({ until: Millis.optional() })
export type DoNotDisturb = z.infer<typeof DoNotDisturb>

/** Contacts are those with whom somebody has a direct conversation. */
export const PresenceAudience = z.enum(['everyone', 'contacts', 'nobody'])
export type PresenceAudience = z.infer<typeof PresenceAudience>

export const Privacy = z.strictObject({
  /** Who is told when this person is online and was last seen. Whoever does not tell somebody is not told by them either. */
  presence: PresenceAudience,
  /** Nobody is told what this person received and read, and this person is not told it of others. */
  privateReceipts: z.boolean(),
})
export type Privacy = z.infer<typeof Privacy>

/** What a person's profile says at this moment: what has ended is not there, whoever still holds it. */
export function currentProfile({ status, dnd }: { status?: Status | undefined; dnd?: DoNotDisturb | undefined }, now: number): { status: Status | null; dnd: boolean } {
  return {
    status: status !== undefined && lasts(status, now) ? status : null,
    dnd: dnd !== undefined && lasts(dnd, now),
  }
}

function lasts({ until }: { until?: number | undefined }, now: number): boolean {
  return until === undefined || now < until
}

export type Availability = 'online' | 'away' | 'do-not-disturb' | 'offline'

/** The one word, or dot, for how reachable somebody is. Do not disturb counts while they are there to be disturbed. */
export function availability(presence: { online: boolean; away?: boolean | undefined } | null, dnd: boolean): Availability {
  if (presence?.online !== true) return 'offline'
  if (dnd) return 'do-not-disturb'
  return presence.away === true ? 'away' : 'online'
}
