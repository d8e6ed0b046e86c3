import type { ReactNode } from 'react'
import { useCallback, useState } from 'react'
import type { MessageBody } from '../../../shared/conversation/entry.ts'
import { replyContentOf } from '../../../shared/conversation/entry.ts'
import { may } from '../../../shared/conversation/membership.ts'
import type { EntryId } from '../../../shared/ids.ts'
import type { Conversation, Thread, TimelineItem } from '../../sync/engine.ts'
import { Announced } from '../conversation/Announcer.tsx'
import type { Intent } from '../conversation/Composer.tsx'
import { canEdit } from '../conversation/EntryActions.tsx'
import { ReadOnlyLine } from '../conversation/ReadOnlyLine.tsx'
import type { Selection } from '../conversation/selection.ts'
import { TypingLine } from '../conversation/TypingLine.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { useIsBlocked } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import type { ReadyThread } from './readyThread.ts'
import { quotedIn } from './readyThread.ts'
import { ReplyList } from './ReplyList.tsx'
import { ThreadComposer } from './ThreadComposer.tsx'

type RepliesProps = { conversation: Conversation; thread: Thread; state: ReadyThread; /** To be shown, if a particular one. */ entry: EntryId | undefined; selection: Selection }

/** The message, what was replied to it, and where one replies. */
export function ThreadReplies({ conversation, thread, state, entry, selection }: RepliesProps) {
  const [intent, setIntent] = useState<Intent | null>(null)
  const { onReply, onEdit } = useIntents(setIntent)
  const onSendAgain = useCallback((body: MessageBody) => void thread.reply(replyContentOf(body)), [thread])
  const drawn = state.replies.filter(({ kind }) => kind !== 'annotation')
  return (
    <>
      <ReplyList thread={thread} state={state} drawn={drawn} entry={entry} shared={{ conversation, root: thread.root, selection, onReply, onEdit, onSendAgain }} />
      <TypingLine place={thread} />
      <Foot conversation={conversation} ended={state.root.kind === 'erased'}>
        <ThreadComposer
          conversation={conversation}
          thread={thread}
          intent={intent}
          quoted={intent?.type === 'reply' ? quotedIn(state, intent.to) : undefined}
          onIntentEnd={() => {
            setIntent(null)
          }}
          onEditLast={() => {
            const last = drawn.findLast(canEdit)
            if (last !== undefined) onEdit(last)
            return last !== undefined
          }}
        />
      </Foot>
      <Announced item={drawn.at(-1)} />
    </>
  )
}

/** Where one replies, or why one does not. */
function Foot({ conversation, ended, children }: { conversation: Conversation; ended: boolean; children: ReactNode }) {
  const { t } = useLanguage()
  const state = useReadable(conversation.state)
  const isBlocked = useIsBlocked(state.state === 'ready' ? state.peer : null)
  if (ended) return <p className="thread__ended">{t('threads.ended')}</p>
  if (state.state !== 'ready' || isBlocked) return null
  return may(state, state.role, { type: 'write' }) ? children : <ReadOnlyLine kind={state.kind} />
}

function useIntents(onIntent: (intent: Intent) => void) {
  const onReply = useCallback(
    (to: EntryId) => {
      onIntent({ type: 'reply', to })
      document.querySelector<HTMLElement>('.thread .composer textarea')?.focus()
    },
    [onIntent],
  )
  const onEdit = useCallback(
    ({ id, body }: TimelineItem) => {
      onIntent({ type: 'edit', of: id, body })
    },
    [onIntent],
  )
  return { onReply, onEdit }
}
