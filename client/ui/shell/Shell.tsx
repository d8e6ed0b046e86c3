import { lazy, Suspense } from 'react'
import { useCommandKeys } from '../commands/useCommandKeys.ts'
import { InboxPane } from '../inbox/InboxPane.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { useLooking } from '../notifications/looking.ts'
import { Pennant } from '../parts/Logo.tsx'
import type { Route } from '../route.ts'
import { useEngine, useSelf } from '../useEngine.ts'
import { ONE_PANE, THREE_PANES, useMedia } from '../useMedia.ts'
import { useReadable } from '../useReadable.ts'
import { Starting } from '../Starting.tsx'
import { navigate, useRoute } from '../useRoute.ts'
import { loadConversationPane, preloadConversationPane } from './conversationPane.ts'
import { Attention } from './Attention.tsx'
import './Shell.css'

const AdminPage = lazy(async () => ({ default: (await import('../admin/AdminPage.tsx')).AdminPage }))
const ConversationPane = lazy(async () => ({ default: (await loadConversationPane()).ConversationPane }))
const DetailsPane = lazy(async () => ({ default: (await import('../details/DetailsPane.tsx')).DetailsPane }))
const NewConversation = lazy(async () => ({ default: (await import('../create/NewConversation.tsx')).NewConversation }))
const Cards = lazy(async () => ({ default: (await import('../people/Cards.tsx')).Cards }))
const ChannelsDialog = lazy(async () => ({ default: (await import('../channels/ChannelsDialog.tsx')).ChannelsDialog }))
const JoinAnswers = lazy(async () => ({ default: (await import('../join/JoinAnswers.tsx')).JoinAnswers }))
const JoinDialog = lazy(async () => ({ default: (await import('../join/JoinDialog.tsx')).JoinDialog }))
const ShortcutSheet = lazy(async () => ({ default: (await import('../commands/ShortcutSheet.tsx')).ShortcutSheet }))
const Switcher = lazy(async () => ({ default: (await import('../switcher/Switcher.tsx')).Switcher }))
const Notifications = lazy(async () => ({ default: (await import('../notifications/Notifications.tsx')).Notifications }))
const RefusedChanges = lazy(async () => ({ default: (await import('../unsent/RefusedChanges.tsx')).RefusedChanges }))
const SavedMessages = lazy(async () => ({ default: (await import('../saved/SavedMessages.tsx')).SavedMessages }))
const ThreadList = lazy(async () => ({ default: (await import('../thread/ThreadList.tsx')).ThreadList }))
const ThreadPane = lazy(async () => ({ default: (await import('../thread/ThreadPane.tsx')).ThreadPane }))
const SettingsDialog = lazy(async () => ({ default: (await import('../settings/SettingsDialog.tsx')).SettingsDialog }))

preloadConversationPane()

/** Everything of a signed-in person: list, conversation, details, each a pane when there is room. */
export function Shell() {
  const route = useRoute()
  const onePane = useMedia(ONE_PANE)
  const threePanes = useMedia(THREE_PANES)
  const { conversation, panel, thread } = route
  useLooking(conversation)
  useCommandKeys(route)
  const joinAnswer = useReadable(useEngine().joinLinks.answer)
  if (panel === 'admin') {
    return (
      <>
        <Attention open={null} />
        <Suspense fallback={<Starting />}><AdminPage /></Suspense>
      </>
    )
  }
  const showsDetails = conversation !== null && panel === 'details'
  const showsList = !onePane || conversation === null
  const showsThird = showsDetails || (conversation !== null && thread !== undefined)
  const showsMain = (!onePane || conversation !== null) && !(onePane && showsThird)
  return (
    <div className={`shell ${showsThird && threePanes ? 'shell--three' : ''}`}>
      <Attention open={conversation} />
      {showsList && showsMain && conversation !== null ? <SkipToMessages /> : null}
      {showsList ? <InboxPane active={conversation} /> : null}
      {showsMain ? (
        <main className="shell__main">
          {conversation === null ? <NothingOpen /> : <Suspense><ConversationPane key={conversation} id={conversation} /></Suspense>}
        </main>
      ) : null}
      <Suspense>
        {showsDetails ? <DetailsPane key={conversation} id={conversation} /> : null}
        {conversation !== null && thread !== undefined ? <ThreadPane key={thread} conversation={conversation} root={thread} entry={route.entry} /> : null}
        <PanelDialog route={route} />
      </Suspense>
      <Suspense>
        <Notifications />
        <RefusedChanges />
        <Cards />
        {joinAnswer === null ? null : <JoinAnswers answer={joinAnswer} />}
      </Suspense>
    </div>
  )
}

/** First in the order of focus, and seen only there: a hundred rows stand before the messages. */
function SkipToMessages() {
  const { t } = useLanguage()
  return (
    <button
      type="button"
      className="button shell__skip"
      onClick={() => {
        document.querySelector<HTMLElement>('.timeline__scroll')?.focus()
      }}
    >
      {t('shell.skip')}
    </button>
  )
}

function PanelDialog({ route }: { route: Route }) {
  const { conversation } = route
  const close = () => {
    navigate({ conversation, panel: null }, 'replace')
  }
  switch (route.panel) {
    case null:
    case 'details':
    case 'admin':
      return null
    case 'new':
      return <NewConversation onClose={close} />
    case 'new-channel':
      return <NewConversation onClose={close} channel />
    case 'channels':
      return <ChannelsDialog onClose={close} />
    case 'join':
      return <JoinDialog key={route.code} code={route.code} onClose={close} />
    case 'settings':
      return <SettingsDialog section={route.section ?? null} onClose={close} />
    case 'threads':
      return conversation === null ? null : <ThreadList conversation={conversation} onClose={close} />
    case 'saved':
      return <SavedMessages onClose={close} />
    case 'switcher':
      return <Switcher onClose={close} />
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />
    default:
      return route satisfies never
  }
}

function NothingOpen() {
  const { t } = useLanguage()
  const { rows } = useReadable(useEngine().inbox)
  const self = useSelf()
  const first = rows.length === 0
  return (
    <div className="empty">
      <Pennant size={96} />
      <h2 dir="auto">{first ? t('shell.firstTitle', { name: self.name }) : t('shell.select')}</h2>
      <p>{first ? t('shell.firstHint') : t('shell.selectHint')}</p>
      <button
        type="button"
        className="button button--primary"
        onClick={() => {
          navigate({ conversation: null, panel: 'new' })
        }}
      >
        {t('shell.start')}
      </button>
    </div>
  )
}
