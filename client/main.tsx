// The web client: the engine of this tab under its screens, and the service worker that starts them without a network.

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { deviceLabel } from './deviceLabel.ts'
import { createBrowserEngine } from './sync/browser.ts'
import { App } from './ui/App.tsx'
import { applyAppearance, readAppearance } from './ui/settings/appearance.ts'
import { watchForUpdates } from './ui/shell/updates.ts'
import './ui/styles/base.css'

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has a #root')

applyAppearance(document.documentElement, readAppearance(localStorage))
const engine = await createBrowserEngine({ deviceLabel: deviceLabel(navigator.userAgent) })
createRoot(root).render(
  <StrictMode>
    <App engine={engine} />
  </StrictMode>,
)
watchForUpdates()
