import { useRef, useState } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { ChannelIcon, CloseIcon, NewIcon, SearchIcon, SettingsIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Late } from '../parts/Late.tsx'
import { later } from '../parts/later.ts'
import { Logo } from '../parts/Logo.tsx'
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx'
import { conversationPanePreloaded } from '../shell/conversationPane.ts'
import { useEngine } from '../useEngine.ts'
import { useFrames } from '../useFrames.ts'
import { navigate } from '../useRoute.ts'
import { ArchivedHead, ArchivedRow } from './Archived.tsx'
import { InboxList } from './InboxList.tsx'
import { PeopleFound } from './PeopleFound.tsx'
import { filterRows } from './preview.ts'
import './InboxPane.css'

const OwnFace = later(async () => {
  await conversationPanePreloaded.promise
  return (await import('../people/OwnFace.tsx')).OwnFace
})

export function InboxPane({ active }: { active: ConversationId | null }) {
  const { t } = useLanguage()
  const { rows, complete } = useFrames(useEngine().inbox)
  const [query, setQuery] = useState('')
  const asked = query.trim()
  const [inArchive, setInArchive] = useState(false)
  // Whoever searches looks everywhere.
  const found = asked === '' ? rows.filter((row) => row.archived === inArchive) : filterRows(rows, asked)
  const archived = rows.filter((row) => row.archived).length
  return (
    <section className="inbox" aria-label={t('inbox.conversations')}>
      <InboxHead active={active} />
      <SearchField query={query} onQuery={setQuery} />
      <ConnectionNotice />
      {inArchive && asked === '' ? (
        <ArchivedHead
          empty={archived === 0}
          onBack={() => {
            setInArchive(false)
          }}
        />
      ) : null}
      {rows.length === 0 && complete && asked === '' ? (
        <InboxEmpty />
      ) : (
        <InboxList rows={found} active={active} complete={complete} filtered={asked !== ''}>
          {asked === '' ? (
            inArchive || archived === 0 ? null : (
              <ArchivedRow
                count={archived}
                onOpen={() => {
                  setInArchive(true)
                }}
              />
            )
          ) : (
            <PeopleFound
              query={asked}
              nothingElse={found.length === 0 && complete}
              without={new Set(found.map((row) => row.peer).filter((peer) => peer !== undefined))}
              onChosen={() => {
                setQuery('')
              }}
            />
          )}
        </InboxList>
      )}
    </section>
  )
}

function InboxHead({ active }: { active: ConversationId | null }) {
  const { t } = useLanguage()
  return (
    <header className="inbox__head">
      <a className="inbox__brand" href="#/">
        <Logo size={30} />
        <h1 className="wordmark">Parley</h1>
      </a>
      <IconButton
        label={t('commands.channels')}
        icon={<ChannelIcon />}
        onClick={() => {
          navigate({ conversation: active, panel: 'channels' })
        }}
      />
      <IconButton
        label={t('inbox.start')}
        icon={<NewIcon />}
        onClick={() => {
          navigate({ conversation: active, panel: 'new' })
        }}
      />
      <Late place="unseen" fallback={<span className="icon-button" />}>
        <OwnFace />
      </Late>
      <IconButton
        label={t('inbox.settings')}
        icon={<SettingsIcon />}
        onClick={() => {
          navigate({ conversation: active, panel: 'settings' })
        }}
      />
    </header>
  )
}

function SearchField({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const { t } = useLanguage()
  // Where the person was when they struck the key that leads here.
  const from = useRef<HTMLElement>(null)
  return (
    <search className="inbox__search">
      <SearchIcon />
      <input
        id="search"
        type="search"
        dir="auto"
        autoComplete="off"
        aria-label={t('inbox.search')}
        placeholder={t('inbox.searchShort')}
        value={query}
        onChange={(event) => {
          onQuery(event.target.value)
        }}
        onFocus={({ relatedTarget }) => {
          from.current = relatedTarget instanceof HTMLElement ? relatedTarget : null
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            onQuery('')
            event.currentTarget.blur()
            from.current?.focus()
          } else if (event.key === 'ArrowDown') {
            event.preventDefault()
            document.querySelector<HTMLElement>('.inbox__list a')?.focus()
          }
        }}
      />
      {query === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <IconButton
          label={t('inbox.clear')}
          icon={<CloseIcon />}
          onClick={() => {
            onQuery('')
          }}
        />
      )}
    </search>
  )
}

function InboxEmpty() {
  const { t } = useLanguage()
  return (
    <div className="empty empty--small">
      <h2>{t('inbox.emptyTitle')}</h2>
      <p>{t('inbox.emptyHint')}</p>
      <button
        type="button"
        className="button"
        onClick={() => {
          navigate({ conversation: null, panel: 'new' })
        }}
      >
        {t('inbox.start')}
      </button>
    </div>
  )
}
