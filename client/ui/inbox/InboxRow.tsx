import { memo } from 'react'
import type { UserId } from '../../../shared/ids.ts'
import type { Engine, InboxItem } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Avatar, PresentAvatar } from '../people/Avatar.tsx'
import { ClockIcon, MarkReadIcon, MoreIcon, MutedIcon, PinIcon, ThreadIcon, UnpinIcon } from '../parts/Icon.tsx'
import type { MenuItem } from '../parts/Menu.tsx'
import { Menu } from '../parts/Menu.tsx'
import { formatRoute } from '../route.ts'
import { unreadLabel } from '../shell/attention.ts'
import { NewThreads } from '../thread/NewThreads.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine, useIsBlocked, usePerson, useSelf } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import { archiveItem } from './archive.tsx'
import { muteMenu } from './muteMenu.tsx'
import type { Preview } from './preview.ts'
import { previewOf } from './preview.ts'

type InboxRowProps = { row: InboxItem; index: number; active: boolean }

export const InboxRow = memo(function InboxRow({ row, index, active }: InboxRowProps) {
  const { t } = useLanguage()
  const engine = useEngine()
  const preview = previewOf(row, useSelf().id, active)
  const isUnread = row.unread > 0
  return (
    <div className={`row ${active ? 'row--active' : ''} ${isUnread ? 'row--unread' : ''}`} data-index={index}>
      <a
        className="row__link"
        href={formatRoute({ conversation: row.conversation, panel: null })}
        aria-current={active ? 'page' : undefined}
        data-testid="inbox-row"
      >
        <RowAvatar row={row} />
        <span className="row__top">
          <span className="row__title" dir="auto">
            {row.title}
          </span>
          <RowTime preview={preview} />
        </span>
        <span className="row__bottom">
          <PreviewLine preview={preview} />
          {row.muted ? <MutedIcon className="row__flag" aria-label={t('inbox.muted')} /> : null}
          {row.pinned ? <PinIcon className="row__flag" aria-label={t('inbox.pinned')} /> : null}
          {row.mentions > 0 ? <Mentioned count={row.mentions} /> : null}
          <NewThreads row={row} />
          {isUnread ? <Unread count={row.unread} muted={row.muted} /> : null}
        </span>
      </a>
      <Menu label={t('inbox.more')} icon={<MoreIcon />} className="row__menu" items={() => rowMenu(engine, row)} />
    </div>
  )
})

function RowAvatar({ row }: { row: InboxItem }) {
  if (row.peer === undefined) return <Avatar id={row.conversation} name={row.title} picture={row.picture} group />
  return <PresentAvatar id={row.peer} name={row.title} />
}

function RowTime({ preview }: { preview: Preview }) {
  const { times } = useLanguage()
  const now = useNow()
  if (preview.type === 'empty' || preview.type === 'draft') return null
  return (
    <time className="row__time" dateTime={new Date(preview.at).toISOString()}>
      {times.short(preview.at, now)}
    </time>
  )
}

function PreviewLine({ preview }: { preview: Preview }) {
  const { t } = useLanguage()
  switch (preview.type) {
    case 'empty':
      return <span className="row__preview row__preview--empty">{t('inbox.noMessages')}</span>
    case 'draft':
      return (
        <span className="row__preview">
          <b className="row__draft">{t('inbox.draft')}</b> <PreviewText text={preview.text} />
        </span>
      )
    case 'pending':
      return (
        <span className="row__preview">
          <ClockIcon aria-label={t('inbox.waiting')} /> <PreviewText text={preview.text} />
        </span>
      )
    case 'erased':
      return <span className="row__preview row__preview--empty">{t('messages.erased')}</span>
    case 'last':
      return <LastSaid author={preview.author} text={preview.text} />
    default:
      return preview satisfies never
  }
}

/** What a blocked person wrote in a common group is folded here as it is there. */
function LastSaid({ author, text }: { author: 'self' | UserId | null; text: string }) {
  const { t } = useLanguage()
  const isBlocked = useIsBlocked(author === 'self' ? null : author)
  if (isBlocked) return <span className="row__preview row__preview--empty">{t('person.folded')}</span>
  return (
    <span className="row__preview">
      {author === null ? null : <Speaker author={author} />}
      <PreviewText text={text} />
    </span>
  )
}

function PreviewText({ text }: { text: string }) {
  return (
    <span className="row__text" dir="auto">
      {text}
    </span>
  )
}

function Speaker({ author }: { author: 'self' | UserId }) {
  const { t } = useLanguage()
  return author === 'self' ? <span className="row__speaker">{t('inbox.you')}: </span> : <SpeakerName id={author} />
}

function SpeakerName({ id }: { id: UserId }) {
  const person = usePerson(id)
  return person === null ? null : (
    <span className="row__speaker ends-cut">
      <bdi>{person.name}</bdi>:{' '}
    </span>
  )
}

function Mentioned({ count }: { count: number }) {
  const { t } = useLanguage()
  return (
    <span className="badge badge--mention" data-testid="mentioned">
      <span aria-hidden="true">@</span>
      <span className="unseen">{t('mentions.unread', { count })}</span>
    </span>
  )
}

function Unread({ count, muted }: { count: number; muted: boolean }) {
  const { t, number } = useLanguage()
  const label = unreadLabel(count, number)
  return (
    <span className={muted ? 'badge badge--muted' : 'badge'} data-testid="unread">
      <span aria-hidden="true">{label}</span>
      <span className="unseen">{t('inbox.unread', { label })}</span>
    </span>
  )
}

function rowMenu(engine: Engine, row: InboxItem): MenuItem[] {
  const { t } = currentLanguage()
  const id = row.conversation
  return [
    { label: row.pinned ? t('inbox.unpin') : t('inbox.pin'), icon: row.pinned ? <UnpinIcon /> : <PinIcon />, run: () => void engine.setPinned(id, !row.pinned) },
    ...muteMenu(engine, id, row.title, row),
    ...(row.threads.length > 0 ? [{ label: t('threads.list'), icon: <ThreadIcon />, run: () => navigate({ conversation: id, panel: 'threads' }) }] : []),
    archiveItem(engine, row),
    ...(row.unread > 0 || row.threads.length > 0 || row.mentions > 0 ? [{ label: t('inbox.markRead'), icon: <MarkReadIcon />, run: () => void engine.markAllRead(id) }] : []),
  ]
}
