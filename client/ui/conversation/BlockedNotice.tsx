import type { UserId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { unblock } from '../people/block.ts'
import { Unsent } from '../unsent/Unsent.tsx'
import { useEngine } from '../useEngine.ts'
import './BlockedNotice.css'

/** In place of the composer: whom one blocks one does not write to. */
export function BlockedNotice({ peer, name }: { peer: UserId; name: string }) {
  const { t } = useLanguage()
  const engine = useEngine()
  return (
    <div className="blocked-notice" role="group" aria-label={t('person.isBlocked')}>
      <p>{t('person.composerBlocked', { name })}</p>
      <button type="button" className="button button--small" onClick={() => void unblock(engine, peer, name)}>
        {t('person.unblock')}
      </button>
      <Unsent is={(change) => change.type === 'block' && change.user === peer} />
    </div>
  )
}
