// What somebody changes about themselves reaches those who look at them at once; everybody else learns it where they meet
// them next.

import type { UserId } from '../../shared/ids.ts'
import type { PeopleStore } from '../../storage/people.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Presence } from '../presence/presence.ts'
import type { Discretions } from './discretions.ts'

type Own = Pick<PeopleStore, 'own'>

export async function personChanged(people: Own, hub: Hub, user: UserId): Promise<void> {
  const own = await people.own(user)
  if (own === null) return
  const json = JSON.stringify({ type: 'people', people: [own.person] })
  for (const client of hub.clients()) if (client.watching?.has(user) === true) client.tellJson(json)
  hub.tellUser(user, { type: 'own', own })
}

export async function discretionChanged(deps: DiscretionDeps, user: UserId, other?: UserId): Promise<void> {
  const { people, hub, discretions, presence } = deps
  discretions.forget(user)
  if (other !== undefined) discretions.forget(other)
  // A block is between two: nobody else's view changes, and asking anew for one of them asks for both.
  await presence.audienceChanged([user])
  if (other !== undefined) await presence.audienceChanged([other])
  const own = await people.own(user)
  if (own !== null) hub.tellUser(user, { type: 'own', own })
}

type DiscretionDeps = { people: Own; hub: Hub; discretions: Discretions; presence: Presence }
