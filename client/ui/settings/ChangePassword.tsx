import { useState } from 'react'
import { PasswordField } from '../account/Field.tsx'
import { passwordMistake } from '../account/form.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { useEngine, useSelf } from '../useEngine.ts'

export function ChangePassword() {
  const { t } = useLanguage()
  const [open, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
  }
  return (
    <section aria-labelledby="password">
      <h4 id="password">{t('settings.password')}</h4>
      {open ? (
        <PasswordForm onDone={close} />
      ) : (
        <button
          type="button"
          className="button"
          onClick={() => {
            setOpen(true)
          }}
        >
          {t('settings.change')}
        </button>
      )}
    </section>
  )
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useLanguage()
  const { current, setCurrent, next, setNext, currentMistake, nextMistake, busy, submit } = usePasswordForm(onDone)
  const self = useSelf()
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {/* Lets a password manager know whose password changes. */}
      <input type="text" name="username" autoComplete="username" value={self.handle} readOnly hidden />
      <PasswordField label={t('settings.current')} name="current" autoComplete="current-password" autoFocus mistake={currentMistake} value={current} onValue={setCurrent} />
      <PasswordField label={t('settings.next')} name="next" autoComplete="new-password" hint={t('settings.nextHint')} mistake={nextMistake} value={next} onValue={setNext} />
      <div className="form__row">
        <button type="button" className="button" onClick={onDone}>
          {t('settings.cancel')}
        </button>
        <button type="submit" className="button button--primary" disabled={busy}>
          {t('settings.change')}
        </button>
      </div>
    </form>
  )
}

function usePasswordForm(onDone: () => void) {
  const language = useLanguage()
  const { t } = language
  const engine = useEngine()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [currentMistake, setCurrentMistake] = useState<string | undefined>()
  const [nextMistake, setNextMistake] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)

  async function submit() {
    const mistake = passwordMistake(next)
    setNextMistake(mistake === null ? undefined : t(`account.mistakes.${mistake}`))
    setCurrentMistake(current === '' ? t('settings.currentMissing') : undefined)
    if (mistake !== null || current === '') return
    setBusy(true)
    const outcome = await engine.changePassword({ current, next })
    setBusy(false)
    if (outcome.ok) {
      toasts.show(t('settings.changed'))
      onDone()
    } else if (outcome.refusal.code === 'credentials') setCurrentMistake(refusalWords(outcome.refusal, language))
    else setNextMistake(refusalWords(outcome.refusal, language))
  }
  return { current, setCurrent, next, setNext, currentMistake, nextMistake, busy, submit }
}
