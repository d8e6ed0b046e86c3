import { useState } from 'react'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Conversation } from '../../sync/engine.ts'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { words } from './words.ts'

type AddPeopleProps = { conversation: Conversation; onChanged: () => void; onClose: () => void }

export function AddPeople({ conversation, onChanged, onClose }: AddPeopleProps) {
  const engine = useEngine()
  const members = useReadable(conversation.members)
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const add = async () => {
    const users = chosen.map((person) => person.id)
    if (!(await told(engine.addMembers(conversation.id, users), words.added(users.length)))) return
    onChanged()
    onClose()
  }
  return (
    <Dialog
      title={words.add}
      onClose={onClose}
      footer={
        <button type="button" className="button button--primary button--wide" disabled={chosen.length === 0} onClick={() => void add()}>
          {chosen.length === 0 ? words.add : words.addAction(chosen.length)}
        </button>
      }
    >
      <PeoplePicker chosen={chosen} without={new Set(members.map((member) => member.user))} onChosen={setChosen} />
    </Dialog>
  )
}
