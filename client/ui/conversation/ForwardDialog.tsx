import { useState } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import type { InboxItem, TimelineItem } from '../../sync/engine.ts'
import { filterRows } from '../inbox/preview.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { Avatar, PersonAvatar } from '../people/Avatar.tsx'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { navigate } from '../useRoute.ts'
import './ForwardDialog.css'

type ForwardProps = { items: readonly TimelineItem[]; onDone: () => void; onClose: () => void }

/** Says messages again elsewhere, as one's own and marked as forwarded. Nothing tells where they came from. */
export function ForwardDialog({ items, onDone, onClose }: ForwardProps) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<ConversationId>>(new Set())
  const rows = filterRows(useReadable(engine.inbox).rows, query).slice(0, SHOWN)

  async function forward() {
    onDone()
    onClose()
    const targets = [...chosen]
    for (const id of targets) {
      const conversation = engine.open(id)
      for (const { body } of items) await conversation.send({ text: body.text, ...(body.style === 'action' ? { style: body.style } : {}), forwarded: true })
      conversation.close()
    }
    const [only] = targets
    const action = targets.length === 1 && only !== undefined ? { label: t('messages.show'), run: () => navigate({ conversation: only, panel: null }) } : undefined
    toasts.show(t('messages.forwarded', { count: targets.length }), action === undefined ? {} : { action })
  }

  return (
    <Dialog
      title={t('messages.forwardTitle', { count: items.length })}
      onClose={onClose}
      footer={
        <button type="button" className="button button--primary" disabled={chosen.size === 0} onClick={() => void forward()}>
          {t('messages.forward')}
        </button>
      }
    >
      <input
        className="input"
        type="search"
        dir="auto"
        data-autofocus
        aria-label={t('messages.forwardTo')}
        placeholder={t('messages.forwardTo')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
        }}
      />
      <Targets rows={rows} chosen={chosen} onChosen={setChosen} />
      {rows.length === 0 ? <p className="prose">{t('messages.forwardNone')}</p> : null}
    </Dialog>
  )
}

type TargetsProps = { rows: readonly InboxItem[]; chosen: ReadonlySet<ConversationId>; onChosen: (chosen: ReadonlySet<ConversationId>) => void }

function Targets({ rows, chosen, onChosen }: TargetsProps) {
  return (
    <ul className="forward">
      {rows.map((row) => (
        <li key={row.conversation}>
          <label className="forward__row">
            <input
              type="checkbox"
              checked={chosen.has(row.conversation)}
              disabled={!chosen.has(row.conversation) && chosen.size >= TARGETS_MAX}
              onChange={() => {
                const next = new Set(chosen)
                if (!next.delete(row.conversation)) next.add(row.conversation)
                onChosen(next)
              }}
            />
            {row.peer === undefined ? <Avatar id={row.conversation} name={row.title} picture={row.picture} size="small" group /> : <PersonAvatar id={row.peer} name={row.title} size="small" />}
            <bdi className="forward__name">{row.title}</bdi>
          </label>
        </li>
      ))}
    </ul>
  )
}

/** A list to choose from, not to read; the field finds the others. */
const SHOWN = 50
/** What is worth telling everybody is worth a message of its own. */
const TARGETS_MAX = 5
