import type { Engine, Outcome } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import '../language/englishLater.ts'
import { toasts, told } from '../parts/ToastStack.tsx'

/** As `told`, of what is kept on this device until it is sent. Resolves to whether it is kept. */
export async function kept<T>(engine: Engine, work: Promise<Outcome<T>>, done?: string): Promise<boolean> {
  try {
    return await told(work, done === undefined ? undefined : sentLater(engine, done))
  } catch (error) {
    toasts.show(currentLanguage().t('unsent.notKept'), { tone: 'danger' })
    throw error
  }
}

/** What was done, and without a connection that others see it later. */
export function sentLater(engine: Engine, done: string): string {
  return engine.connection.get().state === 'online' ? done : currentLanguage().t('unsent.later', { done })
}
