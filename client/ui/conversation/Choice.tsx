import { useEffect, useRef } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useReadable } from '../useReadable.ts'
import type { Selection } from './selection.ts'
import './Choice.css'

/** The room of a choice, before what cannot be chosen: so all entries stand in one column. */
export function NoChoice({ selection }: { selection: Selection }) {
  return useReadable(selection.chosen) === null ? null : <span className="choice-room" />
}

/** While messages are chosen, all of an entry chooses it or lets it go. */
export function Choice({ id, selection }: { id: EntryId; selection: Selection }) {
  const { t } = useLanguage()
  const chosen = useReadable(selection.chosen)
  const box = useRef<HTMLInputElement>(null)
  const isChoosing = chosen !== null
  useEffect(() => {
    if (isChoosing && selection.takesFocus(id)) box.current?.focus({ preventScroll: true })
  }, [isChoosing, selection, id])
  if (chosen === null) return null
  return (
    <label className="choice">
      <input
        ref={box}
        type="checkbox"
        aria-label={t('messages.choose')}
        checked={chosen.has(id)}
        onChange={() => {
          selection.toggle(id)
        }}
      />
    </label>
  )
}
