import type { UserId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useNow } from '../time/useNow.ts'
import { usePresence } from '../useEngine.ts'
import { useAvailability } from './useAvailability.ts'

/** "Online", "Away", "Do not disturb", "Last seen 14:32"; empty where nothing is told. */
export function usePresenceWords(id: UserId): string {
  const { t, times } = useLanguage()
  const now = useNow()
  const state = useAvailability(id)
  const seen = usePresence(id)?.lastSeen
  if (state !== 'offline') return t(`person.availability.${state}`)
  return seen === undefined ? '' : t('conversation.lastSeen', { moment: times.moment(seen, now) })
}
