import type { ReactNode } from 'react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { IconButton } from '../parts/IconButton.tsx'
import { place } from '../parts/place.ts'

const EmojiPicker = lazy(async () => ({ default: (await import('./EmojiPicker.tsx')).EmojiPicker }))

type EmojiPopoverProps = {
  label: string
  icon: ReactNode
  /** Shown above all others: one press. */
  quick?: readonly string[]
  tabIndex?: number
  onEmoji: (emoji: string) => void
}

/** A button that opens the picker beside it, in the top layer. The picker and its data come with the first press. */
export function EmojiPopover({ label, icon, quick = [], tabIndex, onEmoji }: EmojiPopoverProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open || panel.current === null || button.current === null) return
    panel.current.showPopover()
    place(panel.current, button.current)
  }, [open])

  function choose(emoji: string) {
    panel.current?.hidePopover()
    onEmoji(emoji)
  }

  return (
    <>
      <IconButton
        ref={button}
        label={label}
        icon={icon}
        aria-haspopup="dialog"
        aria-expanded={open}
        {...(tabIndex === undefined ? {} : { tabIndex })}
        onClick={() => {
          setOpen(!open)
        }}
      />
      {open ? (
        <div
          ref={panel}
          popover="auto"
          role="dialog"
          aria-label={label}
          className="emoji-panel"
          onKeyDown={(event) => {
            event.stopPropagation()
            // The panel may stand in a form: Enter in its search field is not meant to send it.
            if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
          }}
          onToggle={(event) => {
            if (event.newState === 'closed') setOpen(false)
          }}
        >
          <Quick emoji={quick} onEmoji={choose} />
          <Suspense>
            <EmojiPicker onEmoji={choose} />
          </Suspense>
        </div>
      ) : null}
    </>
  )
}

function Quick({ emoji, onEmoji }: { emoji: readonly string[]; onEmoji: (emoji: string) => void }) {
  if (emoji.length === 0) return null
  return (
    <div className="emoji-panel__quick">
      {emoji.map((one) => (
        <button
          key={one}
          type="button"
          className="emoji__one"
          aria-label={one}
          onClick={() => {
            onEmoji(one)
          }}
        >
          {one}
        </button>
      ))}
    </div>
  )
}
