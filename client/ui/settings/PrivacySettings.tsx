import { useState } from 'react'
import type { UserId } from '../../../shared/ids.ts'
import type { Privacy } from '../../../shared/people/profile.ts'
import { PresenceAudience } from '../../../shared/people/profile.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Switch } from '../parts/Switch.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { kept } from '../unsent/kept.ts'
import { Unsent } from '../unsent/Unsent.tsx'
import { useEngine, usePerson, useProfile } from '../useEngine.ts'
import { Segments } from './Segments.tsx'

export function PrivacySettings() {
  const { t } = useLanguage()
  const engine = useEngine()
  const profile = useProfile()
  const [wanted, setWanted] = useState<Partial<Privacy>>({})
  if (profile === null) return <p className="settings__hint">{t('privacy.offline')}</p>
  const { blocked } = profile
  // As it was pressed, until this device holds it.
  const privacy = { ...profile.privacy, ...wanted }
  const change = async (to: Partial<Privacy>) => {
    setWanted(to)
    try {
      await kept(engine, engine.changeProfile({ privacy: to }), t('privacy.changed'))
    } finally {
      setWanted({})
    }
  }
  return (
    <>
      <div>
        <Segments
          legend={t('privacy.presence')}
          name="presence"
          values={PresenceAudience.options}
          label={(value) => t(`privacy.audiences.${value}`)}
          chosen={privacy.presence}
          onChosen={(presence) => {
            void change({ presence })
          }}
        />
        <p className="settings__hint">{t('privacy.presenceHint')}</p>
        <Unsent is={(waiting) => waiting.type === 'profile' && waiting.change.privacy?.presence !== undefined} />
      </div>
      <div>
        <Switch
          label={t('privacy.receipts')}
          on={privacy.privateReceipts}
          onChange={(privateReceipts) => {
            void change({ privateReceipts })
          }}
        />
        <p className="settings__hint">{t('privacy.receiptsHint')}</p>
        <Unsent is={(waiting) => waiting.type === 'profile' && waiting.change.privacy?.privateReceipts !== undefined} />
      </div>
      <section aria-labelledby="blocked">
        <h4 id="blocked">{t('privacy.blocked')}</h4>
        <p className="settings__hint">{blocked.length === 0 ? t('privacy.nobodyBlocked') : t('privacy.blockedHint')}</p>
        {blocked.length === 0 ? null : (
          <ul className="settings__devices">
            {blocked.map((id) => (
              <Blocked key={id} id={id} />
            ))}
          </ul>
        )}
        <Unsent is={({ type }) => type === 'block'} />
      </section>
    </>
  )
}

function Blocked({ id }: { id: UserId }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const person = usePerson(id)
  if (person === null) return null
  return (
    <li>
      <PersonRow person={person} />
      <button type="button" className="button button--small" aria-label={t('privacy.unblockLabel', { name: person.name })} onClick={() => void kept(engine, engine.unblock(id), t('person.unblocked', { name: person.name }))}>
        {t('person.unblock')}
      </button>
    </li>
  )
}
