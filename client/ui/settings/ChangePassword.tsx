import { useState } from 'react'
import { PasswordField } from '../account/Field.tsx'
import { passwordMistake } from '../account/form.ts'
import { mistakes } from '../account/words.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { useEngine, useSelf } from '../useEngine.ts'
import { words } from './words.ts'

export function ChangePassword() {
  const [open, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
  }
  return (
    <section aria-labelledby="password">
      <h3 id="password">{words.password}</h3>
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
          {words.change}
        </button>
      )}
    </section>
  )
}

function PasswordForm({ onDone }: { onDone: () => void }) {
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
      <PasswordField label={words.current} name="current" autoComplete="current-password" autoFocus mistake={currentMistake} value={current} onValue={setCurrent} />
      <PasswordField label={words.next} name="next" autoComplete="new-password" hint={words.nextHint} mistake={nextMistake} value={next} onValue={setNext} />
      <div className="form__row">
        <button type="button" className="button" onClick={onDone}>
          {words.cancel}
        </button>
        <button type="submit" className="button button--primary" disabled={busy}>
          {words.change}
        </button>
      </div>
    </form>
  )
}

function usePasswordForm(onDone: () => void) {
  const engine = useEngine()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [currentMistake, setCurrentMistake] = useState<string | undefined>()
  const [nextMistake, setNextMistake] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)

  async function submit() {
    const mistake = passwordMistake(next)
    setNextMistake(mistake === null ? undefined : mistakes[mistake])
    setCurrentMistake(current === '' ? words.currentMissing : undefined)
    if (mistake !== null || current === '') return
    setBusy(true)
    const outcome = await engine.changePassword({ current, next })
    setBusy(false)
    if (outcome.ok) {
      toasts.show(words.changed)
      onDone()
    } else if (outcome.refusal.code === 'credentials') setCurrentMistake(outcome.refusal.words)
    else setNextMistake(outcome.refusal.words)
  }
  return { current, setCurrent, next, setNext, currentMistake, nextMistake, busy, submit }
}
