import { Millis } from '../../../shared/ids.ts'
import { currentProfile } from '../../../shared/people/profile.ts'
import type { Engine } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useNow } from '../time/useNow.ts'
import { changeName } from '../unsent/changeName.ts'
import { kept } from '../unsent/kept.ts'
import { Unsent } from '../unsent/Unsent.tsx'
import { useEngine, useProfile } from '../useEngine.ts'
import type { DoNotDisturbExpiry } from './expiry.ts'
import { DND_EXPIRIES, endOf } from './expiry.ts'

/** Silences this person's devices, and tells others that it does. */
export function DoNotDisturbSetting() {
  const { t } = useLanguage()
  const engine = useEngine()
  const person = useProfile()?.person
  const on = currentProfile(person ?? {}, useNow()).dnd
  return (
    <section aria-labelledby="dnd">
      <h4 id="dnd">{t('profile.dnd')}</h4>
      <p className="settings__hint">{t('profile.dndHint')}</p>
      {on ? (
        <Until until={person?.dnd?.until} onEnd={() => void kept(engine, engine.changeProfile({ dnd: null }))} />
      ) : (
        <div className="settings__choices">
          {DND_EXPIRIES.map((expiry) => (
            <button
              key={expiry}
              type="button"
              className="button button--small"
              onClick={() => {
                void begin(engine, expiry)
              }}
            >
              {t(`profile.dndFor.${expiry}`)}
            </button>
          ))}
        </div>
      )}
      <Unsent is={(change) => changeName(change) === 'dnd'} />
    </section>
  )
}

async function begin(engine: Engine, expiry: DoNotDisturbExpiry): Promise<void> {
  const until = endOf(expiry, Date.now())
  await kept(engine, engine.changeProfile({ dnd: until === null ? {} : { until: Millis.parse(until) } }))
}

function Until({ until, onEnd }: { until: Millis | undefined; onEnd: () => void }) {
  const { t, times } = useLanguage()
  const now = useNow()
  return (
    <div className="settings__now">
      <strong>{until === undefined ? t('profile.dndOn') : t('profile.dndUntil', { moment: times.moment(until, now) })}</strong>
      <button type="button" className="button button--small" onClick={onEnd}>
        {t('profile.dndEnd')}
      </button>
    </div>
  )
}
