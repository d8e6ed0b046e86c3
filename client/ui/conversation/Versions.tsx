import { useState } from 'react'
import { createPortal } from 'react-dom'
import type { TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { useNow } from '../time/useNow.ts'

/** Says that a message was edited, and shows what it said before. */
export function Edited({ item }: { item: TimelineItem }) {
  const { t } = useLanguage()
  const [open, setOpen] = useState(false)
  if (item.versions.length === 0) return null
  return (
    <>
      <button
        type="button"
        className="meta__edited"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true)
        }}
      >
        {t('conversation.edited')}
      </button>
      {open
        ? // Not among the small print that it is opened from.
        createPortal(
          <VersionsDialog
            item={item}
            onClose={() => {
              setOpen(false)
            }}
          />,
          document.body,
        )
        : null}
    </>
  )
}

function VersionsDialog({ item, onClose }: { item: TimelineItem; onClose: () => void }) {
  const { t, times } = useLanguage()
  const now = useNow()
  return (
    <Dialog title={t('conversation.versions')} size="small" onClose={onClose}>
      <ol className="versions">
        <li>
          <h3>{t('conversation.now')}</h3>
          <p dir="auto">{item.body.text}</p>
        </li>
        {item.versions.toReversed().map(({ text, at }, index) => (
          // Versions have no names, and only grow at the other end.
          <li key={item.versions.length - index}>
            <h3>{times.stamp(at, now)}</h3>
            <p dir="auto">{text}</p>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
