// `/preview.html?scene=<name>#/c/<id>`: the interface without a server. See scenes.ts.

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '../App.tsx'
import { startLanguage } from '../language/startLanguage.ts'
import { applyLook } from '../settings/look.ts'
import '../styles/base.css'
import { PreviewEngine } from './engine.ts'
import { sceneOf } from './scenes.ts'

const now = Date.now()
const scene = sceneOf(new URLSearchParams(window.location.search).get('scene'), now)
const root = document.querySelector('#root')
if (root === null) throw new Error('preview.html has a #root')
applyLook(document.documentElement, localStorage)
await startLanguage(document.documentElement, localStorage)
createRoot(root).render(
  <StrictMode>
    <App engine={new PreviewEngine(scene, now)} />
  </StrictMode>,
)
