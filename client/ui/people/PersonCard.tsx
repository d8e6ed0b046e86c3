import type { UserId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { WriteIcon } from '../parts/Icon.tsx'
import { useEngine, useIsOnline, usePerson, useSelf } from '../useEngine.ts'
import { navigate, useRoute } from '../useRoute.ts'
import { PersonActs } from './PersonActs.tsx'
import { PersonFace } from './PersonFace.tsx'
import { writeTo } from './writeTo.ts'
import './PersonCard.css'

export function PersonCard({ id, onClose }: { id: UserId; onClose: () => void }) {
  const { t } = useLanguage()
  const person = usePerson(id)
  const isSelf = useSelf().id === id
  return (
    <Dialog title={t('person.title')} size="small" onClose={onClose}>
      <div className="card">
        <PersonFace id={id} name={person?.name ?? t('conversation.someone')} />
        {isSelf ? <EditProfile onClose={onClose} /> : <Write id={id} onClose={onClose} />}
        {isSelf ? null : <PersonActs id={id} name={person?.name ?? t('conversation.someone')} />}
      </div>
    </Dialog>
  )
}

function Write({ id, onClose }: { id: UserId; onClose: () => void }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const online = useIsOnline()
  const write = async () => {
    if (await writeTo(engine, id)) onClose()
  }
  return (
    <>
      <button type="button" className="button button--primary button--wide" disabled={!online} onClick={() => void write()}>
        <WriteIcon />
        {t('person.write')}
      </button>
      {online ? null : <p className="card__hint">{t('person.offline')}</p>}
    </>
  )
}

function EditProfile({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  const { conversation } = useRoute()
  return (
    <button
      type="button"
      className="button button--wide"
      onClick={() => {
        onClose()
        navigate({ conversation, panel: 'settings', section: 'account' })
      }}
    >
      {t('person.edit')}
    </button>
  )
}
