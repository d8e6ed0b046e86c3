import { useEffect, useState } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { CloseIcon, CopyIcon, DiscardIcon, ForwardMessageIcon, SaveIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { useEngine } from '../useEngine.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { ForwardDialog } from './ForwardDialog.tsx'
import { copyTexts, save } from './messageActs.tsx'
import type { Selection } from './selection.ts'

type SelectionBarProps = {
  conversation: Conversation
  selection: Selection
  chosen: ReadonlySet<EntryId>
  /** Of those chosen, what is at hand, in their order. */
  itemsOf: (chosen: ReadonlySet<EntryId>) => readonly TimelineItem[]
}

/** In place of the head of a conversation or a thread while messages are chosen: how many, and what can be done with them. */
export function SelectionBar({ conversation, selection, chosen, itemsOf }: SelectionBarProps) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [open, setOpen] = useState<'delete' | 'forward' | null>(null)
  const items = itemsOf(chosen)
  const end = () => {
    selection.end()
  }
  const close = () => {
    setOpen(null)
  }
  useEscape(selection)
  return (
    <header className="conversation__head conversation__head--choosing" role="toolbar" aria-label={t('messages.chosenBar')}>
      <IconButton label={t('messages.endChoosing')} icon={<CloseIcon />} onClick={end} />
      <span className="conversation__title" role="status">
        {t('messages.chosen', { count: chosen.size })}
      </span>
      <IconButton
        label={t('conversation.copy')}
        icon={<CopyIcon />}
        onClick={() => {
          void copyTexts(items, ({ author }) => engine.person(author).get()?.name ?? t('conversation.someone'))
          end()
        }}
      />
      <IconButton
        label={t('messages.save')}
        icon={<SaveIcon />}
        onClick={() => {
          save(conversation, items, true)
          end()
        }}
      />
      <IconButton
        label={t('messages.forward')}
        icon={<ForwardMessageIcon className="flips" />}
        onClick={() => {
          setOpen('forward')
        }}
      />
      <IconButton
        label={t('messages.deleteItem')}
        icon={<DiscardIcon />}
        onClick={() => {
          setOpen('delete')
        }}
      />
      {open === 'delete' ? <DeleteDialog conversation={conversation} items={items} onDone={end} onClose={close} /> : null}
      {open === 'forward' ? <ForwardDialog items={items} onDone={end} onClose={close} /> : null}
    </header>
  )
}

/** Esc ends the choosing, before it would close anything else. */
function useEscape(selection: Selection): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape' || document.querySelector('dialog[open]') !== null) return
      event.stopPropagation()
      selection.end()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
    }
  }, [selection])
}
