import { useState } from 'react'
import type { UserId } from '../../../shared/ids.ts'
import type { Privacy } from '../../../shared/people/profile.ts'
import { PresenceAudience } from '../../../shared/people/profile.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Switch } from '../parts/Switch.tsx'
import { told } from '../parts/ToastStack.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useEngine, usePerson, useProfile } from '../useEngine.ts'
import { Segments } from './Segments.tsx'

export function PrivacySettings() {
  const { t } = useLanguage()
  const engine = useEngine()
  const profile = useProfile()
  const [wanted, setWanted] = useState<Partial<Privacy>>({})
  if (profile === null) return <p className="settings__hint">{t('privacy.offline')}</p>
  const { blocked } = profile
  // As it was pressed, until the server has said; what it refuses stands again as it was.
  const privacy = { ...profile.privacy, ...wanted }
  const change = async (to: Partial<Privacy>) => {
    setWanted(to)
    await told(engine.changeProfile({ privacy: to }), t('privacy.changed'))
    setWanted({})
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
      <button type="button" className="button button--small" aria-label={t('privacy.unblockLabel', { name: person.name })} onClick={() => void told(engine.unblock(id), t('person.unblocked', { name: person.name }))}>
        {t('person.unblock')}
      </button>
    </li>
  )
}
