import { useMemo } from 'react'
import type { ConversationId, EntryId } from '../../../shared/ids.ts'
import type { Conversation, Thread, ThreadState } from '../../sync/engine.ts'
import { Selection } from '../conversation/selection.ts'
import { useConversation } from '../conversation/useConversation.ts'
import { useTitle } from '../conversation/useTitle.ts'
import { muteItems } from '../inbox/muteMenu.tsx'
import { currentLanguage } from '../language/language.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { BackIcon, CloseIcon, MoreIcon, MutedIcon, ShowInPlaceIcon, UnmuteIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Late } from '../parts/Late.tsx'
import { later } from '../parts/later.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { Menu } from '../parts/Menu.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { sentLater } from '../unsent/kept.ts'
import { useEngine, useIsOnline } from '../useEngine.ts'
import { ONE_PANE, useMedia } from '../useMedia.ts'
import { useReadable } from '../useReadable.ts'
import { navigate } from '../useRoute.ts'
import { ThreadReplies } from './ThreadReplies.tsx'
import { useThread } from './useThread.ts'
import './ThreadPane.css'

const SelectionBar = later(async () => (await import('../conversation/SelectionBar.tsx')).SelectionBar)

/** Beside its conversation where there is room, over it elsewhere. `entry`: the reply to be shown, if a particular one. */
export function ThreadPane({ conversation: id, root, entry }: { conversation: ConversationId; root: EntryId; entry: EntryId | undefined }) {
  const { t } = useLanguage()
  const conversation = useConversation(id)
  return (
    <aside className="thread" aria-label={t('threads.title')}>
      {conversation === null ? null : <OpenThread conversation={conversation} root={root} entry={entry} />}
    </aside>
  )
}

function OpenThread({ conversation, root, entry }: { conversation: Conversation; root: EntryId; entry: EntryId | undefined }) {
  const thread = useThread(conversation, root)
  return thread === null ? null : <ThreadOf conversation={conversation} thread={thread} entry={entry} />
}

function ThreadOf({ conversation, thread, entry }: { conversation: Conversation; thread: Thread; entry: EntryId | undefined }) {
  const { t } = useLanguage()
  const state = useReadable(thread.state)
  const isOnline = useIsOnline()
  const selection = useMemo(() => new Selection(), [])
  const chosen = useReadable(selection.chosen)
  return (
    <>
      {chosen === null || state.state !== 'ready' ? (
        <Header conversation={conversation} thread={thread} state={state} />
      ) : (
        <Late place="line"><SelectionBar conversation={conversation} selection={selection} chosen={chosen} itemsOf={(ids) => [state.root, ...state.replies].filter(({ id }) => ids.has(id))} /></Late>
      )}
      {state.state === 'ready' ? (
        <ThreadReplies conversation={conversation} thread={thread} state={state} entry={entry} selection={selection} />
      ) : (
        <div className="empty" aria-busy={state.state === 'loading' && isOnline}>
          <p>{state.state === 'missing' || !isOnline ? t('threads.missing') : t('conversation.loading')}</p>
        </div>
      )}
    </>
  )
}

function Header({ conversation, thread, state }: { conversation: Conversation; thread: Thread; state: ThreadState }) {
  const { t } = useLanguage()
  const onePane = useMedia(ONE_PANE)
  return (
    <header className="thread__head">
      <IconButton
        label={t('threads.close')}
        icon={onePane ? <BackIcon className="flips" /> : <CloseIcon />}
        onClick={() => {
          navigate({ conversation: conversation.id, panel: null }, 'replace')
        }}
      />
      <span className="thread__names">
        <h2>{t('threads.title')}</h2>
        <span className="thread__about">
          <Title conversation={conversation} />
          {state.state === 'ready' && state.following && state.muted ? <MutedIcon className="thread__flag" aria-label={t('inbox.muted')} /> : null}
        </span>
      </span>
      {state.state === 'ready' ? <Follow thread={thread} following={state.following} /> : null}
      <IconButton
        label={t('threads.show')}
        icon={<ShowInPlaceIcon />}
        onClick={() => {
          navigate({ conversation: conversation.id, panel: null, entry: thread.root })
        }}
      />
      {state.state === 'ready' && state.following ? <Menu label={t('threads.options')} icon={<MoreIcon />} items={() => muteThread(thread, state)} /> : null}
    </header>
  )
}

function muteThread(thread: Thread, { muted, silenced }: { muted: boolean; silenced: boolean }): MenuItem[] {
  const { t } = currentLanguage()
  return muteItems({ muted, silenced, toast: t('threads.muted'), setMuted: (until) => thread.setMuted(until), setSilenced: (on) => thread.setSilenced(on) })
}

function Title({ conversation }: { conversation: Conversation }) {
  const state = useReadable(conversation.state)
  return state.state === 'ready' ? <ReadyTitle state={state} /> : null
}

function ReadyTitle({ state }: { state: Parameters<typeof useTitle>[0] }) {
  return (
    <span className="thread__title" dir="auto">
      {useTitle(state)}
    </span>
  )
}

function Follow({ thread, following }: { thread: Thread; following: boolean }) {
  const language = useLanguage()
  const { t } = language
  const engine = useEngine()
  async function set(on: boolean) {
    const answer = await thread.follow(on)
    if (!answer.ok) {
      toasts.show(refusalWords(answer.refusal, language), { tone: 'danger' })
      return
    }
    toasts.show(sentLater(engine, on ? t('threads.followed') : t('threads.left')), { action: { label: t('conversation.undo'), run: () => void set(!on) } })
  }
  return <IconButton label={t('threads.follow')} aria-pressed={following} icon={following ? <UnmuteIcon /> : <MutedIcon />} onClick={() => void set(!following)} />
}
