// The web client: the engine of this tab under its screens, and the service worker that starts them without a network.

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { deviceLabel } from './deviceLabel.ts'
import { createBrowserEngine } from './sync/browser.ts'
import { App } from './ui/App.tsx'
import { loadMarkdownWhenIdle } from './ui/markdown/lateMarkdown.ts'
import { CannotStart, Starting } from './ui/Starting.tsx'
import { currentLanguage } from './ui/language/language.ts'
import { startLanguage } from './ui/language/startLanguage.ts'
import { applyLook } from './ui/settings/look.ts'
import { watchForUpdates } from './ui/shell/updates.ts'
import { allowServiceWorkerAddress } from './trustedTypes.ts'
import './ui/styles/base.css'

const element = document.querySelector('#root')
if (element === null) throw new Error('index.html has a #root')
const root = createRoot(element)

applyLook(document.documentElement, localStorage)
await startLanguage(document.documentElement, localStorage)
root.render(<Starting />)
allowServiceWorkerAddress()
watchForUpdates()
try {
  const engine = await createBrowserEngine({ deviceLabel: deviceLabel(navigator.userAgent, currentLanguage().t) })
  root.render(
    <StrictMode>
      <App engine={engine} />
    </StrictMode>,
  )
  loadMarkdownWhenIdle()
} catch (error) {
  // The browser keeps nothing for this site: private windows, a full disk, site data turned off.
  root.render(<CannotStart />)
  throw error
}
