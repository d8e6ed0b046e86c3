import type { Engine } from '../sync/engine.ts'
import { SignInScreen } from './account/SignInScreen.tsx'
import { useLanguage } from './language/useLanguage.ts'
import { ToastStack } from './parts/ToastStack.tsx'
import { Shell } from './shell/Shell.tsx'
import { Starting } from './Starting.tsx'
import { EngineContext, useEngine } from './useEngine.ts'
import { useReadable } from './useReadable.ts'

export function App({ engine }: { engine: Engine }) {
  return (
    <EngineContext value={engine}>
      <Screen />
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
