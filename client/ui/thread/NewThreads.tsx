import { THREADS_UNREAD_MAX } from '../../../shared/limits.ts'
import type { Engine, InboxItem, ThreadNews } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { ThreadIcon } from '../parts/Icon.tsx'
import { useEngine } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'

/** Threads that this person follows, with something new; the muted ones only where there are no others. */
export function NewThreads({ row }: { row: InboxItem }) {
  const { t, number } = useLanguage()
  const { length: count } = toShow(row)
  const muted = row.muted || row.threads.every((thread) => thread.muted === true)
  if (count === 0) return null
  return (
    <span className={muted ? 'badge badge--threads badge--muted' : 'badge badge--threads'} data-testid="new-threads">
      <ThreadIcon aria-hidden="true" />
      <span aria-hidden="true">{count < THREADS_UNREAD_MAX ? number(count) : `${number(THREADS_UNREAD_MAX - 1)}+`}</span>
      <span className="unseen">{t('threads.new', { count })}</span>
    </span>
  )
}

/** In the head of the conversation on screen, where the message of such a thread may be far from what is drawn. */
export function NewThreadsButton({ row }: { row: InboxItem }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const threads = toShow(row)
  if (threads.length === 0) return null
  return (
    <button type="button" className="icon-button conversation__threads" title={t('threads.new', { count: threads.length })} onClick={() => void showNews(engine, row.conversation, threads)}>
      <NewThreads row={row} />
    </button>
  )
}

function toShow({ threads }: InboxItem): readonly ThreadNews[] {
  const loud = threads.filter(({ muted }) => muted !== true)
  return loud.length === 0 ? threads : loud
}

/** The only one at once; of several, or of one whose message this device does not hold, the list. */
async function showNews(engine: Engine, conversation: InboxItem['conversation'], [first, ...others]: readonly ThreadNews[]): Promise<void> {
  const root = first === undefined || others.length > 0 ? null : await engine.messageAt(conversation, first.root)
  navigate(root === null ? { conversation, panel: 'threads' } : { conversation, panel: null, thread: root.id })
}
