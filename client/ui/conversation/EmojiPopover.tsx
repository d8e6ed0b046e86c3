import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from '../parts/IconButton.tsx'
import { Late } from '../parts/Late.tsx'
import { later } from '../parts/later.ts'
import { place } from '../parts/place.ts'
// The panel's size is needed before the picker in it is here.
import './EmojiPopover.css'

const EmojiPicker = later(async () => (await import('./EmojiPicker.tsx')).EmojiPicker)

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
      {open
        ? // At the end of the page: where the button stands may be hidden the moment it loses focus.
        createPortal(
          <div
            ref={panel}
            popover="auto"
            role="dialog"
            aria-label={label}
            className="emoji-panel"
            onKeyDown={(event) => {
              // Keys mean something else to what it was opened from.
              event.stopPropagation()
            }}
            onToggle={(event) => {
              if (event.newState === 'closed') setOpen(false)
            }}
          >
            <Quick emoji={quick} onEmoji={choose} />
            <Late>
              <EmojiPicker onEmoji={choose} />
            </Late>
          </div>,
          document.querySelector('dialog[open]') ?? document.body,
        )
        : null}
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
