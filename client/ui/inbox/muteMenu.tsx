import type { ConversationId } from '../../../shared/ids.ts'
import type { Engine } from '../../sync/engine.ts'
import { MutedIcon, UnmuteIcon } from '../parts/Icon.tsx'
import type { MenuItem } from '../parts/Menu.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { words } from './words.ts'

/** For an hour, a day or always; of a muted conversation, the way back. */
export function muteMenu(engine: Engine, id: ConversationId, title: string, muted: boolean): MenuItem[] {
  if (muted) return [{ label: words.unmute, icon: <UnmuteIcon />, run: () => void engine.setMuted(id, null) }]
  return MUTES.map(({ label, ms }) => ({
    label,
    icon: <MutedIcon />,
    run: () => {
      void engine.setMuted(id, Date.now() + ms)
      toasts.show(words.mutedToast(title), { action: { label: words.undo, run: () => void engine.setMuted(id, null) } })
    },
  }))
}

const HOUR_MS = 3_600_000
const MUTES = [
  { label: words.muteHour, ms: HOUR_MS },
  { label: words.muteDay, ms: 24 * HOUR_MS },
  { label: words.muteAlways, ms: Infinity },
] as const
