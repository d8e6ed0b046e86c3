import { memo, useState } from 'react'
import type { MessageBody } from '../../../shared/conversation/entry.ts'
import type { EntryId, UserId } from '../../../shared/ids.ts'
import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { colourOf } from '../people/avatar.ts'
import { PersonAvatar } from '../people/Avatar.tsx'
import { showPerson } from '../people/cards.ts'
import { useNow } from '../time/useNow.ts'
import { useIsBlocked, usePerson } from '../useEngine.ts'
import { ClockIcon, ForwardMessageIcon, PinIcon, SaveIcon } from '../parts/Icon.tsx'
import { EntryActions } from './EntryActions.tsx'
import { Erased } from './Erased.tsx'
import { EventLine } from './EventLine.tsx'
import { Folded } from './Folded.tsx'
import type { Look } from './look.ts'
import { MarkIcon } from './MarkIcon.tsx'
import { Choice, NoChoice } from './Choice.tsx'
import { MentionContext } from './MentionText.tsx'
import { MessageText } from './MessageText.tsx'
import { Quote, QuoteButton } from './Quote.tsx'
import { Reactions } from './Reactions.tsx'
import { RefusedNote } from './RefusedNote.tsx'
import type { Selection } from './selection.ts'
import { isEmojiOnly } from './text.ts'
import { useMentionNames } from './useMentionNames.ts'
import { ThreadChip } from '../thread/ThreadChip.tsx'
import { Edited } from './Versions.tsx'
import './Entry.css'

export type EntryProps = Look & {
  item: TimelineItem
  index: number
  size: number
  conversation: Conversation
  /** Of the thread in which it is shown, the message; null: in the timeline, where a message shows that it has a thread. */
  root: EntryId | null
  /** In a thread, what it quotes, if that is at hand; in the timeline it is looked for. */
  quoted: TimelineItem | undefined
  /** Shows authors: a direct conversation needs no names. */
  named: boolean
  flashed: boolean
  /** Null where nothing can be chosen. */
  selection: Selection | null
  onReply: ((id: EntryId) => void) | null
  onEdit: ((item: TimelineItem) => void) | null
  onJump: (id: EntryId, index: number) => void
  /** What was refused and discarded, after all. */
  onSendAgain: (body: MessageBody) => void
}

export const Entry = memo(function Entry(props: EntryProps) {
  const { t, times } = useLanguage()
  const { size, ...rest } = props
  const { item, index, day, unreadLine, startsGroup, endsGroup, flashed } = rest
  const author = usePerson(item.author)
  const name = item.own ? t('conversation.you') : (author?.name ?? t('conversation.someone'))
  const side = item.own ? 'own' : 'other'
  const shape = `${startsGroup ? 'entry--first' : ''} ${endsGroup ? 'entry--last' : ''}`
  return (
    <>
      {day === null ? null : <DayLine at={day} />}
      {unreadLine ? (
        <div className="unread-line" data-testid="unread-line">
          <span>{t('conversation.unreadLine')}</span>
        </div>
      ) : null}
      <article
        className={`entry entry--${side} entry--${item.mark.state} ${shape} ${flashed ? 'entry--flashed' : ''}`}
        aria-label={t('conversation.entryLabel', { name, clock: times.clock(item.at) })}
        aria-posinset={index + 1}
        aria-setsize={size}
        tabIndex={-1}
        data-index={index}
        data-testid="entry"
      >
        {props.selection === null ? null : item.kind === 'message' ? <Choice id={item.id} selection={props.selection} /> : <NoChoice selection={props.selection} />}
        <Body {...rest} name={author?.name ?? t('conversation.someone')} />
      </article>
    </>
  )
})

type BodyProps = Omit<EntryProps, 'size'> & { name: string }

/** Memo: each arrival changes how many there are, and nothing else about the entries that stood there. */
const Body = memo(function Body(props: BodyProps) {
  const isBlocked = useIsBlocked(props.item.author)
  const [shown, setShown] = useState(false)
  if (props.item.event !== null) return <EventLine item={props.item} event={props.item.event} />
  if (props.item.kind === 'erased') {
    return (
      <Erased item={props.item} named={props.named}>
        <ThreadChip {...props} />
        <RefusedNote {...props} />
      </Erased>
    )
  }
  if (props.named && isBlocked && !shown) {
    return (
      <Folded
        onShow={() => {
          setShown(true)
        }}
      />
    )
  }
  switch (props.item.body.style) {
    case 'notice':
      return <p className="entry__notice" dir="auto">{props.item.body.text}</p>
    case 'action':
      return <ActionLine {...props} />
    case undefined:
      return <Message {...props} />
    default:
      return props.item.body.style satisfies never
  }
})

function ActionLine(props: BodyProps) {
  const { item, name } = props
  return (
    <div className="entry__line">
      <div className="entry__action">
        <Quoted {...props} />
        <p dir="auto">
          <b className={`colour-${colourOf(item.author)}`}>{name}</b> <MessageText text={item.body.text} oneLine />
          <Meta item={item} late={props.late} />
        </p>
      </div>
      <EntryActions {...props} />
      <ThreadChip {...props} />
      <RefusedNote {...props} />
    </div>
  )
}

function Message(props: BodyProps) {
  const { item, name, named, startsGroup } = props
  const showsName = named && !item.own && startsGroup
  const large = item.body.replyTo === undefined && isEmojiOnly(item.body.text)
  return (
    <>
      {named && !item.own ? <span className="entry__face">{startsGroup ? <Face id={item.author} name={name} /> : null}</span> : null}
      <div className="entry__line">
        <div className={large ? 'bubble bubble--emoji' : 'bubble'}>
          {showsName ? (
            <div className={`bubble__name colour-${colourOf(item.author)}`} dir="auto">
              <button
                type="button"
                className="who"
                tabIndex={-1}
                onClick={() => {
                  showPerson(item.author)
                }}
              >
                {name}
              </button>
            </div>
          ) : null}
          {item.body.forwarded === true ? (
            <span className="bubble__forwarded">
              <ForwardMessageIcon className="flips" /> <ForwardedWord />
            </span>
          ) : null}
          <Quoted {...props} />
          {/* Emoji have no direction: they stand where the screens begin. */}
          <div className="bubble__body" dir={large ? undefined : 'auto'}>
            <Said body={item.body} />
            <Meta item={item} late={props.late} />
          </div>
        </div>
        <EntryActions {...props} />
        <Reactions {...props} />
        <ThreadChip {...props} />
        <RefusedNote {...props} />
      </div>
    </>
  )
}

function Quoted({ item, conversation, root, quoted, onJump }: BodyProps) {
  const { replyTo } = item.body
  if (replyTo === undefined) return null
  // The message of a thread stands in its conversation, and so does what it quotes.
  if (root === null || root === item.id) return <Quote timeline={conversation.timeline} id={replyTo} onJump={onJump} />
  return <QuoteButton item={quoted} disabled={quoted === undefined} onPress={() => onJump(replyTo, NOWHERE)} />
}

/** A thread finds its replies by their ids. */
const NOWHERE = -1

function Said({ body }: { body: MessageBody }) {
  const names = useMentionNames(body)
  const text = <MessageText text={body.text} />
  return names === null ? text : <MentionContext value={names}>{text}</MentionContext>
}

/** For the pointer alone: the name beside it does the same. */
function Face({ id, name }: { id: UserId; name: string }) {
  return (
    <button
      type="button"
      className="who"
      tabIndex={-1}
      aria-hidden="true"
      onClick={() => {
        showPerson(id)
      }}
    >
      <PersonAvatar id={id} name={name} size="small" />
    </button>
  )
}

/** When it was written, and how far it has come. */
function Meta({ item, late }: { item: TimelineItem; late: boolean }) {
  const { direction, t, times } = useLanguage()
  return (
    <span className="meta">
      {item.pinned ? <PinIcon className="meta__flag" aria-label={t('messages.isPinned')} /> : null}
      {item.saved ? <SaveIcon className="meta__flag" aria-label={t('messages.isSaved')} /> : null}
      <Edited item={item} />
      {/* In the direction of the screens, whatever the text beside it is written in. */}
      <time dateTime={new Date(item.at).toISOString()} dir={direction}>
        {late ? <Written at={item.at} /> : times.clock(item.at)}
      </time>
      {item.waiting?.refusal === null ? <ClockIcon className="meta__changing" aria-label={t('conversation.changing')} /> : null}
      {item.own ? <MarkIcon mark={item.mark} /> : null}
    </span>
  )
}

function ForwardedWord() {
  return useLanguage().t('messages.isForwarded')
}

function Written({ at }: { at: number }) {
  const { t, times } = useLanguage()
  return t('conversation.written', { moment: times.moment(at, useNow()) })
}

function DayLine({ at }: { at: number }) {
  const { times } = useLanguage()
  const now = useNow()
  return (
    <div className="day-line">
      <span className="pill">{times.day(at, now)}</span>
    </div>
  )
}

/** An entry that is not on this device yet; about as high as most. */
export function EntryHole({ index }: { index: number }) {
  return (
    <div className={`hole hole--${index % 5}`} aria-hidden="true">
      <span />
    </div>
  )
}
