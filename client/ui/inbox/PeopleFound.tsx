import type { UserId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { DetailsIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { showPerson } from '../people/cards.ts'
import { PersonRow } from '../people/PersonRow.tsx'
import { usePeopleSearch } from '../people/useSearch.ts'
import { writeTo } from '../people/writeTo.ts'
import { useEngine, useIsOnline, useSelf } from '../useEngine.ts'

type PeopleFoundProps = {
  query: string
  nothingElse: boolean
  /** Whose direct conversation stands in the list above already. */
  without: ReadonlySet<UserId>
  onChosen: () => void
}

/** Under the filtered list: people one could write to, so that search never ends in a dead end. */
export function PeopleFound({ query, nothingElse, without, onChosen }: PeopleFoundProps) {
  const { t } = useLanguage()
  const engine = useEngine()
  const self = useSelf()
  const online = useIsOnline()
  const search = usePeopleSearch(query)
  const people = search.state === 'found' ? search.people.filter((person) => person.id !== self.id && !without.has(person.id)) : []
  const write = async (user: UserId) => {
    if (await writeTo(engine, user)) onChosen()
  }
  if (people.length === 0) {
    if (!nothingElse || search.state === 'searching') return null
    return (
      <div className="empty empty--small">
        <h2 dir="auto">{t('inbox.nothing', { query })}</h2>
        <p>{online ? t('inbox.nothingHint') : t('inbox.peopleOffline')}</p>
      </div>
    )
  }
  return (
    <section className="inbox__people" aria-labelledby="people-found">
      <h2 id="people-found">{t('inbox.people')}</h2>
      {people.map((person) => (
        <div key={person.id} className="inbox__person">
          <button type="button" className="person-button" onClick={() => void write(person.id)}>
            <PersonRow person={person} />
          </button>
          <IconButton
            label={t('person.about', { name: person.name })}
            icon={<DetailsIcon />}
            onClick={() => {
              showPerson(person.id)
            }}
          />
        </div>
      ))}
    </section>
  )
}
