import type { ReactNode } from 'react'
import { useId, useLayoutEffect, useRef } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { CloseIcon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import './Dialog.css'

type DialogProps = { title: string; size?: 'small' | 'medium' | 'large'; onClose: () => void; onEscape?: () => void; children: ReactNode; footer?: ReactNode }

/**
 * The platform's own modal dialog: it traps focus, closes on Esc and gives focus back. Fills the screen of a phone.
 * `onEscape`: where Esc, and Back on Android, lead somewhere else first.
 */
export function Dialog({ title, size = 'medium', onClose, onEscape = onClose, children, footer }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const { t } = useLanguage()
  // Before it leaves the page: a dialog that is gone already cannot give focus back.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog === null) return undefined
    dialog.showModal()
    // A dialog that is not shown yet cannot give focus to a field in it; without a field the dialog itself is read out.
    ;(dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog).focus()
    return () => {
      dialog.close()
    }
  }, [])
  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      className={`dialog dialog--${size}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onEscape()
      }}
      onPointerDown={(event) => {
        // The backdrop is the dialog itself; everything in it is a child.
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className="dialog__sheet">
        <header className="dialog__head">
          <h2 id={titleId}>{title}</h2>
          <IconButton label={t('parts.close')} icon={<CloseIcon />} onClick={onClose} />
        </header>
        <div className="dialog__body">{children}</div>
        {footer === undefined ? null : <footer className="dialog__foot">{footer}</footer>}
      </div>
    </dialog>
  )
}
