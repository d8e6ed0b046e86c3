import { lazy, Suspense, useEffect } from 'react'
import { ConversationPane } from '../conversation/ConversationPane.tsx'
import { InboxPane } from '../inbox/InboxPane.tsx'
import { Pennant } from '../parts/Logo.tsx'
import type { Route } from '../route.ts'
import { useEngine, useSelf } from '../useEngine.ts'
import { ONE_PANE, THREE_PANES, useMedia } from '../useMedia.ts'
import { useReadable } from '../useReadable.ts'
import { Starting } from '../Starting.tsx'
import { navigate, useRoute } from '../useRoute.ts'
import { useAttention } from './useAttention.ts'
import { words } from './words.ts'
import './Shell.css'

const AdminPage = lazy(async () => ({ default: (await import('../admin/AdminPage.tsx')).AdminPage }))
const DetailsPane = lazy(async () => ({ default: (await import('../details/DetailsPane.tsx')).DetailsPane }))
const NewConversation = lazy(async () => ({ default: (await import('../people/NewConversation.tsx')).NewConversation }))
const SettingsDialog = lazy(async () => ({ default: (await import('../settings/SettingsDialog.tsx')).SettingsDialog }))

/** Everything of a signed-in person: list, conversation, details, each a pane when there is room. */
export function Shell() {
  const route = useRoute()
  const onePane = useMedia(ONE_PANE)
  const threePanes = useMedia(THREE_PANES)
  const { conversation, panel } = route
  useAttention(conversation)
  useSearchKey()
  if (panel === 'admin') return <Suspense fallback={<Starting />}><AdminPage /></Suspense>
  const showsDetails = conversation !== null && panel === 'details'
  const showsList = !onePane || conversation === null
  const showsMain = (!onePane || conversation !== null) && !(onePane && showsDetails)
  return (
    <div className={`shell ${showsDetails && threePanes ? 'shell--three' : ''}`}>
      {showsList ? <InboxPane active={conversation} /> : null}
      {showsMain ? (
        <main className="shell__main">
          {conversation === null ? <NothingOpen /> : <ConversationPane key={conversation} id={conversation} />}
        </main>
      ) : null}
      <Suspense>
        {showsDetails ? <DetailsPane key={conversation} id={conversation} /> : null}
        <PanelDialog route={route} />
      </Suspense>
    </div>
  )
}

function PanelDialog({ route: { conversation, panel } }: { route: Route }) {
  const close = () => {
    navigate({ conversation, panel: null }, 'replace')
  }
  if (panel === 'new') return <NewConversation onClose={close} />
  return panel === 'settings' ? <SettingsDialog onClose={close} /> : null
}

function NothingOpen() {
  const { rows } = useReadable(useEngine().inbox)
  const self = useSelf()
  const first = rows.length === 0
  return (
    <div className="empty">
      <Pennant size={96} />
      <h2 dir="auto">{first ? words.firstTitle(self.name) : words.select}</h2>
      <p>{first ? words.firstHint : words.selectHint}</p>
      <button
        type="button"
        className="button button--primary"
        onClick={() => {
          navigate({ conversation: null, panel: 'new' })
        }}
      >
        {words.start}
      </button>
    </div>
  )
}

/** Ctrl-K or Cmd-K goes to the search field from wherever the person is. */
function useSearchKey(): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      if (document.querySelector('dialog[open]') !== null) return
      const field = searchField()
      if (field !== null) {
        field.focus()
        return
      }
      // On a phone the list is drawn first.
      navigate({ conversation: null, panel: null })
      requestAnimationFrame(() => {
        searchField()?.focus()
      })
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
    }
  }, [])
}

function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('#search')
}
