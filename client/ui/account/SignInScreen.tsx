import type { FormEvent } from 'react'
import { useRef, useState } from 'react'
import { LanguageSelect } from '../language/LanguageSelect.tsx'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import { useEngine } from '../useEngine.ts'
import { Logo, Pennant } from '../parts/Logo.tsx'
import { useRoute } from '../useRoute.ts'
import { Field, PasswordField } from './Field.tsx'
import type { Form, Mistakes } from './form.ts'
import { checkSignIn, checkSignUp, cleanHandle, withoutMistake } from './form.ts'
import { useRegistration } from './useRegistration.ts'
import './SignInScreen.css'

type Mode = 'sign-in' | 'sign-up'

export function SignInScreen({ reason, start = 'sign-in' }: { reason: string | null; start?: Mode }) {
  const { t } = useLanguage()
  const [mode, setMode] = useState<Mode>(start)
  const isNew = mode === 'sign-up'
  // What a link leads to stays in the address, and is there after signing in or up.
  const invited = useRoute().panel === 'join'
  const said = reason ?? (invited ? t('account.invited') : null)
  return (
    <main className="sign-in">
      <div className="sign-in__card">
        <header className="sign-in__brand">
          <Logo size={40} />
          <span className="wordmark">Parley</span>
        </header>
        <h1>{isNew ? t('account.welcome') : t('account.welcomeBack')}</h1>
        {said === null ? null : (
          <p className="notice" role="status">
            {said}
          </p>
        )}
        <AccountForm key={mode} mode={mode} />
        <p className="sign-in__switch">
          {isNew ? t('account.hasAccount') : t('account.noAccount')}{' '}
          <button
            type="button"
            className="text-button"
            onClick={() => {
              setMode(isNew ? 'sign-in' : 'sign-up')
            }}
          >
            {isNew ? t('account.signIn') : t('account.signUp')}
          </button>
        </p>
        <LanguageSelect />
      </div>
      <aside className="sign-in__side">
        <Pennant size={220} />
        <p>{t('account.promise')}</p>
      </aside>
    </main>
  )
}

function AccountForm({ mode }: { mode: Mode }) {
  const language = useLanguage()
  const { t } = language
  const isNew = mode === 'sign-up'
  const registration = useRegistration(isNew)
  const { form, set, mistakes, refused, busy, submit, root } = useAccountForm(mode, registration.askAgain)
  return (
    <form ref={root} className="sign-in__form" noValidate onSubmit={submit}>
      {refused === null ? null : (
        <p className="notice notice--danger" role="alert">
          {refusalWords(refused, language)}
        </p>
      )}
      {refused?.code === 'credentials' && !isNew ? <p className="notice">{t('account.forgotten')}</p> : null}
      {isNew && registration.mode === 'closed' ? <p className="notice">{t('account.closed')}</p> : null}
      <Field
        label={t('account.handle')}
        hint={isNew ? t('account.handleHint') : undefined}
        mistake={mistakes.handle && t(`account.mistakes.${mistakes.handle}`)}
        name="username"
        dir="ltr"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={form.handle}
        onValue={set('handle')}
      />
      {isNew ? (
        <Field
          label={t('account.name')}
          hint={t('account.nameHint')}
          mistake={mistakes.name && t(`account.mistakes.${mistakes.name}`)}
          name="name"
          autoComplete="name"
          dir="auto"
          value={form.name}
          onValue={set('name')}
        />
      ) : null}
      <PasswordField
        label={t('account.password')}
        hint={isNew ? t('account.passwordHint') : undefined}
        mistake={mistakes.password && t(`account.mistakes.${mistakes.password}`)}
        name="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        value={form.password}
        onValue={set('password')}
      />
      {isNew && registration.mode === 'invite' ? (
        <Field label={t('account.invite')} hint={t('account.inviteHint')} name="invite" dir="ltr" autoComplete="off" autoCapitalize="none" spellCheck={false} value={form.invite} onValue={set('invite')} />
      ) : null}
      {isNew ? <ClaimField value={form.claim} onValue={set('claim')} /> : null}
      <button type="submit" className="button button--primary button--wide" disabled={busy}>
        {isNew ? (busy ? t('account.signingUp') : t('account.signUp')) : busy ? t('account.signingIn') : t('account.signIn')}
      </button>
    </form>
  )
}

function ClaimField({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const { t } = useLanguage()
  const [open, setOpen] = useState(false)
  if (open) return <Field label={t('account.claim')} hint={t('account.claimHint')} name="claim" dir="ltr" autoComplete="off" value={value} onValue={onValue} />
  return (
    <button
      type="button"
      className="text-button sign-in__claim"
      onClick={() => {
        setOpen(true)
      }}
    >
      {t('account.claimOpen')}
    </button>
  )
}

type AccountFormState = Form & { claim: string; invite: string }

function useAccountForm(mode: Mode, onRefused: () => void) {
  const engine = useEngine()
  const root = useRef<HTMLFormElement>(null)
  const [form, setForm] = useState<AccountFormState>({ handle: '', name: '', password: '', claim: '', invite: '' })
  const [mistakes, setMistakes] = useState<Mistakes>({})
  const [refused, setRefused] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)

  const set = (field: keyof AccountFormState) => (value: string) => {
    setForm((before) => ({ ...before, [field]: value }))
    // A mistake being mended is not shown as one.
    if (field !== 'claim' && field !== 'invite') setMistakes((before) => withoutMistake(before, field))
  }

  async function send() {
    const handle = cleanHandle(form.handle)
    const { password } = form
    const [claim, invite] = [form.claim.trim(), form.invite.trim()]
    setBusy(true)
    setRefused(null)
    const outcome =
      mode === 'sign-in'
        ? await engine.signIn({ handle, password })
        : await engine.signUp({ handle, name: form.name.trim(), password, ...(claim === '' ? {} : { claim }), ...(invite === '' ? {} : { invite }) })
    // When it went well the account changes and this screen goes away.
    if (!outcome.ok) {
      setRefused(outcome.refusal)
      onRefused()
    }
    setBusy(false)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const found = mode === 'sign-in' ? checkSignIn(form) : checkSignUp(form)
    setMistakes(found)
    const [first] = Object.keys(found)
    if (first === undefined) void send()
    else root.current?.querySelector<HTMLInputElement>(`input[name=${first === 'handle' ? 'username' : first}]`)?.focus()
  }

  return { form, set, mistakes, refused, busy, submit, root }
}
