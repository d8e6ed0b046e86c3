import type { ReactNode } from 'react'
import type { InboxItem } from '../../sync/engine.ts'
import { KeysShown } from '../commands/KeysShown.tsx'
import { Avatar } from '../people/Avatar.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { unreadLabel } from '../shell/attention.ts'
import type { Option } from './useOptions.ts'
import { words } from './words.ts'

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
      return (
        <>
          <span className="switcher__icon">{option.command.icon}</span>
          <span className="switcher__name">{option.command.name}</span>
          {option.command.keys === null ? null : <KeysShown keys={option.command.keys} />}
        </>
      )
    default:
      return option satisfies never
  }
}

function ConversationOption({ row }: { row: InboxItem }) {
  const count = unreadLabel(row.unread)
  return (
    <>
      <Avatar id={row.peer ?? row.conversation} name={row.title} group={row.kind === 'group'} />
      <span className="switcher__name" dir="auto">
        {row.title}
      </span>
      {row.unread === 0 ? null : (
        <span className={row.muted ? 'badge badge--muted' : 'badge'}>
          <span aria-hidden="true">{count}</span>
          <span className="unseen">{words.unread(count)}</span>
        </span>
      )}
    </>
  )
}
