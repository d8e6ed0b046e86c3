import type { UserId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { BlockIcon, ReportIcon } from '../parts/Icon.tsx'
import { Unsent } from '../unsent/Unsent.tsx'
import { useEngine, useIsBlocked } from '../useEngine.ts'
import { block, unblock } from './block.ts'
import { openCard } from './cards.ts'

/** What one does about somebody rather than with them. */
export function PersonActs({ id, name }: { id: UserId; name: string }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const isBlocked = useIsBlocked(id)
  return (
    <div className="card__acts">
      {isBlocked ? <p className="card__hint">{t('person.isBlocked')}</p> : null}
      <button type="button" className="button button--wide" onClick={() => void (isBlocked ? unblock(engine, id, name) : block(engine, id, name))}>
        <BlockIcon />
        {isBlocked ? t('person.unblock') : t('person.block')}
      </button>
      <Unsent is={(change) => change.type === 'block' && change.user === id} />
      <button
        type="button"
        className="button button--wide button--danger-quiet"
       
        onClick={() => {
          openCard.set({ type: 'report', about: id, from: null })
        }}
      >
        <ReportIcon />
        {t('person.report')}
      </button>
      <Unsent is={(change) => change.type === 'report' && change.report.about === id} />
    </div>
  )
}
