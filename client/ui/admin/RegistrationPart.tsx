import { useEffect, useState } from 'react'
import { RegistrationMode } from '../../../shared/protocol/administration.ts'
import type { Outcome } from '../../sync/engine.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { told } from '../parts/ToastStack.tsx'
import { useEngine, useIsOnline } from '../useEngine.ts'
import { InviteList } from './InviteList.tsx'

export function RegistrationPart() {
  const language = useLanguage()
  const { t } = language
  const { mode, wanted, choose } = useMode()
  return (
    <>
      <section className="admin__section" aria-labelledby="mode">
        <h2 id="mode">{t('admin.mode')}</h2>
        {mode === null ? (
          <p className="admin__hint empty__late">{t('admin.loading')}</p>
        ) : mode.ok ? (
          <div role="radiogroup" aria-labelledby="mode" className="admin__choice">
            {RegistrationMode.options.map((option) => (
              <label key={option}>
                <input
                  type="radio"
                  name="registration"
                  checked={(wanted ?? mode.value) === option}
                  disabled={wanted !== null && wanted !== option}
                  onChange={() => {
                    choose(option)
                  }}
                />
                <span className="admin__line">
                  <strong>{t(`admin.modes.${option}`)}</strong>
                  <span className="admin__hint">{t(`admin.modeHints.${option}`)}</span>
                </span>
              </label>
            ))}
          </div>
        ) : (
          <p className="notice notice--danger">{refusalWords(mode.refusal, language)}</p>
        )}
      </section>
      <InviteList />
    </>
  )
}

function useMode() {
  const { t } = useLanguage()
  const engine = useEngine()
  const online = useIsOnline()
  const [mode, setMode] = useState<Outcome<RegistrationMode> | null>(null)
  /** Chosen, and not answered yet. */
  const [wanted, setWanted] = useState<RegistrationMode | null>(null)
  useEffect(() => {
    if (online) void engine.registration().then(setMode)
  }, [engine, online])

  async function change(chosen: RegistrationMode) {
    setWanted(chosen)
    if (await told(engine.administration.setRegistration(chosen), t('admin.modeSet'))) setMode({ ok: true, value: chosen })
    setWanted(null)
  }
  return { mode, wanted, choose: (chosen: RegistrationMode) => void change(chosen) }
}
