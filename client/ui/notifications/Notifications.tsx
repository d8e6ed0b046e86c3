import { useNotifications } from './useNotifications.ts'

/** Draws nothing. A component, so that it may come when the screen stands. */
export function Notifications(): null {
  useNotifications()
  return null
}
