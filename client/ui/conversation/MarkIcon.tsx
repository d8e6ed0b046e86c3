import type { Mark } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { AlertIcon, ClockIcon, TickIcon, TicksIcon } from '../parts/Icon.tsx'

const ICONS = { pending: ClockIcon, refused: AlertIcon, stored: TickIcon, delivered: TicksIcon, read: TicksIcon } as const

/** Clock: on this device. One tick: stored. Two: delivered. Coloured: read. */
export function MarkIcon({ mark }: { mark: Mark }) {
  const { t } = useLanguage()
  const Icon = ICONS[mark.state]
  return (
    <span className={`mark mark--${mark.state}`} role="img" aria-label={t(`conversation.marks.${mark.state}`)} title={t(`conversation.marks.${mark.state}`)} data-testid="mark" data-state={mark.state}>
      <Icon />
    </span>
  )
}
