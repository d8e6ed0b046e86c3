import type { ConversationId, UserId } from '../../../shared/ids.ts'
import { Seq } from '../../../shared/ids.ts'
import type { ThreadView } from '../../../shared/protocol/api.ts'
import type { InboxItem, ThreadNews } from '../../sync/engine.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { withoutMarks } from '../markdown/withoutMarks.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { unreadLabel } from '../shell/attention.ts'
import { useNow } from '../time/useNow.ts'
import { useEngine, usePerson, useRow } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import { useThreadPages } from './useThreadPages.ts'
import '../conversation/PinnedBar.css'

/** The threads of a conversation that this person follows, the last replied to first. */
export function ThreadList({ conversation, onClose }: { conversation: ConversationId; onClose: () => void }) {
  const language = useLanguage()
  const { t } = language
  const engine = useEngine()
  const { threads, more, isWhole, refusal, load } = useThreadPages(engine, conversation)
  const row = useRow(conversation)
  return (
    <Dialog title={t('threads.list')} onClose={onClose}>
      {threads.length === 0 && refusal === null ? (
        <div className="empty empty--small">
          <p>{more ? t('conversation.loading') : t('threads.listNone')}</p>
        </div>
      ) : null}
      <ul className="message-list">
        {threads.map((thread) => (
          <li key={thread.root.id}>
            <ThreadRow conversation={conversation} thread={thread} isNew={isNew(thread, row)} muted={row?.muted === true || newsOf(thread, row)?.muted === true} />
          </li>
        ))}
      </ul>
      {isWhole ? null : <p className="prose" role="status">{t('threads.listPart')}</p>}
      {refusal === null ? null : <p className="prose" role="alert">{refusalWords(refusal, language)}</p>}
      {refusal === null && isWhole && (!more || threads.length === 0) ? null : (
        <button type="button" className="button button--wide" onClick={load}>
          {refusal === null && isWhole ? t('threads.listMore') : t('threads.tryAgain')}
        </button>
      )}
    </Dialog>
  )
}

/** As this device knows, which may have read it since the list came. */
function isNew({ root, unread }: ThreadView, row: InboxItem | undefined): boolean {
  // What calls the person by an edit is new as well, though no reply is.
  return row === undefined ? unread > 0 : newsOf({ root }, row) !== undefined
}

function newsOf({ root }: Pick<ThreadView, 'root'>, row: InboxItem | undefined): ThreadNews | undefined {
  return row?.threads.find((thread) => thread.root === Seq.parse(root.seq))
}

type ThreadRowProps = { conversation: ConversationId; thread: ThreadView; isNew: boolean; muted: boolean }

function ThreadRow({ conversation, thread, isNew: hasNew, muted }: ThreadRowProps) {
  const { t, times, number } = useLanguage()
  const now = useNow()
  const { root, last, replies, unread } = thread
  return (
    <button
      type="button"
      className="message-list__one"
      onClick={() => {
        navigate({ conversation, panel: null, thread: root.id }, 'replace')
      }}
    >
      <span className="message-list__top">
        <span className="message-list__name" dir="auto">{textIn(root, t('messages.erased'))}</span>
        <time dateTime={new Date(last.at).toISOString()}>{times.stamp(last.at, now)}</time>
      </span>
      <span className="message-list__text" dir="auto">
        <Author id={last.author} />
        {textIn(last, t('messages.erased'))}
      </span>
      <span className="message-list__text">
        {t('threads.replies', { count: replies })}
        {hasNew ? <span className={muted ? 'badge badge--inline badge--muted' : 'badge badge--inline'}>{t('threads.unread', { label: unreadLabel(Math.max(1, unread), number) })}</span> : null}
      </span>
    </button>
  )
}

function Author({ id }: { id: UserId }) {
  const author = usePerson(id)
  return author === null ? null : <bdi>{author.name}: </bdi>
}

function textIn(entry: ThreadView['root'], erased: string): string {
  const text = 'text' in entry.body ? entry.body.text : ''
  return text === '' ? erased : withoutMarks(text)
}
