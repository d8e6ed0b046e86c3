import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from './Dialog.tsx'

type ConfirmProps = { title: string; words: string; action: string; busy?: boolean; onConfirm: () => void; onClose: () => void }

/** Asks before what cannot be undone. */
export function Confirm({ title, words, action, busy = false, onConfirm, onClose }: ConfirmProps) {
  const { t } = useLanguage()
  return (
    <Dialog
      title={title}
      size="small"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            {t('parts.cancel')}
          </button>
          <button type="button" className="button button--danger" disabled={busy} onClick={onConfirm}>
            {action}
          </button>
        </>
      }
    >
      <p className="prose">{words}</p>
    </Dialog>
  )
}
