import type { UserId } from '../../../shared/ids.ts'
import type { ThreadNews } from '../../sync/engine.ts'
import type { EntryProps } from '../conversation/Entry.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { AlertIcon, ThreadIcon } from '../parts/Icon.tsx'
import { Avatar } from '../people/Avatar.tsx'
import { formatRoute } from '../route.ts'
import { useNow } from '../time/useNow.ts'
import { usePerson, useRow } from '../useEngine.ts'
import './ThreadChip.css'

/** Under a message that was replied to: by whom, how often, and when last. */
export function ThreadChip({ item, conversation, root }: Pick<EntryProps, 'item' | 'conversation' | 'root'>) {
  const { t, times } = useLanguage()
  const now = useNow()
  const news = useNews({ item, conversation })
  const { thread } = item
  if (thread === null || root !== null) return null
  return (
    <div className="thread-chip">
      <a className="thread-chip__link" href={formatRoute({ conversation: conversation.id, panel: null, thread: item.id })} data-testid="thread-chip">
        {thread.authors.length === 0 ? <ThreadIcon aria-hidden="true" /> : <Faces authors={thread.authors} />}
        <span className="thread-chip__count">{t('threads.replies', { count: thread.count })}</span>
        <span className="thread-chip__last">{t('threads.last', { moment: times.moment(thread.lastAt, now) })}</span>
        {news === undefined ? null : <span className={news.muted === true ? 'thread-chip__new thread-chip__new--muted' : 'thread-chip__new'} role="img" aria-label={t('threads.hasNew')} />}
        {thread.refused ? <AlertIcon className="thread-chip__refused" aria-label={t('threads.notSent')} /> : null}
      </a>
    </div>
  )
}

/** Who replied last stands first. */
function Faces({ authors }: { authors: readonly UserId[] }) {
  return (
    <span className="thread-chip__faces">
      {authors.slice(0, FACES).map((author) => (
        <Face key={author} id={author} />
      ))}
    </span>
  )
}

function Face({ id }: { id: UserId }) {
  const { t } = useLanguage()
  return <Avatar id={id} name={usePerson(id)?.name ?? t('conversation.someone')} size="small" />
}

function useNews({ item, conversation }: Pick<EntryProps, 'item' | 'conversation'>): ThreadNews | undefined {
  const row = useRow(conversation.id)
  const { mark } = item
  return 'seq' in mark ? row?.threads.find(({ root }) => root === mark.seq) : undefined
}

const FACES = 3
