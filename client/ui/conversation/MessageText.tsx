import type { ReactNode } from 'react'
import { memo, useMemo, useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { Fallible } from '../markdown/Fallible.tsx'
import { useLate } from '../markdown/late.ts'
import { lateAddresses, lateMarkdown } from '../markdown/lateMarkdown.ts'
import { Link } from '../markdown/Link.tsx'
import { mayBeMarkdown } from '../markdown/mayBeMarkdown.ts'
import { mayHaveAddress } from '../markdown/mayHaveAddress.ts'
import { MentionText } from './MentionText.tsx'

type MessageTextProps = {
  text: string
  /** Within a line that others began. */
  oneLine?: boolean
}

/** Plain words at once, Markdown when its parser is there. Very long ones open on request. */
export const MessageText = memo(function MessageText({ text, oneLine = false }: MessageTextProps) {
  const [open, setOpen] = useState(false)
  const isLong = text.length > LONG_CHARS || text.split('\n', LONG_LINES + 1).length > LONG_LINES
  const shown = isLong && !open ? beginning(text) : text
  const drawMarkdown = useLate(lateMarkdown, mayBeMarkdown(shown))
  const end = isLong ? <More open={open} onToggle={setOpen} /> : null
  const plain = <PlainText text={shown}>{end}</PlainText>
  return drawMarkdown === null ? plain : <Fallible instead={plain}>{drawMarkdown({ text: shown, oneLine, children: end })}</Fallible>
})

function PlainText({ text, children }: { text: string; children: ReactNode }) {
  const partsOf = useLate(lateAddresses, mayHaveAddress(text))
  const parts = useMemo(() => partsOf?.(text) ?? [{ type: 'text' as const, text }], [partsOf, text])
  return (
    <span className="text">
      {parts.map((part, index) =>
        part.type === 'text' ? (
          // oxlint-disable-next-line react/no-array-index-key -- The parts of a text never change places.
          <MentionText key={index} text={part.text} />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- The parts of a text never change places.
          <Link key={index} href={part.href} label={part.text} dir="ltr">
            {part.text}
          </Link>
        ),
      )}
      {children}
    </span>
  )
}

function More({ open, onToggle }: { open: boolean; onToggle: (open: boolean) => void }) {
  const { t } = useLanguage()
  return (
    <>
      {open ? ' ' : '… '}
      <button
        type="button"
        className="text__more"
        aria-expanded={open}
        onClick={() => {
          onToggle(!open)
        }}
      >
        {open ? t('conversation.less') : t('conversation.more')}
      </button>
    </>
  )
}

/** Cut between whole characters, at the limit of lines or length. */
function beginning(text: string): string {
  const lines = text.split('\n').slice(0, LONG_LINES).join('\n')
  return Array.from(lines.slice(0, LONG_CHARS)).filter((character) => character.isWellFormed()).join('').trimEnd()
}

/** About a phone's screen. */
const LONG_CHARS = 900
const LONG_LINES = 20
