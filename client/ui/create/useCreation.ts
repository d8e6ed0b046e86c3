import { useRef, useState } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Refusal, RefusalCode } from '../../../shared/protocol/refusal.ts'
import type { Engine, Outcome } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import type { Draft, Step } from './draft.ts'
import { formOf } from './draft.ts'

export type Creation = {
  busy: boolean
  refused: Refusal | null
  /** Resolves to the step that a refusal is about, if it is about one. */
  create: () => Promise<Step | null>
  writeTo: () => Promise<void>
  forgive: () => void
}

/** Makes what the draft says and opens it. */
export function useCreation(draft: Draft): Creation {
  const engine = useEngine()
  const [refused, setRefused] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const attempt = useRef<Attempt | null>(null)

  async function run(work: () => Promise<Outcome<ConversationId>>): Promise<Outcome<ConversationId>> {
    setBusy(true)
    setRefused(null)
    const outcome = await work()
    setBusy(false)
    if (outcome.ok) navigate({ conversation: outcome.value, panel: null }, 'replace')
    else setRefused(outcome.refusal)
    return outcome
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
      if (!made.ok) return ABOUT_PEOPLE.has(made.refusal.code) ? 'people' : null
      if (draft.picture !== null) await setPicture(engine, made.value, form.name, draft.picture)
      return null
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

/** Who does not let themselves be added, has no account any more, or finds no room. */
const ABOUT_PEOPLE: ReadonlySet<RefusalCode> = new Set(['forbidden', 'not-found', 'too-large'])

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
