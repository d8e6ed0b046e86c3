import type { ReactNode } from 'react'
import type { Availability } from '../../../shared/people/profile.ts'
import { currentProfile } from '../../../shared/people/profile.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useNow } from '../time/useNow.ts'
import { Avatar } from './Avatar.tsx'
import './PersonRow.css'

type PersonRowProps = { person: Person; availability?: Availability; trailing?: ReactNode }

/** Avatar, name and handle, wherever people are listed; their status where they have one. */
export function PersonRow({ person, availability = 'offline', trailing }: PersonRowProps) {
  const { t } = useLanguage()
  const { status } = currentProfile(person, useNow())
  return (
    <span className="person">
      <Avatar id={person.id} name={person.name} picture={person.picture} availability={availability} />
      <span className="person__text">
        <span className="person__name" dir="auto">
          {person.name}
        </span>
        <span className="person__handle ends-cut">
          <bdi>@{person.handle}</bdi>
          {person.placeholder ? ` · ${t('people.imported')}` : null}
          {status === null ? null : (
            <>
              {' · '}
              {status.emoji} <bdi>{status.text}</bdi>
            </>
          )}
        </span>
        {availability === 'offline' ? null : <span className="unseen">{t(`person.availability.${availability}`)}</span>}
      </span>
      {trailing}
    </span>
  )
}
