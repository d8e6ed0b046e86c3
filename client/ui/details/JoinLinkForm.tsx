import type { FormEvent } from 'react'
import { useId, useState } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import type { NewJoinLink } from '../../../shared/protocol/joinLinks.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Switch } from '../parts/Switch.tsx'
import { tellRefusal } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'

type JoinLinkFormProps = { conversation: ConversationId; onMade: (made: NewJoinLink) => void; onCancel: () => void }

export function JoinLinkForm({ conversation, onMade, onCancel }: JoinLinkFormProps) {
  const { t, number } = useLanguage()
  const { joinLinks } = useEngine()
  const [days, setDays] = useState(7)
  const [maxUses, setMaxUses] = useState(10)
  const [approval, setApproval] = useState(false)
  const [busy, setBusy] = useState(false)
  async function make(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    const outcome = await joinLinks.create(conversation, { days, maxUses, approval })
    setBusy(false)
    if (outcome.ok) onMade(outcome.value)
    else tellRefusal(outcome.refusal)
  }
  return (
    <form className="links__form" onSubmit={(event) => void make(event)}>
      <Choice label={t('links.valid')} value={days} choices={DAYS} words={(count) => t('links.days', { count })} onChange={setDays} />
      <Choice label={t('links.uses')} value={maxUses} choices={USES} words={number} onChange={setMaxUses} />
      <Switch label={t('links.approval')} on={approval} onChange={setApproval} />
      <div className="form__row">
        <button type="button" className="button" onClick={onCancel}>
          {t('parts.cancel')}
        </button>
        <button type="submit" className="button button--primary" disabled={busy}>
          {t('links.create')}
        </button>
      </div>
    </form>
  )
}

type ChoiceProps = { label: string; value: number; choices: readonly number[]; words: (choice: number) => string; onChange: (choice: number) => void }

function Choice({ label, value, choices, words, onChange }: ChoiceProps) {
  const id = useId()
  return (
    <div className="links__choice">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => {
          onChange(Number(event.target.value))
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {words(choice)}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Within INVITE_MAX_DAYS and INVITE_MAX_USES. */
const DAYS = [1, 7, 30, 365]
const USES = [1, 10, 100, 1_000]
