import type { FormEvent } from 'react'
import { useState } from 'react'
import { INVITE_MAX_DAYS, INVITE_MAX_USES, NAME_MAX_CHARS } from '../../../shared/limits.ts'
import type { NewInvite } from '../../../shared/protocol/administration.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import { Field } from '../account/Field.tsx'
import { currentLanguage } from '../language/language.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useEngine } from '../useEngine.ts'

export function InviteForm({ onMade, onCancel }: { onMade: (made: NewInvite) => void; onCancel: () => void }) {
  const language = useLanguage()
  const { t } = language
  const { administration } = useEngine()
  const [note, setNote] = useState('')
  const [uses, setUses] = useState('1')
  const [days, setDays] = useState('7')
  const [refused, setRefused] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const usesMistake = numberMistake(uses, INVITE_MAX_USES)
  const daysMistake = numberMistake(days, INVITE_MAX_DAYS)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (usesMistake !== undefined || daysMistake !== undefined) return
    setBusy(true)
    const outcome = await administration.createInvite({ note: note.trim(), maxUses: Number(uses), days: Number(days) })
    setBusy(false)
    if (outcome.ok) onMade(outcome.value)
    else setRefused(outcome.refusal)
  }

  return (
    <form className="form" noValidate onSubmit={(event) => void submit(event)}>
      {refused === null ? null : (
        <p className="notice notice--danger" role="alert">
          {refusalWords(refused, language)}
        </p>
      )}
      <Field label={t('admin.note')} hint={t('admin.noteHint')} name="note" autoComplete="off" autoFocus dir="auto" maxLength={NAME_MAX_CHARS} value={note} onValue={setNote} />
      <div className="admin__numbers">
        <Field label={t('admin.uses')} mistake={usesMistake} name="uses" autoComplete="off" inputMode="numeric" value={uses} onValue={setUses} />
        <Field label={t('admin.days')} mistake={daysMistake} name="days" autoComplete="off" inputMode="numeric" value={days} onValue={setDays} />
      </div>
      <div className="form__row">
        <button type="button" className="button" onClick={onCancel}>
          {t('admin.cancel')}
        </button>
        <button type="submit" className="button button--primary" disabled={busy}>
          {busy ? t('admin.creating') : t('admin.create')}
        </button>
      </div>
    </form>
  )
}

function numberMistake(typed: string, max: number): string | undefined {
  const { t } = currentLanguage()
  const number = /^\d+$/.test(typed.trim()) ? Number(typed) : 0
  return number >= 1 && number <= max ? undefined : t('admin.numberMistake', { max })
}
