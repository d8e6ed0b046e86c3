import { useState } from 'react'
import type { Conversation } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { useReadable } from '../useReadable.ts'
import { navigate } from '../useRoute.ts'

/** Shows the first message of a day, or of the next one on which something was written. */
export function JumpToDate({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useLanguage()
  const { timeline } = conversation
  const { length } = useReadable(timeline)
  const [day, setDay] = useState('')
  const [nothing, setNothing] = useState(false)

  async function jump() {
    const index = await timeline.indexFrom(startOf(day))
    if (index === null) return setNothing(true)
    await timeline.load(index, index + 1)
    const item = timeline.at(index)
    if (item === undefined) return setNothing(true)
    onClose()
    navigate({ conversation: conversation.id, panel: null, entry: item.id }, 'replace')
    return undefined
  }

  return (
    <Dialog
      title={t('dates.title')}
      size="small"
      onClose={onClose}
      footer={
        <button type="submit" form="jump-to-date" className="button button--primary" disabled={day === '' || length === 0}>
          {t('dates.go')}
        </button>
      }
    >
      <form
        id="jump-to-date"
        onSubmit={(event) => {
          event.preventDefault()
          if (day !== '') void jump()
        }}
      >
        <input
          className="input"
          type="date"
          data-autofocus
          aria-label={t('dates.day')}
          max={today()}
          value={day}
          onChange={(event) => {
            setDay(event.target.value)
            setNothing(false)
          }}
        />
        <p className="prose" role="status">
          {nothing ? t('dates.nothing') : ''}
        </p>
      </form>
    </Dialog>
  )
}

/** `2026-11-24` as the moment when it began here. */
function startOf(day: string): number {
  return new Date(`${day}T00:00`).getTime()
}

function today(): string {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
