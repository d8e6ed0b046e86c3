import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { EmojiIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { words } from './words.ts'

const EmojiPicker = lazy(async () => ({ default: (await import('./EmojiPicker.tsx')).EmojiPicker }))

type EmojiButtonProps = { field: { readonly current: HTMLTextAreaElement | null }; onText: (text: string) => void }

/** Puts the chosen emoji where the cursor stands. The picker and its data come with the first press. */
export function EmojiButton({ field, onText }: EmojiButtonProps) {
  const [open, setOpen] = useState(false)
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (open) panel.current?.showPopover()
  }, [open])

  function insert(emoji: string) {
    const area = field.current
    if (area === null) return
    panel.current?.hidePopover()
    area.focus()
    area.setRangeText(emoji, area.selectionStart, area.selectionEnd, 'end')
    onText(area.value)
  }

  return (
    <>
      <IconButton
        label={words.emoji}
        icon={<EmojiIcon />}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open)
        }}
      />
      {open ? (
        <div
          ref={panel}
          popover="auto"
          role="dialog"
          aria-label={words.emoji}
          className="emoji-panel"
          onKeyDown={(event) => {
            // The panel stands in the composer's form: Enter in its search field is not meant to send.
            if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
          }}
          onToggle={(event) => {
            if (event.newState === 'closed') setOpen(false)
          }}
        >
          <Suspense>
            <EmojiPicker onEmoji={insert} />
          </Suspense>
        </div>
      ) : null}
    </>
  )
}
