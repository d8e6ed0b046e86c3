import { useState } from 'react'
import type { UserId } from '../../../shared/ids.ts'
import type { Conversation, ConversationState, InboxItem } from '../../sync/engine.ts'
import { archiveItem } from '../inbox/archive.tsx'
import { muteMenu } from '../inbox/muteMenu.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { Avatar, PresentAvatar } from '../people/Avatar.tsx'
import { BackIcon, DateIcon, MoreIcon, PinIcon, ThreadIcon, UnpinIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Late } from '../parts/Late.tsx'
import { later } from '../parts/later.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { Menu } from '../parts/Menu.tsx'
import { useAvailability } from '../people/useAvailability.ts'
import { usePresenceWords } from '../people/usePresenceWords.ts'
import { NewThreadsButton } from '../thread/NewThreads.tsx'
import { useEngine, useIsOnline, usePerson, useRow } from '../useEngine.ts'
import { navigate, useRoute } from '../useRoute.ts'

const AskingBadge = later(async () => (await import('./Asking.tsx')).AskingBadge)
const JumpToDate = later(async () => (await import('./JumpToDate.tsx')).JumpToDate)

type HeaderProps = { conversation: Conversation; state: Extract<ConversationState, { state: 'ready' }>; title: string }

export function ConversationHeader({ conversation: opened, state, title }: HeaderProps) {
  const { t } = useLanguage()
  const conversation = opened.id
  const { panel } = useRoute()
  const open = panel === 'details'
  const row = useRow(conversation)
  return (
    <header className="conversation__head">
      <IconButton
        label={t('conversation.back')}
        icon={<BackIcon className="flips" />}
        className="conversation__back"
        onClick={() => {
          navigate({ conversation: null, panel: null })
        }}
      />
      <button
        type="button"
        className="conversation__who"
        aria-expanded={open}
        onClick={() => {
          navigate({ conversation, panel: open ? null : 'details' }, open ? 'replace' : 'push')
        }}
      >
        {state.peer === null ? <Avatar id={conversation} name={title} picture={state.picture ?? undefined} group /> : <PresentAvatar id={state.peer} name={title} />}
        <span className="conversation__names">
          <span className="conversation__title" dir="auto">
            {title}
          </span>
          <Subtitle state={state} />
        </span>
        {state.asking === null ? null : <Late place="unseen"><AskingBadge count={state.asking.count} /></Late>}
        <span className="unseen">{t('conversation.details')}</span>
      </button>
      {row === undefined ? null : <NewThreadsButton row={row} />}
      <HeaderMenu opened={opened} title={title} row={row} />
    </header>
  )
}

function HeaderMenu({ opened, title, row }: { opened: Conversation; title: string; row: InboxItem | undefined }) {
  const { t } = useLanguage()
  const [jumping, setJumping] = useState(false)
  const conversation = opened.id
  const engine = useEngine()
  const items = (): MenuItem[] => [
    {
      label: t('conversation.details'),
      run: () => {
        navigate({ conversation, panel: 'details' })
      },
    },
    { label: t('dates.action'), icon: <DateIcon />, run: () => setJumping(true) },
    {
      label: t('threads.list'),
      icon: <ThreadIcon />,
      run: () => {
        navigate({ conversation, panel: 'threads' })
      },
    },
    ...(row === undefined
      ? []
      : [
          {
            label: row.pinned ? t('inbox.unpin') : t('inbox.pin'),
            icon: row.pinned ? <UnpinIcon /> : <PinIcon />,
            run: () => void engine.setPinned(conversation, !row.pinned),
          },
          ...muteMenu(engine, conversation, title, row),
          archiveItem(engine, row),
        ]),
  ]
  return (
    <>
      <Menu label={t('conversation.options')} icon={<MoreIcon />} items={items} />
      {jumping ? (
        <Late
          place="dialog"
          onClose={() => {
            setJumping(false)
          }}
        >
          <JumpToDate
            conversation={opened}
            onClose={() => {
              setJumping(false)
            }}
          />
        </Late>
      ) : null}
    </>
  )
}

function Subtitle({ state }: Pick<HeaderProps, 'state'>) {
  const { t } = useLanguage()
  if (!useIsOnline()) return <span className="conversation__sub conversation__sub--offline">{t('conversation.offline')}</span>
  if (state.peer !== null) return <LastSeen peer={state.peer} />
  return (
    <span className={state.topic === '' ? 'conversation__sub' : 'conversation__sub ends-cut'}>
      {t('conversation.members', { count: state.memberCount })}
      {state.topic === '' ? null : (
        <>
          {' · '}
          <bdi>{state.topic}</bdi>
        </>
      )}
    </span>
  )
}

function LastSeen({ peer }: { peer: UserId }) {
  const { t } = useLanguage()
  const words = usePresenceWords(peer)
  const state = useAvailability(peer)
  const person = usePerson(peer)
  if (person?.placeholder === true) return <span className="conversation__sub">{t('conversation.imported')}</span>
  if (words === '') return <span className="conversation__sub">{person === null ? '' : <bdi>@{person.handle}</bdi>}</span>
  return <span className={state === 'online' ? 'conversation__sub conversation__sub--online' : 'conversation__sub'}>{words}</span>
}
