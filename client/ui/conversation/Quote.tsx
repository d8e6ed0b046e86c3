import { useEffect, useState } from 'react'
import type { EntryId, UserId } from '../../../shared/ids.ts'
import type { Timeline, TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { colourOf } from '../people/avatar.ts'
import { withoutMarks } from '../markdown/withoutMarks.ts'
import { useIsBlocked, useIsOnline, usePerson } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'

type QuoteProps = { timeline: Timeline; id: EntryId; onJump: (id: EntryId, index: number) => void }

/** The entry that is answered; a press shows it in its place. */
export function Quote({ timeline, id, onJump }: QuoteProps) {
  const { index, item } = useQuoted(timeline, id)
  return (
    <QuoteButton
      item={item}
      disabled={index === null}
      onPress={() => {
        if (index !== null) onJump(id, index)
      }}
    />
  )
}

/** `item`: undefined while it is not at hand. */
export function QuoteButton({ item, disabled, onPress }: { item: TimelineItem | undefined; disabled: boolean; onPress: () => void }) {
  const { t } = useLanguage()
  return (
    <button type="button" className={item === undefined ? 'quote' : `quote colour-${colourOf(item.author)}`} disabled={disabled} onClick={onPress}>
      <span className="unseen">{t('conversation.jumpToQuote')} </span>
      <QuoteText item={item} />
    </button>
  )
}

export function QuoteText({ item }: { item: TimelineItem | undefined }) {
  const { t } = useLanguage()
  const isBlocked = useIsBlocked(item?.author ?? null)
  if (isBlocked) return <span className="quote__text quote__text--missing">{t('person.folded')}</span>
  if (item?.kind === 'erased') return <span className="quote__text quote__text--missing">{t('messages.erased')}</span>
  if (item?.kind !== 'message') return <span className="quote__text quote__text--missing">{t('conversation.quoteMissing')}</span>
  return (
    <>
      <QuoteAuthor id={item.author} own={item.own} />
      <span className="quote__text" dir="auto">
        {withoutMarks(item.body.text.slice(0, QUOTE_CHARS))}
      </span>
    </>
  )
}

function QuoteAuthor({ id, own }: { id: UserId; own: boolean }) {
  const { t } = useLanguage()
  const person = usePerson(id)
  return (
    <span className="quote__name" dir="auto">
      {own ? t('conversation.you') : (person?.name ?? t('conversation.someone'))}
    </span>
  )
}

export function useQuoted(timeline: Timeline, id: EntryId): { index: number | null; item: TimelineItem | undefined } {
  useReadable(timeline)
  const online = useIsOnline()
  const [index, setIndex] = useState<number | null>(null)
  useEffect(() => {
    let outdated = false
    async function find() {
      const found = await timeline.indexOf(id)
      // It may lie beyond what this device holds: asked again when the connection is back.
      if (outdated || (found === null && !online)) return
      setIndex(found)
      if (found !== null && timeline.at(found) === undefined) await timeline.load(found, found + 1)
    }
    void find()
    return () => {
      outdated = true
    }
  }, [timeline, id, online])
  const item = index === null ? undefined : timeline.at(index)
  return { index, item: item?.id === id ? item : undefined }
}

/** Two lines show less. */
const QUOTE_CHARS = 160
