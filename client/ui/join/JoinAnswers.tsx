import { useEffect } from 'react'
import type { JoinAnswer } from '../../../shared/protocol/messages.ts'
import type { EngineJoinLinks } from '../../sync/joinLinks.ts'
import { currentLanguage } from '../language/language.ts'
import '../language/englishLater.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'

/** Draws nothing: tells whoever asked to be let in what became of it. A no stays until it is read, in whichever tab. */
export function JoinAnswers({ answers }: { answers: readonly JoinAnswer[] }): null {
  const { joinLinks } = useEngine()
  useEffect(() => {
    show(answers, joinLinks)
  }, [joinLinks, answers])
  useEffect(
    () => () => {
      show([], joinLinks)
    },
    [joinLinks],
  )
  return null
}

/** With their toasts. */
const shown = new Map<JoinAnswer, number>()

function show(answers: readonly JoinAnswer[], joinLinks: Pick<EngineJoinLinks, 'answerRead'>): void {
  for (const [answer, toast] of shown) {
    if (answers.includes(answer)) continue
    shown.delete(answer)
    // A yes passes by itself, and counts as read as soon as it is told.
    if (!answer.accepted) toasts.dismiss(toast)
  }
  for (const answer of answers) {
    if (shown.has(answer)) continue
    shown.set(answer, tell(answer, () => void joinLinks.answerRead(answer)))
    if (answer.accepted) void joinLinks.answerRead(answer)
  }
}

function tell({ conversation, name, accepted }: JoinAnswer, read: () => void): number {
  const { t } = currentLanguage()
  if (!accepted) return toasts.show(t('join.declined', { name }), { stays: true, read })
  const open = () => {
    navigate({ conversation, panel: null })
  }
  return toasts.show(t('join.letIn', { name }), { action: { label: t('join.open'), run: open } })
}
