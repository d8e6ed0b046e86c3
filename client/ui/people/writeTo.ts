import type { UserId } from '../../../shared/ids.ts'
import type { Engine } from '../../sync/engine.ts'
import { tellRefusal } from '../parts/ToastStack.tsx'
import { navigate } from '../useRoute.ts'

/** Opens the direct conversation with a person, which begins here if there was none. Resolves to whether it went well. */
export async function writeTo(engine: Engine, user: UserId, how: 'push' | 'replace' = 'push'): Promise<boolean> {
  const outcome = await engine.startDirect(user)
  if (outcome.ok) navigate({ conversation: outcome.value, panel: null }, how)
  else tellRefusal(outcome.refusal)
  return outcome.ok
}
