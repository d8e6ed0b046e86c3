import type { KeyboardEvent, ReactNode } from 'react'
import { useCallback, useState } from 'react'
import type { Calling, MessageBody } from '../../../shared/conversation/entry.ts'
import { may } from '../../../shared/conversation/membership.ts'
import type { EntryId } from '../../../shared/ids.ts'
import type { Conversation, Thread, ThreadState, TimelineItem } from '../../sync/engine.ts'
import { Announced } from '../conversation/Announcer.tsx'
import type { EntryProps } from '../conversation/Entry.tsx'
import { Entry } from '../conversation/Entry.tsx'
import { canEdit, openMenu } from '../conversation/EntryActions.tsx'
import { lookOf } from '../conversation/look.ts'
import { TypingLine } from '../conversation/TypingLine.tsx'
import { ReadOnlyLine } from '../conversation/ReadOnlyLine.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { dayNumber } from '../time/useNow.ts'
import { useIsBlocked } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { navigate } from '../useRoute.ts'
import { ThreadComposer } from './ThreadComposer.tsx'
import { useReading } from './useReading.ts'
import { useShownReply } from './useShownReply.ts'

type Ready = Extract<ThreadState, { state: 'ready' }>

/** The message, what was replied to it, and where one replies. */
export function ThreadReplies({ conversation, thread, state, entry }: { conversation: Conversation; thread: Thread; state: Ready; entry: EntryId | undefined }) {
  const { t } = useLanguage()
  const [editing, setEditing] = useState<TimelineItem | null>(null)
  const [shown, setShown] = useState(PAGE)
  const { root, replies, firstUnread } = state
  const drawn = replies.filter(({ kind }) => kind !== 'annotation')
  const unreadAt = firstUnread === null ? -1 : drawn.findIndex(({ id }) => id === firstUnread)
  // What is new is never among what is left out.
  const skipped = Math.max(0, Math.min(drawn.length - shown, unreadAt === -1 ? Infinity : unreadAt))
  const items = drawn.slice(skipped)
  const [list, end] = useReading({ thread, state, count: items.length, lastIsOwn: items.at(-1)?.own === true })
  const shared = useShared(conversation, thread, setEditing)
  const at = entry === undefined ? -1 : drawn.findIndex(({ id }) => id === entry)
  if (at !== -1 && at < skipped) setShown(drawn.length - at + PAGE)
  const flashed = useShownReply({ conversation, entry, at, list })
  const look = (index: number) => lookOf(index, { at: (other) => items[other], length: items.length, unreadFrom: unreadAt === -1 ? null : unreadAt - skipped, dayNumber })
  return (
    <>
      <div ref={list} className="thread__list" role="feed" aria-label={t('threads.title')} tabIndex={0} onKeyDown={walk}>
        {root.kind === 'annotation' ? null : <Entry {...shared} {...ALONE} item={root} index={0} size={drawn.length + 1} onReply={null} onEdit={null} />}
        <div className="thread__line" role="presentation">
          {drawn.length === 0 ? <p>{t('threads.empty')}</p> : <span>{t('threads.replies', { count: root.thread?.count ?? 0 })}</span>}
        </div>
        {skipped === 0 ? null : (
          <button
            type="button"
            className="text-button thread__earlier"
            onClick={() => {
              setShown(shown + PAGE)
            }}
          >
            {t('threads.earlier')}
          </button>
        )}
        {items.map((item, index) => (
          <Entry key={item.id} {...shared} {...(look(index) ?? ALONE)} flashed={flashed === item.id} item={item} index={skipped + index + 1} size={drawn.length + 1} onReply={NO_QUOTE} />
        ))}
        <div ref={end} className="thread__end" />
      </div>
      <TypingLine place={thread} />
      <Foot conversation={conversation} ended={root.kind === 'erased'}>
        <ThreadComposer
          conversation={conversation}
          thread={thread}
          editing={editing}
          onEdit={setEditing}
          onEditLast={() => {
            const last = drawn.findLast(canEdit)
            if (last !== undefined) setEditing(last)
            return last !== undefined
          }}
        />
      </Foot>
      <Announced item={items.at(-1)} />
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

/** Sent again, it calls whom it called. */
function callingOf({ mentions, mentionsAll }: MessageBody): Calling {
  return { ...(mentions === undefined ? {} : { mentions }), ...(mentionsAll === undefined ? {} : { mentionsAll }) }
}

function useShared(conversation: Conversation, thread: Thread, onEdit: (item: TimelineItem) => void) {
  const sendAgain = useCallback((body: MessageBody) => void thread.reply(body.text, callingOf(body)), [thread])
  const jump = useCallback(
    (id: EntryId) => {
      navigate({ conversation: conversation.id, panel: null, entry: id })
    },
    [conversation],
  )
  return { conversation, root: thread.root, named: true, flashed: false, selection: null, onEdit, onJump: jump, onSendAgain: sendAgain } as const satisfies Partial<EntryProps>
}

/** Arrow keys walk from one to the next, down to the field; Enter opens the menu. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-index]') ?? null
  if (event.key === 'Enter' && event.target === focused) openMenu(event, focused)
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  event.preventDefault()
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-index]')]
  const at = focused === null ? entries.length : entries.indexOf(focused)
  const next = entries[at + (event.key === 'ArrowUp' ? -1 : 1)]
  if (next !== undefined) next.focus()
  else if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('.thread textarea')?.focus()
}

/** Replies are not quoted; that something is given says that the thread is open to more. */
function NO_QUOTE(): void {}

/** How the message stands, or a reply of which nothing is known: by itself. */
const ALONE = { day: null, unreadLine: false, startsGroup: true, endsGroup: true, late: false } as const

/** Drawn at once; longer threads are rare, and open at their end. */
const PAGE = 100
