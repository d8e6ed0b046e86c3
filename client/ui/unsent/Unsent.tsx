import type { Change } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import '../language/englishLater.ts'
import { ClockIcon } from '../parts/Icon.tsx'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import './Unsent.css'

/** Said quietly beside what was set while it waits for a connection; with one it is gone before it is seen. */
export function Unsent({ is }: { is: (change: Change) => boolean }) {
  const { t } = useLanguage()
  const { pending } = useReadable(useEngine().changes)
  if (!pending.some(is)) return null
  return (
    <p className="unsent">
      <ClockIcon />
      {t('unsent.here')}
    </p>
  )
}
