import { useEffect } from 'react'
import type { Engine, RefusedChange } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { refusalWords } from '../language/refusalWords.ts'
import '../language/englishLater.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { changeAbout, changeName } from './changeName.ts'

/** Tells what the server would not have, perhaps long after it was set: until it is answered, and once. */
export function RefusedChanges() {
  const engine = useEngine()
  const { refused } = useReadable(engine.changes)
  useEffect(() => {
    for (const one of refused) {
      if (told.has(one.id)) continue
      told.add(one.id)
      void tell(engine, one)
    }
  }, [engine, refused])
  return null
}

async function tell(engine: Engine, { id, change, refusal }: RefusedChange): Promise<void> {
  const language = currentLanguage()
  const about = changeAbout(change)
  const name = (about === null ? null : engine.person(about).get()?.name) ?? language.t('conversation.someone')
  toasts.show(language.t(`unsent.refused.${changeName(change)}`, { name, reason: refusalWords(refusal, language) }), { tone: 'danger', stays: true })
  await engine.dismissRefused(id)
}

/** While it is being forgotten. */
const told = new Set<string>()
