import { useCommandKeys } from '../commands/useCommandKeys.ts'
import { InboxPane } from '../inbox/InboxPane.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { useLooking } from '../notifications/looking.ts'
import { Late } from '../parts/Late.tsx'
import { later } from '../parts/later.ts'
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

const AdminPage = later(async () => (await import('../admin/AdminPage.tsx')).AdminPage)
const ConversationPane = later(async () => (await loadConversationPane()).ConversationPane)
const DetailsPane = later(async () => (await import('../details/DetailsPane.tsx')).DetailsPane)
const NewConversation = later(async () => (await import('../create/NewConversation.tsx')).NewConversation)
const Cards = later(async () => (await import('../people/Cards.tsx')).Cards)
const ChannelsDialog = later(async () => (await import('../channels/ChannelsDialog.tsx')).ChannelsDialog)
const JoinAnswers = later(async () => (await import('../join/JoinAnswers.tsx')).JoinAnswers)
const JoinDialog = later(async () => (await import('../join/JoinDialog.tsx')).JoinDialog)
const ShortcutSheet = later(async () => (await import('../commands/ShortcutSheet.tsx')).ShortcutSheet)
const Switcher = later(async () => (await import('../switcher/Switcher.tsx')).Switcher)
const Notifications = later(async () => (await import('../notifications/Notifications.tsx')).Notifications)
const RefusedChanges = later(async () => (await import('../unsent/RefusedChanges.tsx')).RefusedChanges)
const SavedMessages = later(async () => (await import('../saved/SavedMessages.tsx')).SavedMessages)
const ThreadList = later(async () => (await import('../thread/ThreadList.tsx')).ThreadList)
const ThreadPane = later(async () => (await import('../thread/ThreadPane.tsx')).ThreadPane)
const SettingsDialog = later(async () => (await import('../settings/SettingsDialog.tsx')).SettingsDialog)

preloadConversationPane()

/** Everything of a signed-in person: list, conversation, details, each a pane when there is room. */
export function Shell() {
  const route = useRoute()
  const onePane = useMedia(ONE_PANE)
  const threePanes = useMedia(THREE_PANES)
  const { conversation, panel, thread } = route
  useCommandKeys(route)
  const joinAnswers = useReadable(useEngine().joinLinks.answers)
  const isAdmin = panel === 'admin'
  const showsDetails = conversation !== null && panel === 'details'
  const showsList = !onePane || conversation === null
  const showsThird = showsDetails || (conversation !== null && thread !== undefined)
  const showsMain = (!onePane || conversation !== null) && !(onePane && showsThird)
  useLooking(conversation === null || isAdmin || !showsMain ? null : { conversation, thread: null })
  useLooking(conversation === null || isAdmin || thread === undefined ? null : { conversation, thread })
  if (isAdmin) {
    return (
      <>
        <Attention open={null} />
        <Late fallback={<Starting />}><AdminPage /></Late>
      </>
    )
  }
  return (
    <div className={`shell ${showsThird && threePanes ? 'shell--three' : ''}`}>
      <Attention open={conversation} />
      {showsList && showsMain && conversation !== null ? <SkipToMessages /> : null}
      {showsList ? <InboxPane active={conversation} /> : null}
      {showsMain ? (
        <main className="shell__main">
          {conversation === null ? <NothingOpen /> : <Late key={conversation}><ConversationPane id={conversation} /></Late>}
        </main>
      ) : null}
      {showsDetails ? <Late key={`details ${conversation}`}><DetailsPane id={conversation} /></Late> : null}
      {conversation !== null && thread !== undefined ? <Late key={`thread ${thread}`}><ThreadPane conversation={conversation} root={thread} entry={route.entry} /></Late> : null}
      <PanelDialog route={route} />
      <Late place="unseen">
        <Notifications />
        <RefusedChanges />
        <Cards />
        {joinAnswers.length === 0 ? null : <JoinAnswers answers={joinAnswers} />}
      </Late>
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
  const { conversation, panel } = route
  const close = () => {
    navigate({ conversation, panel: null }, 'replace')
  }
  return (
    <Late key={panel} place="dialog" onClose={close}>
      <Panel route={route} onClose={close} />
    </Late>
  )
}

function Panel({ route, onClose }: { route: Route; onClose: () => void }) {
  switch (route.panel) {
    case null:
    case 'details':
    case 'admin':
      return null
    case 'new':
      return <NewConversation onClose={onClose} />
    case 'new-channel':
      return <NewConversation onClose={onClose} channel />
    case 'channels':
      return <ChannelsDialog onClose={onClose} />
    case 'join':
      return <JoinDialog key={route.code} code={route.code} onClose={onClose} />
    case 'settings':
      return <SettingsDialog section={route.section ?? null} onClose={onClose} />
    case 'threads':
      return route.conversation === null ? null : <ThreadList conversation={route.conversation} onClose={onClose} />
    case 'saved':
      return <SavedMessages onClose={onClose} />
    case 'switcher':
      return <Switcher onClose={onClose} />
    case 'shortcuts':
      return <ShortcutSheet onClose={onClose} />
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
