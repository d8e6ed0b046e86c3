import { useState } from 'react'
import type { UserId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { CloseIcon, TickIcon } from '../parts/Icon.tsx'
import { useIsOnline } from '../useEngine.ts'
import { Avatar } from './Avatar.tsx'
import { PersonRow } from './PersonRow.tsx'
import type { Search } from './useSearch.ts'
import { usePeopleSearch } from './useSearch.ts'
import './PeoplePicker.css'

/** `hint`: what to do, before anybody is looked for. */
type PickerProps = { hint?: string | undefined; chosen: readonly Person[]; without: ReadonlySet<UserId>; onChosen: (people: readonly Person[]) => void }

/** Search and choose; who is chosen stands above the field and leaves with a press. */
export function PeoplePicker({ hint, chosen, without, onChosen }: PickerProps) {
  const { t } = useLanguage()
  const [query, setQuery] = useState('')
  const search = usePeopleSearch(query.trim())
  const toggle = (person: Person) => {
    const others = chosen.filter((other) => other.id !== person.id)
    onChosen(others.length === chosen.length ? [...chosen, person] : others)
    setQuery('')
  }
  return (
    <div className="picker">
      <p className="picker__count" role="status">
        {chosen.length === 0 ? '' : t('create.chosen', { count: chosen.length })}
      </p>
      {chosen.length === 0 ? null : (
        <ul className="picker__chosen">
          {chosen.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                className="chip"
                aria-label={t('people.remove', { name: person.name })}
                onClick={() => {
                  toggle(person)
                }}
              >
                <Avatar id={person.id} name={person.name} picture={person.picture} size="small" />
                <span dir="auto">{person.name}</span>
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        type="search"
        className="input"
        dir="auto"
        data-autofocus
        autoComplete="off"
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
        }}
        onKeyDown={(event) => {
          const last = chosen.at(-1)
          if (event.key === 'Enter' && query !== '') {
            // The first one found, rather than sending the form.
            event.preventDefault()
            event.currentTarget.closest('.picker')?.querySelector<HTMLElement>('.picker__list button')?.click()
          }
          if (event.key === 'Backspace' && query === '' && last !== undefined) toggle(last)
        }}
      />
      <Results hint={hint} search={search} query={query.trim()} chosen={chosen} without={without} onToggle={toggle} />
    </div>
  )
}

type ResultsProps = Pick<PickerProps, 'hint'> & { search: Search; query: string; chosen: readonly Person[]; without: ReadonlySet<UserId>; onToggle: (person: Person) => void }

function Results({ hint, search, query, chosen, without, onToggle }: ResultsProps) {
  const language = useLanguage()
  const { t } = language
  const online = useIsOnline()
  if (!online) return <p className="picker__note">{t('people.offline')}</p>
  switch (search.state) {
    case 'idle':
      return chosen.length > 1 ? null : <p className="picker__note">{hint ?? t('people.hint')}</p>
    case 'searching':
      return <p className="picker__note">{t('people.searching')}</p>
    case 'refused':
      return <p className="picker__note picker__note--danger">{refusalWords(search.refusal, language)}</p>
    case 'found':
      break
    default:
      return search satisfies never
  }
  const people = search.people.filter((person) => !without.has(person.id))
  if (people.length === 0) return <p className="picker__note">{t('people.nothing', { query })}</p>
  return (
    <ul className="picker__list">
      {people.map((person) => {
        const isChosen = chosen.some((other) => other.id === person.id)
        return (
          <li key={person.id}>
            <button
              type="button"
              className="person-button"
              aria-pressed={isChosen}
              onClick={() => {
                onToggle(person)
              }}
            >
              <PersonRow person={person} trailing={isChosen ? <TickIcon /> : null} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
