import { useState } from 'react'
import { may } from '../../../shared/conversation/membership.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Conversation, ConversationState, Engine } from '../../sync/engine.ts'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { Confirm } from '../parts/Confirm.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { tellRefusal, toasts, told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'

type AddPeopleProps = { conversation: Conversation; onChanged: () => void; onClose: () => void }

export function AddPeople({ conversation, onChanged, onClose }: AddPeopleProps) {
  const { t } = useLanguage()
  const members = useReadable(conversation.members)
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const { add, addBanned, banned, forgetBanned, busy } = useAdding(conversation, chosen, () => {
    onChanged()
    onClose()
  })
  return (
    <Dialog
      title={t('details.add')}
      onClose={onClose}
      footer={
        <button type="button" className="button button--primary button--wide" disabled={chosen.length === 0 || busy} onClick={() => void add()}>
          {chosen.length === 0 ? t('details.add') : t('details.addAction', { count: chosen.length })}
        </button>
      }
    >
      <PeoplePicker chosen={chosen} without={new Set(members.map((member) => member.user))} onChosen={setChosen} />
      {banned.length === 0 ? null : <AllowBanned banned={banned} busy={busy} onConfirm={() => void addBanned()} onClose={forgetBanned} />}
    </Dialog>
  )
}

function AllowBanned({ banned, ...confirm }: { banned: readonly Person[]; busy: boolean; onConfirm: () => void; onClose: () => void }) {
  const { t, list } = useLanguage()
  return <Confirm title={t('details.allowTitle')} words={t('details.allowWords', { names: list(banned.map(({ name }) => name)) })} action={t('details.allowAdd')} {...confirm} />
}

/** Whoever may allow it is asked when some of those chosen may not join; others are told no. */
function useAdding({ id, state }: Conversation, chosen: readonly Person[], onAdded: () => void) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [banned, setBanned] = useState<readonly Person[]>([])
  const [busy, setBusy] = useState(false)

  async function add(): Promise<void> {
    setBusy(true)
    const outcome = await engine.addMembers(id, chosen.map((person) => person.id))
    setBusy(false)
    if (outcome.ok) {
      toasts.show(t('details.added', { count: chosen.length }))
      onAdded()
    } else if (outcome.refusal.reason === 'others-banned') setBanned(await bannedOf(engine, state.get(), id, chosen, outcome.refusal))
    else tellRefusal(outcome.refusal)
  }

  async function addBanned(): Promise<void> {
    setBusy(true)
    // One after the other: each is a change of its own.
    for (const person of banned) if (!(await told(engine.bans.unban(id, person.id)))) break
    setBanned([])
    await add()
  }

  return { add, addBanned, banned, busy, forgetBanned: () => setBanned([]) }
}

async function bannedOf(engine: Engine, state: ConversationState, id: Conversation['id'], chosen: readonly Person[], refusal: Refusal): Promise<readonly Person[]> {
  const list = state.state === 'ready' && may(state, state.role, { type: 'unban' }) ? await engine.bans.list(id) : null
  if (list?.ok !== true) {
    tellRefusal(list === null ? refusal : list.refusal)
    return []
  }
  return chosen.filter((person) => list.value.some(({ user }) => user === person.id))
}
