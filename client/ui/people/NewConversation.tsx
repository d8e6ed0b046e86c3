import { useState } from 'react'
import { DisplayName } from '../../../shared/displayName.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { Field } from '../account/Field.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { useEngine, useSelf } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import { PeoplePicker } from './PeoplePicker.tsx'
import { words } from './words.ts'

/** One person: a direct conversation. Several: a group, which needs a name. */
export function NewConversation({ onClose }: { onClose: () => void }) {
  const self = useSelf()
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const isGroup = chosen.length > 1
  const { name, setName, mistake, busy, refused, start } = useStart(chosen)
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      footer={
        <button type="submit" form="new-conversation" className="button button--primary button--wide" disabled={chosen.length === 0 || busy}>
          {isGroup ? words.create(chosen.length + 1) : words.start}
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
            {refused}
          </p>
        )}
        {isGroup ? <Field label={words.groupName} mistake={mistake ?? undefined} dir="auto" maxLength={64} value={name} onValue={setName} /> : null}
        <PeoplePicker chosen={chosen} without={new Set([self.id])} onChosen={setChosen} />
      </form>
    </Dialog>
  )
}

function useStart(chosen: readonly Person[]) {
  const engine = useEngine()
  const [name, setName] = useState('')
  const [mistake, setMistake] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function start() {
    const [first, ...others] = chosen
    if (first === undefined) return
    const isGroup = others.length > 0
    if (isGroup && !DisplayName.safeParse(name).success) {
      setMistake(name.trim() === '' ? words.groupNameMissing : words.groupNameForm)
      return
    }
    setBusy(true)
    const outcome = isGroup
      ? await engine.createGroup({ name: name.trim(), members: chosen.map((person) => person.id) })
      : await engine.startDirect(first.id)
    setBusy(false)
    if (outcome.ok) navigate({ conversation: outcome.value, panel: null }, 'replace')
    else setRefused(outcome.refusal.words)
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
