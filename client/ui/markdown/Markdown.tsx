import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { Blocks } from './Blocks.tsx'
import { Inlines } from './Inlines.tsx'
import { parse } from './parse.ts'
import './Markdown.css'

type MarkdownProps = {
  text: string
  /** Within a line that others began: only marks among words, no blocks. */
  oneLine: boolean
  /** At the end of the text. */
  children: ReactNode
}

/** A function, so that whoever draws it before it is loaded has no component to make up. */
export function drawMarkdown(props: MarkdownProps): ReactNode {
  return <Markdown {...props} />
}

/** One paragraph is drawn as plain text is, so that the time still fits on its last line. */
function Markdown({ text, oneLine, children }: MarkdownProps) {
  const blocks = useMemo(() => parse(text), [text])
  const [first] = blocks
  if (first?.type === 'paragraph' && blocks.length === 1) {
    return (
      <span className="text">
        <Inlines of={first.children} />
        {children}
      </span>
    )
  }
  if (oneLine) return <span className="text">{text}{children}</span>
  return (
    <div className="text text--blocks">
      <Blocks of={blocks} />
      {children}
    </div>
  )
}
