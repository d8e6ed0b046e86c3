import { useEffect } from 'react'
import type { JoinAnswer } from '../../../shared/protocol/messages.ts'
import { currentLanguage } from '../language/language.ts'
import '../language/englishLater.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { navigate } from '../useRoute.ts'

/** Draws nothing: tells whoever asked to be let in what became of it. */
export function JoinAnswers({ answer }: { answer: JoinAnswer }): null {
  useEffect(() => {
    if (answer === told) return
    told = answer
    tell(answer)
  }, [answer])
  return null
}

/** Whatever is drawn anew, it is told once. */
let told: JoinAnswer | null = null

/** A no stays until it is read. */
function tell({ conversation, name, accepted }: JoinAnswer): void {
  const { t } = currentLanguage()
  if (!accepted) return toasts.show(t('join.declined', { name }), { stays: true })
  const open = () => {
    navigate({ conversation, panel: null })
  }
  toasts.show(t('join.letIn', { name }), { action: { label: t('join.open'), run: open } })
}
