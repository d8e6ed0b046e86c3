import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Outcome } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useReadable } from '../useReadable.ts'
import { CloseIcon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import type { Toast } from './toasts.ts'
import { Toasts } from './toasts.ts'
import './ToastStack.css'

export const toasts = new Toasts((run, ms) => {
  setTimeout(run, ms)
})

/** Does what `work` says; a refusal is told. Resolves to whether it went well. */
export async function told<T>(work: Promise<Outcome<T>>, done?: string): Promise<boolean> {
  const outcome = await work
  if (!outcome.ok) tellRefusal(outcome.refusal)
  else if (done !== undefined) toasts.show(done)
  return outcome.ok
}

export function tellRefusal(refusal: Refusal): void {
  toasts.show(refusalWords(refusal, currentLanguage()), { tone: 'danger' })
}

export function ToastStack() {
  const { t } = useLanguage()
  const list = useReadable(toasts.list)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((toast) => (
        <div key={toast.id} className={`toast toast--${toast.tone}`}>
          <span dir="auto">{toast.words}</span>
          {toast.action === undefined ? null : (
            <button
              type="button"
              className="toast__action"
              onClick={() => {
                toast.action?.run()
                putAway(toast)
              }}
            >
              {toast.action.label}
            </button>
          )}
          <IconButton
            label={t('parts.dismiss')}
            icon={<CloseIcon />}
            onClick={() => {
              putAway(toast)
            }}
          />
        </div>
      ))}
    </div>
  )
}

function putAway({ id, read }: Toast): void {
  toasts.dismiss(id)
  read?.()
}
