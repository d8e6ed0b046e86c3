import type { ReactNode } from 'react'
import { useLanguage } from '../language/useLanguage.ts'

type EditInPlaceProps = {
  /** The one field. */
  children: ReactNode
  savable: boolean
  onSave: () => Promise<void>
  onEnd: () => void
}

/** A field where what it changes stood, with Save and Cancel. Escape ends it alone, and not the pane around it. */
export function EditInPlace({ children, savable, onSave, onEnd }: EditInPlaceProps) {
  const { t } = useLanguage()
  return (
    <form
      className="details__rename"
      onSubmit={(event) => {
        event.preventDefault()
        void onSave()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onEnd()
      }}
    >
      {children}
      <button type="submit" className="button button--primary" disabled={!savable}>
        {t('details.save')}
      </button>
      <button type="button" className="button" onClick={onEnd}>
        {t('details.cancel')}
      </button>
    </form>
  )
}
