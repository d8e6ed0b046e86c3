import { useCallback, useDeferredValue, useState } from 'react'
import { NAME_MAX_CHARS } from '../../../shared/limits.ts'
import type { PersonRecord } from '../../../shared/protocol/administration.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { MoreIcon } from '../parts/Icon.tsx'
import { Menu } from '../parts/Menu.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine, useSelf } from '../useEngine.ts'
import { PagedList } from './PagedList.tsx'
import { usePages } from './usePages.ts'
import type { Question } from './usePersonActs.ts'
import { usePersonActs } from './usePersonActs.ts'

export function PeoplePart() {
  const { t } = useLanguage()
  const [typed, setTyped] = useState('')
  const start = useDeferredValue(typed.trim().replace(/^@/, ''))
  const pages = usePages(useAskPeople(start))
  const acts = usePersonActs((changed) => {
    pages.change((people) => people.map((person) => (person.id === changed.id ? changed : person)))
  })
  return (
    <section className="admin__section" aria-label={t('admin.people')}>
      <input
        type="search"
        className="input"
        dir="auto"
        autoComplete="off"
        maxLength={NAME_MAX_CHARS}
        aria-label={t('admin.find')}
        placeholder={t('admin.find')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
        }}
      />
      <PagedList pages={pages} label={t('admin.people')} empty={t('admin.nobody')}>
        {(person) => (
          <li key={person.id}>
            <PersonLine person={person} />
            {person.placeholder ? null : <Menu label={t('admin.options', { name: person.name })} icon={<MoreIcon />} items={() => acts.items(person)} />}
          </li>
        )}
      </PagedList>
      {acts.question === null ? null : <Sure question={acts.question} onClose={acts.close} />}
    </section>
  )
}

function useAskPeople(start: string) {
  const { administration } = useEngine()
  return useCallback(
    async (after: string | null) => {
      const answer = await administration.people({ start, after })
      return answer.ok ? { ok: true as const, value: { items: answer.value.people, next: answer.value.after ?? null } } : answer
    },
    [administration, start],
  )
}

function PersonLine({ person }: { person: PersonRecord }) {
  const { t, times } = useLanguage()
  const now = useNow()
  const self = useSelf()
  const seen = person.lastSeenAt === null ? '' : ` · ${t('admin.lastSeen', { moment: times.moment(person.lastSeenAt, now) })}`
  const tag = person.blockedAt !== null ? t('admin.blocked') : person.administrator ? t('admin.administrator') : null
  return (
    <div className="admin__person">
      <PersonRow person={person} />
      {person.placeholder ? null : (
        <span className="admin__hint">
          {tag === null ? null : <span className={person.administrator ? 'tag tag--owner' : 'tag'}>{tag}</span>}
          {person.id === self.id ? `${t('admin.you')} · ` : ''}
          {t('admin.devices', { count: person.sessions })}
          {seen}
        </span>
      )}
    </div>
  )
}

function Sure({ question, onClose }: { question: Question; onClose: () => void }) {
  const [busy, setBusy] = useState(false)
  return (
    <Confirm
      title={question.title}
      words={question.words}
      action={question.action}
      busy={busy}
      onConfirm={() => {
        setBusy(true)
        void question.run().then(onClose)
      }}
      onClose={onClose}
    />
  )
}
