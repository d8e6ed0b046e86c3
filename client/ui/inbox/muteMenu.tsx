import type { ConversationId } from '../../../shared/ids.ts'
import type { Engine, InboxItem } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { MutedIcon, UnmuteIcon } from '../parts/Icon.tsx'
import type { MenuItem } from '../parts/Menu.tsx'
import { toasts } from '../parts/ToastStack.tsx'

export function muteMenu(engine: Engine, id: ConversationId, title: string, { muted, silenced }: Pick<InboxItem, 'muted' | 'silenced'>): MenuItem[] {
  const { t } = currentLanguage()
  return muteItems({ muted, silenced, toast: t('inbox.mutedToast', { title }), setMuted: (until) => engine.setMuted(id, until), setSilenced: (on) => engine.setSilenced(id, on) })
}

/** What can be muted: a conversation or a thread. */
type Mutable = { muted: boolean; silenced: boolean; toast: string; setMuted: (until: number | null) => Promise<void>; setSilenced: (on: boolean) => Promise<void> }

/** For an hour, a day or always; of what is muted, the way back, and whether mentions come through. */
export function muteItems({ muted, silenced, toast, setMuted, setSilenced }: Mutable): MenuItem[] {
  const { t } = currentLanguage()
  if (muted) {
    return [
      { label: t('inbox.unmute'), icon: <UnmuteIcon />, run: () => void setMuted(null) },
      { label: silenced ? t('inbox.unsilence') : t('inbox.silence'), icon: <MutedIcon />, run: () => void setSilenced(!silenced) },
    ]
  }
  return MUTES.map(({ name, ms }) => ({
    label: t(`inbox.${name}`),
    icon: <MutedIcon />,
    run: () => {
      void setMuted(Date.now() + ms)
      toasts.show(toast, { action: { label: t('inbox.undo'), run: () => void setMuted(null) } })
    },
  }))
}

const HOUR_MS = 3_600_000
const MUTES = [
  { name: 'muteHour', ms: HOUR_MS },
  { name: 'muteDay', ms: 24 * HOUR_MS },
  { name: 'muteAlways', ms: Infinity },
] as const
