import { useEffect, useState } from 'react'
import { RegistrationMode } from '../../../shared/protocol/administration.ts'
import type { Outcome } from '../../sync/engine.ts'
import { told } from '../parts/ToastStack.tsx'
import { useEngine, useIsOnline } from '../useEngine.ts'
import { InviteList } from './InviteList.tsx'
import { modes, words } from './words.ts'

export function RegistrationPart() {
  const { mode, wanted, choose } = useMode()
  return (
    <>
      <section className="admin__section" aria-labelledby="mode">
        <h2 id="mode">{words.mode}</h2>
        {mode === null ? (
          <p className="admin__hint empty__late">{words.loading}</p>
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
                  <strong>{modes[option].name}</strong>
                  <span className="admin__hint">{modes[option].hint}</span>
                </span>
              </label>
            ))}
          </div>
        ) : (
          <p className="notice notice--danger">{mode.refusal.words}</p>
        )}
      </section>
      <InviteList />
    </>
  )
}

function useMode() {
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
    if (await told(engine.administration.setRegistration(chosen), words.modeSet)) setMode({ ok: true, value: chosen })
    setWanted(null)
  }
  return { mode, wanted, choose: (chosen: RegistrationMode) => void change(chosen) }
}
