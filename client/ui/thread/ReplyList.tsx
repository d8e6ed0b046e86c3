import type { KeyboardEvent } from 'react'
import { useCallback, useState } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import type { Thread, TimelineItem } from '../../sync/engine.ts'
import type { EntryProps } from '../conversation/Entry.tsx'
import { Entry } from '../conversation/Entry.tsx'
import { openMenuOnKey } from '../conversation/menuOnKey.ts'
import { lookOf } from '../conversation/look.ts'
import { chooseOnKey } from '../conversation/selection.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { dayNumber } from '../time/useNow.ts'
import { navigate } from '../useRoute.ts'
import type { ReadyThread } from './readyThread.ts'
import { quotedIn } from './readyThread.ts'
import { useReading } from './useReading.ts'
import { useShownReply, useWantedReply } from './useShownReply.ts'

type ReplyListProps = {
  thread: Thread
  state: ReadyThread
  /** The replies that draw something. */
  drawn: readonly TimelineItem[]
  entry: EntryId | undefined
  shared: Pick<EntryProps, 'conversation' | 'root' | 'selection' | 'onReply' | 'onEdit' | 'onSendAgain'>
}

/** The message, and under it its replies: of a long thread the last, and on request those before. */
export function ReplyList({ thread, state, drawn, entry, shared }: ReplyListProps) {
  const { t } = useLanguage()
  const [shown, setShown] = useState(PAGE)
  const { root, firstUnread } = state
  const unreadAt = firstUnread === null ? -1 : drawn.findIndex(({ id }) => id === firstUnread)
  // What is new is never among what is left out.
  const skipped = Math.max(0, Math.min(drawn.length - shown, unreadAt === -1 ? Infinity : unreadAt))
  const items = drawn.slice(skipped)
  const [list, end] = useReading({ thread, state, count: items.length, lastIsOwn: items.at(-1)?.own === true })
  const [wanted, jump] = useWantedReply(entry)
  const at = wanted === null ? -1 : drawn.findIndex(({ id }) => id === wanted.id)
  if (at !== -1 && at < skipped) setShown(drawn.length - at + PAGE)
  const flashed = useShownReply({ conversation: shared.conversation, wanted, index: wanted?.id === root.id ? 0 : at < skipped ? null : at + 1, list })
  const look = (index: number) => lookOf(index, { at: (other) => items[other], length: items.length, unreadFrom: unreadAt === -1 ? null : unreadAt - skipped, dayNumber })
  const all = { ...shared, size: drawn.length + 1, named: true }
  return (
    <div ref={list} className="thread__list" role="feed" aria-label={t('threads.title')} tabIndex={0} onKeyDown={walk}>
      <Root {...all} item={root} flashed={flashed === root.id} />
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
        <Entry key={item.id} {...all} {...(look(index) ?? ALONE)} item={item} index={skipped + index + 1} flashed={flashed === item.id} quoted={item.body.replyTo === undefined ? undefined : quotedIn(state, item.body.replyTo)} onJump={jump} />
      ))}
      <div ref={end} className="thread__end" />
    </div>
  )
}

/** What it quotes itself stands in the conversation. */
function Root(props: ReplyListProps['shared'] & Pick<EntryProps, 'item' | 'size' | 'named' | 'flashed'>) {
  const { item, conversation } = props
  const show = useCallback(
    (id: EntryId) => {
      navigate({ conversation: conversation.id, panel: null, entry: id })
    },
    [conversation],
  )
  return item.kind === 'annotation' ? null : <Entry {...props} {...ALONE} index={0} quoted={undefined} onJump={show} />
}

/** Arrow keys walk from one to the next, down to the field; Enter opens the menu. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-index]') ?? null
  chooseOnKey(event)
  if (event.key === 'Enter') openMenuOnKey(event)
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  event.preventDefault()
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-index]')]
  const at = focused === null ? entries.length : entries.indexOf(focused)
  const next = entries[at + (event.key === 'ArrowUp' ? -1 : 1)]
  if (next !== undefined) next.focus()
  else if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('.thread textarea')?.focus()
}

/** How the message stands, or a reply of which nothing is known: by itself. */
const ALONE = { day: null, unreadLine: false, startsGroup: true, endsGroup: true, late: false } as const

/** Drawn at once; longer threads are rare, and open at their end. */
const PAGE = 100
