import { useState } from 'react'
import { textOf } from '../../../shared/conversation/entry.ts'
import type { Conversation, Pinned } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { withoutMarks } from '../markdown/withoutMarks.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { PinIcon } from '../parts/Icon.tsx'
import { usePerson } from '../useEngine.ts'
import { useNow } from '../time/useNow.ts'
import { useReadable } from '../useReadable.ts'
import './PinnedBar.css'

type PinnedBarProps = { conversation: Conversation; onShow: (entry: Pinned[number]['entry']) => void }

/** Under the head: what was pinned last; a press shows it in its place, or all of them where there are several. */
export function PinnedBar({ conversation, onShow }: PinnedBarProps) {
  const { t, number } = useLanguage()
  const pinned = useReadable(conversation.pinned)
  const [open, setOpen] = useState(false)
  const [last] = pinned
  if (last === undefined) return null
  return (
    <div className="pinned">
      <button
        type="button"
        className="pinned__last"
        onClick={() => {
          if (pinned.length === 1) onShow(last.entry)
          else setOpen(true)
        }}
      >
        <PinIcon aria-hidden="true" />
        <span className="unseen">{t('messages.pinnedBar')}</span>
        <bdi className="pinned__text">{oneLine(last)}</bdi>
        {pinned.length === 1 ? null : <span className="pinned__count">{number(pinned.length)}</span>}
      </button>
      {open ? (
        <Dialog
          title={t('messages.pinnedTitle')}
          onClose={() => {
            setOpen(false)
          }}
        >
          <ul className="message-list">
            {pinned.map((one) => (
              <li key={one.entry.id}>
                <PinnedMessage
                  pinned={one}
                  onPress={() => {
                    setOpen(false)
                    onShow(one.entry)
                  }}
                />
              </li>
            ))}
          </ul>
        </Dialog>
      ) : null}
    </div>
  )
}

function PinnedMessage({ pinned, onPress }: { pinned: Pinned[number]; onPress: () => void }) {
  const { t, times } = useLanguage()
  const now = useNow()
  const author = usePerson(pinned.entry.author)
  return (
    <button type="button" className="message-list__one" onClick={onPress}>
      <span className="message-list__top">
        <bdi className="message-list__name">{author?.name ?? t('conversation.someone')}</bdi>
        <time dateTime={new Date(pinned.entry.at).toISOString()}>{times.stamp(pinned.entry.at, now)}</time>
      </span>
      <span className="message-list__text" dir="auto">
        {oneLine(pinned)}
      </span>
    </button>
  )
}

function oneLine({ entry }: Pinned[number]): string {
  return withoutMarks(textOf(entry)).replace(/\s+/gu, ' ').trim()
}
