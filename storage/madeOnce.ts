import type { ChangeId, DeviceId, UserId } from '../shared/ids.ts'

/**
 * Which change of a person's settings it is, and on which device. What a device is known to have made is not made again, though others changed the same
 * since: a request whose answer was lost is sent again, perhaps days later. Of what was refused nothing is known.
 */
export type MadeOnce = { user: UserId; device: DeviceId; change: ChangeId }
