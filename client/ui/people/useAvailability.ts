import type { UserId } from '../../../shared/ids.ts'
import type { Availability } from '../../../shared/people/profile.ts'
import { availability, currentProfile } from '../../../shared/people/profile.ts'
import { useNow } from '../time/useNow.ts'
import { usePerson, usePresence } from '../useEngine.ts'

/** How reachable somebody is now; watched while it is shown. */
export function useAvailability(id: UserId): Availability {
  const person = usePerson(id)
  return availability(usePresence(id), currentProfile(person ?? {}, useNow()).dnd)
}
