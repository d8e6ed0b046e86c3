import type { UserId } from '../../../shared/ids.ts'
import type { Engine } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { kept, sentLater } from '../unsent/kept.ts'

/** Not asked before, as a press takes it back. */
export async function block(engine: Engine, id: UserId, name: string): Promise<void> {
  const { t } = currentLanguage()
  if (!(await kept(engine, engine.block(id)))) return
  toasts.show(sentLater(engine, t('person.blocked', { name })), { action: { label: t('conversation.undo'), run: () => void unblock(engine, id, name) } })
}

export async function unblock(engine: Engine, id: UserId, name: string): Promise<void> {
  await kept(engine, engine.unblock(id), currentLanguage().t('person.unblocked', { name }))
}
