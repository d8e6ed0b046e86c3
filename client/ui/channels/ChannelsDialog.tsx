import { useState } from 'react'
import { NAME_MAX_CHARS } from '../../../shared/limits.ts'
import type { Channel } from '../../../shared/protocol/api.ts'
import { refusalWords } from '../language/refusalWords.ts'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { ChannelIcon } from '../parts/Icon.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { useIsOnline } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import { ChannelPreviewDialog } from './ChannelPreviewDialog.tsx'
import { ChannelRow } from './ChannelRow.tsx'
import { useChannels } from './useChannels.ts'

/** Everything on this server that is open to everybody: find, look into, join. */
export function ChannelsDialog({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<Channel | null>(null)
  if (chosen === null) return <DirectoryDialog query={query} onQuery={setQuery} onChosen={setChosen} onClose={onClose} />
  return (
    <ChannelPreviewDialog
      key={chosen.id}
      channel={chosen}
      onBack={() => {
        setChosen(null)
      }}
      onClose={onClose}
    />
  )
}

type DirectoryProps = { query: string; onQuery: (query: string) => void; onChosen: (channel: Channel) => void; onClose: () => void }

function DirectoryDialog({ query, onQuery, onChosen, onClose }: DirectoryProps) {
  const { t } = useLanguage()
  return (
    <Dialog title={t('channels.title')} onClose={onClose} footer={<StartButton />}>
      <div className="picker">
        <input
          type="search"
          className="input"
          dir="auto"
          data-autofocus
          autoComplete="off"
          maxLength={NAME_MAX_CHARS}
          aria-label={t('channels.search')}
          placeholder={t('channels.search')}
          value={query}
          onChange={(event) => {
            onQuery(event.target.value)
          }}
        />
        <Found query={query.trim()} onChosen={onChosen} />
      </div>
    </Dialog>
  )
}

function StartButton() {
  const { t } = useLanguage()
  return (
    <button
      type="button"
      className="button button--wide"
      onClick={() => {
        navigate({ conversation: null, panel: 'new-channel' }, 'replace')
      }}
    >
      <ChannelIcon />
      {t('channels.start')}
    </button>
  )
}

function Found({ query, onChosen }: { query: string; onChosen: (channel: Channel) => void }) {
  const language = useLanguage()
  const { t } = language
  const { directory, showMore } = useChannels(query)
  if (!useIsOnline()) return <p className="picker__note">{t('channels.offline')}</p>
  switch (directory.state) {
    case 'searching':
      return <p className="picker__note">{t('channels.searching')}</p>
    case 'refused':
      return (
        <p className="picker__note picker__note--danger" role="alert">
          {refusalWords(directory.refusal, language)}
        </p>
      )
    case 'found':
      break
    default:
      return directory satisfies never
  }
  if (directory.channels.length === 0) return directory.query === '' ? <NoChannels /> : <p className="picker__note">{t('channels.nothing', { query: directory.query })}</p>
  return (
    <>
      <ul className="picker__list">
        {directory.channels.map((channel) => (
          <li key={channel.id}>
            <ChannelRow channel={channel} onChosen={onChosen} />
          </li>
        ))}
      </ul>
      {directory.cursor === null ? null : (
        <button type="button" className="button button--wide" onClick={() => void showMore()}>
          {t('channels.more')}
        </button>
      )}
    </>
  )
}

function NoChannels() {
  const { t } = useLanguage()
  return (
    <div className="empty empty--small">
      <h3>{t('channels.emptyTitle')}</h3>
      <p>{t('channels.emptyHint')}</p>
    </div>
  )
}
