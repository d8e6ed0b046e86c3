import { createContext, use } from 'react'
import type { UserId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { ALL, mentionParts } from './mentions.ts'
import './MentionText.css'

/** Whom the message around mentions, by handle; `all` where it calls everyone. */
export type MentionNames = { names: ReadonlyMap<string, { id: UserId; name: string }>; all: boolean; self: UserId }

export const MentionContext = createContext<MentionNames | null>(null)

/** Plain words in which those who are mentioned are called by their names. Only who was really called is drawn so. */
export function MentionText({ text }: { text: string }) {
  const { t } = useLanguage()
  const mentioned = use(MentionContext)
  if (mentioned === null || !text.includes('@')) return text
  return mentionParts(text).map((part, index) => {
    const person = part.handle === null ? undefined : mentioned.names.get(part.handle)
    const everyone = part.handle === ALL && mentioned.all
    if (person === undefined && !everyone) return part.text
    const calls = everyone || person?.id === mentioned.self
    return (
      // oxlint-disable-next-line react/no-array-index-key -- The parts of a text never change places.
      <bdi key={index} className={calls ? 'mention mention--self' : 'mention'}>
        @{everyone ? t('mentions.all') : person?.name}
      </bdi>
    )
  })
}
