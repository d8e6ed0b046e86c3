// oxlint-disable react/no-array-index-key -- The parts of a text never change places.

import { MentionText } from '../conversation/MentionText.tsx'
import { Link } from './Link.tsx'
import { Spoiler } from './Spoiler.tsx'
import type { Inline } from './tree.ts'
import { wordsOf } from './tree.ts'

export function Inlines({ of }: { of: readonly Inline[] }) {
  return of.map((inline, index) => <OneInline key={index} inline={inline} />)
}

function OneInline({ inline }: { inline: Inline }) {
  switch (inline.type) {
    case 'text':
      return <MentionText text={inline.text} />
    case 'code':
      return <code dir="ltr">{inline.text}</code>
    case 'link':
      return (
        <Link href={inline.href} label={wordsOf(inline.children)} dir="auto">
          <Inlines of={inline.children} />
        </Link>
      )
    case 'strong':
      return <strong><Inlines of={inline.children} /></strong>
    case 'emphasis':
      return <em><Inlines of={inline.children} /></em>
    case 'strike':
      return <del><Inlines of={inline.children} /></del>
    case 'spoiler':
      return <Spoiler><Inlines of={inline.children} /></Spoiler>
    default:
      return inline satisfies never
  }
}
