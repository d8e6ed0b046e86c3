import { lazy, Suspense } from 'react'
import type { Engine } from '../sync/engine.ts'
import { useLanguage } from './language/useLanguage.ts'
import { ToastStack } from './parts/ToastStack.tsx'
import { Starting } from './Starting.tsx'
import { EngineContext, useEngine } from './useEngine.ts'
import { useReadable } from './useReadable.ts'

// Whoever signs in need not wait for the shell. It comes while the engine opens its store, so whoever is signed in does
// not wait for it either.
const shell = import('./shell/Shell.tsx')
const Shell = lazy(async () => ({ default: (await shell).Shell }))
const SignInScreen = lazy(async () => ({ default: (await import('./account/SignInScreen.tsx')).SignInScreen }))

export function App({ engine }: { engine: Engine }) {
  return (
    <EngineContext value={engine}>
      <Suspense fallback={<Starting />}>
        <Screen />
      </Suspense>
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
