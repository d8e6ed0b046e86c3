import type { Engine } from '../sync/engine.ts'
import { useLanguage } from './language/useLanguage.ts'
import { Late } from './parts/Late.tsx'
import { later } from './parts/later.ts'
import { ToastStack } from './parts/ToastStack.tsx'
import { Starting } from './Starting.tsx'
import { EngineContext, useEngine } from './useEngine.ts'
import { useReadable } from './useReadable.ts'

// Whoever signs in need not wait for the shell. It comes while the engine opens its store, so whoever is signed in does
// not wait for it either.
const loadShell = () => import('./shell/Shell.tsx')
let shell: ReturnType<typeof loadShell> | null = loadShell()
// Who needs it is told below.
shell.catch(() => undefined)
const Shell = later(async () => {
  const first = shell ?? loadShell()
  shell = null
  return (await first).Shell
})
const SignInScreen = later(async () => (await import('./account/SignInScreen.tsx')).SignInScreen)

export function App({ engine }: { engine: Engine }) {
  return (
    <EngineContext value={engine}>
      <Late fallback={<Starting />}>
        <Screen />
      </Late>
      <ToastStack />
    </EngineContext>
  )
}

function Screen() {
  const { name, t } = useLanguage()
  const account = useReadable(useEngine().account)
  switch (account.state) {
    case 'starting':
      return <Starting />
    case 'signed-out':
      // The engine says why in English.
      return <SignInScreen reason={account.words === null || name === 'en' ? account.words : t('account.signedOut')} />
    case 'signed-in':
      // Another account shares nothing with this one, not even what is open.
      return <Shell key={account.person.id} />
    default:
      return account satisfies never
  }
}
