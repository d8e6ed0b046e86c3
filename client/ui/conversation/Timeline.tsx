import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { Virtualizer } from 'virtua'
import type { ConversationKind } from '../../../shared/conversation/membership.ts'
import type { MessageBody } from '../../../shared/conversation/entry.ts'
import type { EntryId } from '../../../shared/ids.ts'
import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { LatestIcon } from '../parts/Icon.tsx'
import { Pennant } from '../parts/Logo.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { unreadLabel } from '../shell/attention.ts'
import { dayNumber, useNow } from '../time/useNow.ts'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { useFrames } from '../useFrames.ts'
import { navigate } from '../useRoute.ts'
import { Entry, EntryHole } from './Entry.tsx'
import { lookOf } from './look.ts'
import { isReading, onReading } from './reading.ts'
import { windowEnd } from './listWindow.ts'
import { openMenuOnKey } from './menuOnKey.ts'
import { TimelineScroller } from './scroller.ts'
import type { Selection } from './selection.ts'
import { chooseOnKey } from './selection.ts'
import './Timeline.css'

type TimelineProps = {
  conversation: Conversation
  kind: ConversationKind
  unread: number
  /** What stands there until somebody writes; null: no messages are no beginning. */
  beginning: ReactNode
  selection: Selection | null
  /** The message that the address names. */
  entry?: EntryId | undefined
  /** null: nothing can be answered here (any more). */
  onReply: ((id: EntryId) => void) | null
  onEdit: ((item: TimelineItem) => void) | null
}

export function Timeline({ conversation, kind, unread, beginning, selection, entry, onReply, onEdit }: TimelineProps) {
  const { timeline } = conversation
  // Its version changes whenever an entry in memory did, so this draws them anew.
  const { head, length, firstUnread } = useFrames(timeline)
  const scroller = useScroller(conversation)
  const from = useReadable(scroller.from)
  const [box, list] = useFollow(scroller)
  const [flashed, setFlashed] = useState<EntryId | null>(null)
  const data = useMemo(() => ({ length: windowEnd(from, length) - from }), [from, length])
  const jump = useCallback(
    (id: EntryId, index: number) => {
      setFlashed(id)
      scroller.jumpTo(index)
    },
    [scroller],
  )
  useShown(entry, conversation, jump)
  const sendAgain = useCallback((body: MessageBody) => void conversation.send(body), [conversation])
  const shared = { conversation, root: null, quoted: undefined, selection, size: head, named: kind !== 'direct', onReply, onEdit, onJump: jump, onSendAgain: sendAgain } as const
  const unreadFrom = firstUnread === null ? null : firstUnread - 1
  return (
    <div className="timeline">
      {beginning}
      <ScrollBox box={box} scroller={scroller} timeline={timeline}>
        <Virtualizer key={from} ref={list} scrollRef={box} data={data} bufferSize={BUFFER_PX} onScroll={scroller.moved} onScrollEnd={scroller.rested} onResize={scroller.settle}>
          {(_, place) => {
            const index = from + place
            const item = timeline.at(index)
            if (item?.kind === 'annotation') return <div key={item.id} className="entry-elsewhere" />
            const look = lookOf(index, { at: (other) => timeline.at(other), length, unreadFrom, dayNumber })
            if (item === undefined || look === null) return <EntryHole key={`hole-${index}`} index={index} />
            return <Entry key={item.id} {...look} {...shared} item={item} index={index} flashed={flashed === item.id} />
          }}
        </Virtualizer>
      </ScrollBox>
      {length === 0 ? (beginning === null ? <NoMessages /> : null) : <DayPill scroller={scroller} conversation={conversation} />}
      <LatestButton scroller={scroller} unread={unread} />
    </div>
  )
}

type ScrollBoxProps = {
  box: RefObject<HTMLDivElement | null>
  scroller: TimelineScroller
  timeline: Conversation['timeline']
  children: ReactNode
}

function ScrollBox({ box, scroller, timeline, children }: ScrollBoxProps) {
  const { t } = useLanguage()
  return (
    <div
      ref={box}
      className="timeline__scroll"
      role={timeline.get().length === 0 ? 'group' : 'feed'}
      aria-label={t('conversation.messages')}
      tabIndex={0}
      onWheel={scroller.grabbed}
      onTouchMove={scroller.grabbed}
      onPointerDown={(event) => {
        // The scroll bar belongs to the box itself.
        if (event.target === event.currentTarget) scroller.grabbed()
      }}
      onKeyDown={(event) => {
        walk(event, scroller, timeline)
      }}
    >
      <div className="timeline__spring" />
      {children}
    </div>
  )
}

function NoMessages() {
  const { t } = useLanguage()
  return (
    <div className="empty empty--over">
      <Pennant size={72} />
      <h2>{t('conversation.emptyTitle')}</h2>
      <p>{t('conversation.emptyHint')}</p>
    </div>
  )
}

/** The day of what is at the top, over the entries. */
function DayPill({ scroller, conversation }: { scroller: TimelineScroller; conversation: Conversation }) {
  const { times } = useLanguage()
  const { first, last, atLatest } = useReadable(scroller.state)
  const now = useNow()
  const item = conversation.timeline.at(first)
  const above = conversation.timeline.at(first - 1)
  if (item === undefined || (first === 0 && atLatest) || last < 0) return null
  // Its own day line stands there already.
  if (above !== undefined && dayNumber(above.at) !== dayNumber(item.at)) return null
  return (
    <div className="timeline__day" aria-hidden="true">
      <span key={first} className="pill">{times.day(item.at, now)}</span>
    </div>
  )
}

function LatestButton({ scroller, unread }: { scroller: TimelineScroller; unread: number }) {
  const { t, number } = useLanguage()
  const { atLatest } = useReadable(scroller.state)
  if (atLatest) return null
  const label = unread === 0 ? t('conversation.latest') : t('conversation.latestUnread', { label: unreadLabel(unread, number) })
  return (
    <button type="button" className="timeline__latest" aria-label={label} title={t('conversation.latest')} onClick={scroller.jumpToLatest}>
      <LatestIcon />
      {unread === 0 ? null : <span className="badge">{unreadLabel(unread, number)}</span>}
    </button>
  )
}

/** Shows the message that the address names, once for each time it does; a reply is shown in its thread. */
function useShown(entry: EntryId | undefined, { id: conversation, timeline }: Conversation, jump: (id: EntryId, index: number) => void): void {
  const { t } = useLanguage()
  const engine = useEngine()
  useEffect(() => {
    if (entry === undefined) return undefined
    let outdated = false
    async function show(id: EntryId) {
      const index = await timeline.indexOf(id)
      if (outdated) return
      if (index === null) {
        toasts.show(t('messages.notFound'))
        return
      }
      await timeline.load(index, index + 1)
      const thread = timeline.at(index)?.kind === 'annotation' ? ((await engine.message(conversation, id))?.thread ?? null) : null
      if (outdated) return
      if (thread === null) jump(id, index)
      else navigate({ conversation, panel: null, thread, entry: id }, 'replace')
    }
    void show(entry)
    return () => {
      outdated = true
    }
    // oxlint-disable-next-line react/exhaustive-deps -- Not again when the language changes.
  }, [entry, conversation, engine, timeline, jump])
}

function useScroller(conversation: Conversation): TimelineScroller {
  const scroller = useMemo(
    () =>
      new TimelineScroller({
        timeline: conversation.timeline,
        markRead: (seq) => void conversation.markRead(seq),
        isReading,
      }),
    [conversation],
  )
  useEffect(() => onReading(scroller.read), [scroller])
  return scroller
}

/** Ties the scroller to the list on screen, and lets it hold on whenever entries or the size of the box change. */
function useFollow(scroller: TimelineScroller) {
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  // After each render: entries are new or changed, or the list was made anew.
  useEffect(() => {
    scroller.attach(list.current)
  })
  useEffect(
    () => () => {
      scroller.attach(null)
    },
    [scroller],
  )
  useEffect(() => {
    const observer = new ResizeObserver(scroller.settle)
    if (box.current !== null) observer.observe(box.current)
    return () => {
      observer.disconnect()
    }
  }, [scroller])
  return [box, list] as const
}

/** Arrow keys walk from entry to entry, Enter opens an entry's menu, Home and End go to the first and the latest. */
function walk(event: KeyboardEvent<HTMLElement>, scroller: TimelineScroller, timeline: Conversation['timeline']): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-index]')
  if (event.key === 'End') scroller.jumpToLatest()
  else if (event.key === 'Home') scroller.jumpTo(0)
  else scroller.grabbed()
  if (event.key === 'End' || event.key === 'Home') event.preventDefault()
  chooseOnKey(event)
  if (event.key === 'Enter') openMenuOnKey(event)
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  event.preventDefault()
  const from = focused === null || focused === undefined ? scroller.state.get().last + 1 : Number(focused.dataset['index'])
  const step = event.key === 'ArrowUp' ? -1 : 1
  let to = from + step
  while (timeline.at(to)?.kind === 'annotation') to += step
  if (to >= timeline.get().length) {
    document.querySelector<HTMLElement>('.composer textarea')?.focus()
    return
  }
  if (to < 0) return
  const box = event.currentTarget
  scroller.reveal(to)
  requestAnimationFrame(() => {
    box.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus()
  })
}

/** Drawn beyond the edges, so that a fast wheel does not outrun the drawing. */
const BUFFER_PX = 600
