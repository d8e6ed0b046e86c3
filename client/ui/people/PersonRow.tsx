import type { ReactNode } from 'react'
import type { Person } from '../../../shared/protocol/messages.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Avatar } from './Avatar.tsx'
import './PersonRow.css'

/** Avatar, name and handle, wherever people are listed. */
export function PersonRow({ person, trailing }: { person: Person; trailing?: ReactNode }) {
  const { t } = useLanguage()
  return (
    <span className="person">
      <Avatar id={person.id} name={person.name} />
      <span className="person__text">
        <span className="person__name" dir="auto">
          {person.name}
        </span>
        <span className="person__handle">
          <bdi>@{person.handle}</bdi>
          {person.placeholder ? ` · ${t('people.imported')}` : null}
        </span>
      </span>
      {trailing}
    </span>
  )
}
