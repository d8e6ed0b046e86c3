import type { UserId } from '../../../shared/ids.ts'
import { currentProfile } from '../../../shared/people/profile.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useNow } from '../time/useNow.ts'
import { usePerson } from '../useEngine.ts'
import { PresentAvatar } from './Avatar.tsx'
import { usePresenceWords } from './usePresenceWords.ts'
import './PersonCard.css'

/** Everything somebody tells about themselves, large. */
export function PersonFace({ id, name }: { id: UserId; name: string }) {
  const { t } = useLanguage()
  const person = usePerson(id)
  return (
    <div className="card__face">
      <PresentAvatar id={id} name={name} size="huge" />
      <h3 dir="auto">{name}</h3>
      {person === null ? null : (
        <p>
          <bdi>@{person.handle}</bdi>
          {person.placeholder ? ` · ${t('people.imported')}` : null}
        </p>
      )}
      <StatusLine id={id} />
      <p className="card__presence">{usePresenceWords(id)}</p>
    </div>
  )
}

function StatusLine({ id }: { id: UserId }) {
  const { t, times } = useLanguage()
  const now = useNow()
  const { status } = currentProfile(usePerson(id) ?? {}, now)
  if (status === null) return null
  const { text, emoji, until } = status
  return (
    <p className="card__status">
      {emoji} <bdi>{text}</bdi>
      {until === undefined ? null : <small>{t('profile.until', { moment: times.moment(until, now) })}</small>}
    </p>
  )
}
