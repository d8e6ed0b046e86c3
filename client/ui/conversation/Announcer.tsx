import { useEffect, useState } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import type { Timeline, TimelineItem } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { withoutMarks } from '../markdown/withoutMarks.ts'
import { subscribeFrames } from '../frames.ts'
import { useEngine } from '../useEngine.ts'

/** Reads out what others write while the conversation is open. */
export function Announcer({ timeline }: { timeline: Timeline }) {
  const engine = useEngine()
  const [latest, setLatest] = useState<{ id: EntryId; text: string } | null>(null)
  useEffect(() => {
    let { head } = timeline.get()
    return subscribeFrames(timeline, () => {
      const now = timeline.get()
      const item = now.head > head ? timeline.at(now.head - 1) : undefined
      head = now.head
      const isBlocked = item !== undefined && engine.profile.get()?.blocked.includes(item.author) === true
      if (item?.kind === 'message' && !item.own && !isBlocked) setLatest({ id: item.id, text: saidBy(engine.person(item.author).get()?.name, withoutMarks(item.body.text)) })
    })
  }, [engine, timeline])
  return (
    <p className="unseen" aria-live="polite">
      {/* The same words twice are read twice: each is a piece of its own. */}
      <span key={latest?.id}>{latest?.text}</span>
    </p>
  )
}

/** Reads out the last of a list when it is a new one, said by somebody else. */
export function Announced({ item }: { item: TimelineItem | undefined }) {
  const engine = useEngine()
  const [known, setKnown] = useState(item?.id)
  const [latest, setLatest] = useState<{ id: EntryId; text: string } | null>(null)
  if (item !== undefined && item.id !== known) {
    setKnown(item.id)
    if (item.kind === 'message' && !item.own) setLatest({ id: item.id, text: saidBy(engine.person(item.author).get()?.name, withoutMarks(item.body.text)) })
  }
  return (
    <p className="unseen" aria-live="polite">
      <span key={latest?.id}>{latest?.text}</span>
    </p>
  )
}

function saidBy(name: string | undefined, text: string): string {
  const { t } = currentLanguage()
  return t('conversation.said', { name: name ?? t('conversation.someone'), text })
}
