import { useCallback, useMemo, useState } from 'react'
import { may } from '../../../shared/conversation/membership.ts'
import type { ConversationId, EntryId } from '../../../shared/ids.ts'
import type { Conversation, ConversationState, TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Late } from '../parts/Late.tsx'
import { later } from '../parts/later.ts'
import { Pennant } from '../parts/Logo.tsx'
import { useIsBlocked, useIsOnline } from '../useEngine.ts'
import { ONE_PANE, useMedia } from '../useMedia.ts'
import { useFrames } from '../useFrames.ts'
import { useReadable } from '../useReadable.ts'
import { navigate, useRoute } from '../useRoute.ts'
import { Announcer } from './Announcer.tsx'
import { BlockedNotice } from './BlockedNotice.tsx'
import type { Intent } from './Composer.tsx'
import { Composer } from './Composer.tsx'
import { canEdit } from './EntryActions.tsx'
import { ConversationHeader } from './ConversationHeader.tsx'
import { PinnedBar } from './PinnedBar.tsx'
import { chosenInTimeline, Selection } from './selection.ts'
import { ReadOnlyLine } from './ReadOnlyLine.tsx'
import { Timeline } from './Timeline.tsx'
import { TypingLine } from './TypingLine.tsx'
import { useConversation } from './useConversation.ts'
import { useTitle } from './useTitle.ts'
import './ConversationPane.css'

const AskingLine = later(async () => (await import('./Asking.tsx')).AskingLine)
const Beginning = later(async () => (await import('./Beginning.tsx')).Beginning)
const Leftovers = later(async () => (await import('./Leftovers.tsx')).Leftovers)
const SelectionBar = later(async () => (await import('./SelectionBar.tsx')).SelectionBar)

export function ConversationPane({ id }: { id: ConversationId }) {
  const conversation = useConversation(id)
  return conversation === null ? null : <OpenConversation conversation={conversation} />
}

function OpenConversation({ conversation }: { conversation: Conversation }) {
  const state = useFrames(conversation.state)
  switch (state.state) {
    case 'loading':
      return <Loading />
    case 'gone':
      return <Gone conversation={conversation} reason={state.words} />
    case 'ready':
      return <Ready conversation={conversation} state={state} />
    default:
      return state satisfies never
  }
}

type ReadyState = Extract<ConversationState, { state: 'ready' }>

function Ready({ conversation, state }: { conversation: Conversation; state: ReadyState }) {
  const [intent, setIntent] = useState<Intent | null>(null)
  const title = useTitle(state)
  const route = useRoute()
  const selection = useMemo(() => new Selection(), [])
  const chosen = useReadable(selection.chosen)
  const isBlocked = useIsBlocked(state.peer)
  const { timeline } = conversation
  const reply = useCallback((to: EntryId) => {
    setIntent({ type: 'reply', to })
    document.querySelector<HTMLElement>('.composer textarea')?.focus()
  }, [])
  const edit = useCallback(({ id, body }: TimelineItem) => {
    setIntent({ type: 'edit', of: id, body })
  }, [])
  return (
    <section className="conversation" aria-label={title}>
      {chosen === null ? <ConversationHeader conversation={conversation} state={state} title={title} /> : <Late place="line"><SelectionBar conversation={conversation} selection={selection} chosen={chosen} itemsOf={(ids) => chosenInTimeline(timeline, ids)} /></Late>}
      {state.asking === null ? null : <Late place="line"><AskingLine conversation={conversation.id} count={state.asking.count} /></Late>}
      <PinnedBar
        conversation={conversation}
        onShow={({ id, kind, body }) => {
          navigate({ conversation: conversation.id, panel: null, entry: id, ...(kind === 'reply' ? { thread: body.of } : {}) }, 'replace')
        }}
      />
      <Timeline conversation={conversation} kind={state.kind} unread={state.unread} beginning={state.isNew ? <Late place="line"><Beginning conversation={conversation} state={state} /></Late> : null} selection={selection} entry={route.thread === undefined ? route.entry : undefined} onReply={reply} onEdit={edit} />
      <TypingLine place={conversation} />
      {state.peer !== null && isBlocked ? (
        <BlockedNotice peer={state.peer} name={title} />
      ) : may(state, state.role, { type: 'write' }) ? (
        <Composer
          conversation={conversation}
          title={title}
          intent={intent}
          onIntentEnd={() => {
            setIntent(null)
          }}
          onEditLast={() => {
            const last = lastOwn(timeline)
            if (last !== null) edit(last)
            return last !== null
          }}
        />
      ) : (
        <ReadOnlyLine kind={state.kind} />
      )}
      <Announcer timeline={conversation.timeline} />
    </section>
  )
}

/** The last own message that can be edited, among the recent ones. */
function lastOwn(timeline: Conversation['timeline']): TimelineItem | null {
  const { length } = timeline.get()
  for (let index = length - 1; index >= Math.max(0, length - RECENT_ENTRIES); index -= 1) {
    const item = timeline.at(index)
    if (item !== undefined && canEdit(item)) return item
  }
  return null
}

const RECENT_ENTRIES = 200

function Loading() {
  const { t } = useLanguage()
  const online = useIsOnline()
  return (
    <div className="empty" aria-busy={online}>
      <Pennant size={72} />
      <p className={online ? 'empty__late' : ''}>{online ? t('conversation.loading') : t('conversation.notHere')}</p>
      {useMedia(ONE_PANE) ? (
        <a className="button" href="#/">
          {t('conversation.backToList')}
        </a>
      ) : null}
    </div>
  )
}

function Gone({ conversation, reason }: { conversation: Conversation; reason: string }) {
  const { name, t } = useLanguage()
  const { length } = useReadable(conversation.timeline)
  const leftovers = useReadable(conversation.leftovers)
  const nothingLeft = length === 0 && leftovers.length === 0
  return (
    <section className="conversation">
      <div className={nothingLeft ? 'empty' : 'empty empty--small'}>
        <Pennant size={72} />
        <h2>{t('conversation.goneTitle')}</h2>
        <p>{name === 'en' ? reason : t('conversation.goneWords')}</p>
        {nothingLeft ? null : <p>{t('conversation.goneUnsent')}</p>}
        <a className="button" href="#/">
          {t('conversation.backToList')}
        </a>
      </div>
      {leftovers.length === 0 ? null : <Late place="line"><Leftovers conversation={conversation} leftovers={leftovers} /></Late>}
      {length === 0 ? null : <Timeline conversation={conversation} kind="group" unread={0} beginning={null} selection={null} onReply={null} onEdit={null} />}
    </section>
  )
}
