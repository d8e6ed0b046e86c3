import type { ConversationId } from '../../../shared/ids.ts'
import type { Engine, InboxItem } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { MutedIcon, UnmuteIcon } from '../parts/Icon.tsx'
import type { MenuItem } from '../parts/Menu.tsx'
import { toasts } from '../parts/ToastStack.tsx'

/** For an hour, a day or always; of a muted conversation, the way back, and whether mentions come through. */
export function muteMenu(engine: Engine, id: ConversationId, title: string, { muted, silenced }: Pick<InboxItem, 'muted' | 'silenced'>): MenuItem[] {
  const { t } = currentLanguage()
  if (muted) {
    return [
      { label: t('inbox.unmute'), icon: <UnmuteIcon />, run: () => void engine.setMuted(id, null) },
      { label: silenced ? t('inbox.unsilence') : t('inbox.silence'), icon: <MutedIcon />, run: () => void engine.setSilenced(id, !silenced) },
    ]
  }
  return MUTES.map(({ name, ms }) => ({
    label: t(`inbox.${name}`),
    icon: <MutedIcon />,
    run: () => {
      void engine.setMuted(id, Date.now() + ms)
      toasts.show(t('inbox.mutedToast', { title }), { action: { label: t('inbox.undo'), run: () => void engine.setMuted(id, null) } })
    },
  }))
}

const HOUR_MS = 3_600_000
const MUTES = [
  { name: 'muteHour', ms: HOUR_MS },
  { name: 'muteDay', ms: 24 * HOUR_MS },
  { name: 'muteAlways', ms: Infinity },
] as const
