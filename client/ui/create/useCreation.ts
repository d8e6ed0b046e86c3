import { useRef, useState } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Engine, Outcome } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import type { Draft } from './draft.ts'
import { formOf } from './draft.ts'

export type Creation = { busy: boolean; refused: Refusal | null; create: () => Promise<void>; writeTo: () => Promise<void>; forgive: () => void }

/** Makes what the draft says and opens it. */
export function useCreation(draft: Draft): Creation {
  const engine = useEngine()
  const [refused, setRefused] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const attempt = useRef<Attempt | null>(null)

  async function run(work: () => Promise<Outcome<ConversationId>>): Promise<ConversationId | null> {
    setBusy(true)
    setRefused(null)
    const outcome = await work()
    setBusy(false)
    if (!outcome.ok) {
      setRefused(outcome.refusal)
      return null
    }
    navigate({ conversation: outcome.value, panel: null }, 'replace')
    return outcome.value
  }

  return {
    busy,
    refused,
    async create() {
      const form = formOf(draft)
      // Tried again after a lost answer, it is the same group and not a second one.
      attempt.current = sameAttempt(attempt.current, JSON.stringify(form), engine)
      const { id } = attempt.current
      const made = await run(() => engine.createGroup({ ...form, id }))
      if (made !== null && draft.picture !== null) await setPicture(engine, made, form.name, draft.picture)
    },
    async writeTo() {
      const [first] = draft.people
      if (first !== undefined) await run(() => engine.startDirect(first.id))
    },
    forgive: () => {
      setRefused(null)
    },
  }
}

type Attempt = { form: string; id: ConversationId }

function sameAttempt(before: Attempt | null, form: string, engine: Engine): Attempt {
  return before?.form === form ? before : { form, id: engine.newConversationId() }
}

/** The conversation is there already: what is left is told where it is open. */
async function setPicture(engine: Engine, id: ConversationId, name: string, picture: Blob): Promise<void> {
  if ((await engine.setPictureOf(id, picture)).ok) return
  const { t } = currentLanguage()
  toasts.show(t('create.pictureFailed', { name }), {
    tone: 'danger',
    stays: true,
    action: { label: t('create.retry'), run: () => void setPicture(engine, id, name, picture) },
  })
}
