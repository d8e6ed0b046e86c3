import { useEffect, useRef } from 'react'
import { currentLanguage } from '../language/language.ts'
import '../language/englishLater.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { navigate } from '../useRoute.ts'

/** Draws nothing: tells whoever asked to be let in what became of it. A no stays until it is read. */
export function JoinAnswers(): null {
  const answer = useReadable(useEngine().joinLinks.answer)
  const told = useRef(answer)
  useEffect(() => {
    if (answer === null || answer === told.current) return
    told.current = answer
    const { t } = currentLanguage()
    const { conversation, name, accepted } = answer
    if (!accepted) toasts.show(t('join.declined', { name }), { stays: true })
    else {
      toasts.show(t('join.letIn', { name }), {
        action: {
          label: t('join.open'),
          run: () => {
            navigate({ conversation, panel: null })
          },
        },
      })
    }
  }, [answer])
  return null
}
