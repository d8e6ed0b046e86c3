import { useState } from 'react'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Conversation } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'

type AddPeopleProps = { conversation: Conversation; onChanged: () => void; onClose: () => void }

export function AddPeople({ conversation, onChanged, onClose }: AddPeopleProps) {
  const { t } = useLanguage()
  const engine = useEngine()
  const members = useReadable(conversation.members)
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const add = async () => {
    const users = chosen.map((person) => person.id)
    if (!(await told(engine.addMembers(conversation.id, users), t('details.added', { count: users.length })))) return
    onChanged()
    onClose()
  }
  return (
    <Dialog
      title={t('details.add')}
      onClose={onClose}
      footer={
        <button type="button" className="button button--primary button--wide" disabled={chosen.length === 0} onClick={() => void add()}>
          {chosen.length === 0 ? t('details.add') : t('details.addAction', { count: chosen.length })}
        </button>
      }
    >
      <PeoplePicker chosen={chosen} without={new Set(members.map((member) => member.user))} onChosen={setChosen} />
    </Dialog>
  )
}
