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

type Items = readonly TimelineItem[]
type SelectionBarProps = {
  conversation: Conversation
  selection: Selection
  chosen: ReadonlySet<EntryId>
  /** Those chosen, in their order, wherever they stand. */
  itemsOf: (chosen: ReadonlySet<EntryId>) => Items | Promise<Items>
}

/** In place of the head of a conversation or a thread while messages are chosen: how many, and what can be done with them. */
export function SelectionBar({ conversation, selection, chosen, itemsOf }: SelectionBarProps) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [open, setOpen] = useState<{ act: 'delete' | 'forward'; items: Items } | null>(null)
  const end = () => {
    selection.end()
  }
  const close = () => {
    setOpen(null)
  }
  useEscape(selection)
  /** What was deleted meanwhile is not among them. */
  async function withItems(act: (items: Items) => void) {
    const items = (await itemsOf(chosen)).filter(({ kind }) => kind === 'message')
    if (items.length === 0) end()
    else act(items)
  }
  const acts = [
    {
      label: t('conversation.copy'),
      icon: <CopyIcon />,
      run: (items: Items) => {
        void copyTexts(items, ({ author }) => engine.person(author).get()?.name ?? t('conversation.someone'))
        end()
      },
    },
    {
      label: t('messages.save'),
      icon: <SaveIcon />,
      run: (items: Items) => {
        save(conversation, items, true)
        end()
      },
    },
    { label: t('messages.forward'), icon: <ForwardMessageIcon className="flips" />, run: (items: Items) => setOpen({ act: 'forward', items }) },
    { label: t('messages.deleteItem'), icon: <DiscardIcon />, run: (items: Items) => setOpen({ act: 'delete', items }) },
  ]
  return (
    <header className="conversation__head conversation__head--choosing" role="toolbar" aria-label={t('messages.chosenBar')}>
      <IconButton label={t('messages.endChoosing')} icon={<CloseIcon />} onClick={end} />
      <span className="conversation__title" role="status">
        {t('messages.chosen', { count: chosen.size })}
      </span>
      {acts.map(({ label, icon, run }) => (
        <IconButton key={label} label={label} icon={icon} onClick={() => void withItems(run)} />
      ))}
      {open?.act === 'delete' ? <DeleteDialog conversation={conversation} items={open.items} onDone={end} onClose={close} /> : null}
      {open?.act === 'forward' ? <ForwardDialog items={open.items} onDone={end} onClose={close} /> : null}
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
