import { useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { LeaveIcon } from '../parts/Icon.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { navigate } from '../useRoute.ts'

/** `action`, `hint`: it is one deed, sought under two names. */
export function SignOut({ action, hint }: { action: string; hint: string }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const outbox = useReadable(engine.outbox)
  const unsent = outbox.pending + outbox.refused
  const changes = useReadable(engine.changes).pending.length
  const [warning, setWarning] = useState(false)

  async function signOut(discard: boolean) {
    if (await told(engine.signOut({ discard }))) navigate({ conversation: null, panel: null }, 'replace')
  }

  return (
    <section className="settings__out">
      <button
        type="button"
        className="button button--danger-quiet"
        onClick={() => {
          if (unsent + changes > 0) setWarning(true)
          else void signOut(false)
        }}
      >
        <LeaveIcon className="flips" />
        {action}
      </button>
      <p className="settings__hint">{hint}</p>
      {warning ? (
        <Confirm
          {...(unsent > 0
            ? { title: t('settings.unsentTitle'), words: t('settings.unsent', { count: unsent }), action: t('settings.signOutAnyway') }
            : { title: t('unsent.signOutTitle'), words: t('unsent.signOut'), action: t('unsent.signOutAnyway') })}
          onConfirm={() => void signOut(true)}
          onClose={() => {
            setWarning(false)
          }}
        />
      ) : null}
    </section>
  )
}
