import type { ReactNode } from 'react'
import type { InboxItem } from '../../sync/engine.ts'
import type { Command } from '../commands/commands.tsx'
import { KeysShown } from '../commands/KeysShown.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { Avatar, PersonAvatar } from '../people/Avatar.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { unreadLabel } from '../shell/attention.ts'
import type { Option } from './useOptions.ts'

type OptionRowProps = { id: string; option: Option; active: boolean; onChosen: () => void }

/** Never has focus itself: the field says which one is meant. */
export function OptionRow({ id, option, active, onChosen }: OptionRowProps) {
  return (
    <div id={id} role="option" aria-selected={active} className="switcher__option" onClick={onChosen}>
      {contentOf(option)}
    </div>
  )
}

function contentOf(option: Option): ReactNode {
  switch (option.type) {
    case 'conversation':
      return <ConversationOption row={option.row} />
    case 'person':
      return <PersonRow person={option.person} />
    case 'command':
      return <CommandOption command={option.command} />
    default:
      return option satisfies never
  }
}

function CommandOption({ command: { name, icon, keys } }: { command: Command }) {
  const { t } = useLanguage()
  return (
    <>
      <span className="switcher__icon">{icon}</span>
      <span className="switcher__name">{t(`commands.${name}`)}</span>
      {keys === null ? null : <KeysShown keys={keys} />}
    </>
  )
}

function ConversationOption({ row }: { row: InboxItem }) {
  const { t, number } = useLanguage()
  const count = unreadLabel(row.unread, number)
  return (
    <>
      {row.peer === undefined ? <Avatar id={row.conversation} name={row.title} group /> : <PersonAvatar id={row.peer} name={row.title} />}
      <span className="switcher__name" dir="auto">
        {row.title}
      </span>
      {row.unread === 0 ? null : (
        <span className={row.muted ? 'badge badge--muted' : 'badge'}>
          <span aria-hidden="true">{count}</span>
          <span className="unseen">{t('switcher.unread', { label: count })}</span>
        </span>
      )}
    </>
  )
}
