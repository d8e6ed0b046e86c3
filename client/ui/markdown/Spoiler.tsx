import type { KeyboardEvent, ReactNode } from 'react'
import { useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'

/**
 * Hidden from eyes, screen readers and keys until it is pressed. Its words keep their room, so nothing moves when it opens.
 * Not a `button`: that would not break over lines as its words do.
 */
export function Spoiler({ children }: { children: ReactNode }) {
  const { t } = useLanguage()
  const [open, setOpen] = useState(false)
  if (open) return <span className="spoiler spoiler--open">{children}</span>

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    event.stopPropagation()
    setOpen(true)
  }

  return (
    <span
      className="spoiler spoiler--closed"
      role="button"
      tabIndex={0}
      aria-label={t('markdown.reveal')}
      title={t('markdown.spoiler')}
      onKeyDown={onKeyDown}
      onClick={() => {
        setOpen(true)
      }}
    >
      <span inert>{children}</span>
    </span>
  )
}
