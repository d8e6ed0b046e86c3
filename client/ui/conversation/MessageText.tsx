import { memo, useMemo, useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { partsOf } from './text.ts'

/** Text is text: no part of it is ever read as markup. Very long ones open on request. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  const { t } = useLanguage()
  const [open, setOpen] = useState(false)
  const isLong = text.length > LONG_CHARS || text.split('\n', LONG_LINES + 1).length > LONG_LINES
  const shown = isLong && !open ? beginning(text) : text
  const parts = useMemo(() => partsOf(shown), [shown])
  return (
    <span className="text">
      {parts.map((part, index) =>
        part.type === 'text' ? (
          part.text
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- The parts of a text never change places.
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
            {part.text}
          </a>
        ),
      )}
      {isLong ? (
        <>
          {open ? ' ' : '… '}
          <button
            type="button"
            className="text__more"
            aria-expanded={open}
            onClick={() => {
              setOpen(!open)
            }}
          >
            {open ? t('conversation.less') : t('conversation.more')}
          </button>
        </>
      ) : null}
    </span>
  )
})

/** Cut between whole characters, at the limit of lines or length. */
function beginning(text: string): string {
  const lines = text.split('\n').slice(0, LONG_LINES).join('\n')
  return Array.from(lines.slice(0, LONG_CHARS)).filter((character) => character.isWellFormed()).join('').trimEnd()
}

/** About a phone's screen. */
const LONG_CHARS = 900
const LONG_LINES = 20
