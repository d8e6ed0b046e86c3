import { useState } from 'react'
import { DisplayName } from '../../../shared/displayName.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import { Field } from '../account/Field.tsx'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { useEngine, useSelf } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import { PeoplePicker } from './PeoplePicker.tsx'

/** One person: a direct conversation. Several: a group, which needs a name. */
export function NewConversation({ onClose }: { onClose: () => void }) {
  const language = useLanguage()
  const { t } = language
  const self = useSelf()
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const isGroup = chosen.length > 1
  const { name, setName, mistake, busy, refused, start } = useStart(chosen)
  return (
    <Dialog
      title={t('people.title')}
      onClose={onClose}
      footer={
        <button type="submit" form="new-conversation" className="button button--primary button--wide" disabled={chosen.length === 0 || busy}>
          {isGroup ? t('people.create', { count: chosen.length + 1 }) : t('people.start')}
        </button>
      }
    >
      <form
        id="new-conversation"
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        {refused === null ? null : (
          <p className="notice notice--danger" role="alert">
            {refusalWords(refused, language)}
          </p>
        )}
        {isGroup ? <Field label={t('people.groupName')} mistake={mistake ?? undefined} dir="auto" maxLength={64} value={name} onValue={setName} /> : null}
        <PeoplePicker chosen={chosen} without={new Set([self.id])} onChosen={setChosen} />
      </form>
    </Dialog>
  )
}

function useStart(chosen: readonly Person[]) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [name, setName] = useState('')
  const [mistake, setMistake] = useState<string | null>(null)
  const [refused, setRefused] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)

  async function start() {
    const [first, ...others] = chosen
    if (first === undefined) return
    const isGroup = others.length > 0
    if (isGroup && !DisplayName.safeParse(name).success) {
      setMistake(name.trim() === '' ? t('people.groupNameMissing') : t('people.groupNameForm'))
      return
    }
    setBusy(true)
    const outcome = isGroup
      ? await engine.createGroup({ name: name.trim(), members: chosen.map((person) => person.id) })
      : await engine.startDirect(first.id)
    setBusy(false)
    if (outcome.ok) navigate({ conversation: outcome.value, panel: null }, 'replace')
    else setRefused(outcome.refusal)
  }

  return {
    name,
    setName: (next: string) => {
      setName(next)
      setMistake(null)
    },
    mistake,
    busy,
    refused,
    start,
  }
}
