import { useState } from 'react'
import type { NamedKind, Permissions, Role } from '../../../shared/conversation/membership.ts'
import { may } from '../../../shared/conversation/membership.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { NAME_MAX_CHARS } from '../../../shared/limits.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { EditIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { EditInPlace } from './EditInPlace.tsx'

type GroupNameProps = { conversation: ConversationId; kind: NamedKind; name: string; role: Role; permissions: Permissions }

export function GroupName({ conversation, kind, name, role, permissions }: GroupNameProps) {
  const { t } = useLanguage()
  const [editing, setEditing] = useState(false)
  const end = () => {
    setEditing(false)
  }
  if (editing) return <Rename conversation={conversation} kind={kind} name={name} onEnd={end} />
  return (
    <div className="details__name">
      <h3 dir="auto">{name}</h3>
      {may({ kind, permissions }, role, { type: 'describe' }) ? (
        <IconButton
          label={kind === 'channel' ? t('channels.rename') : t('details.rename')}
          icon={<EditIcon />}
          onClick={() => {
            setEditing(true)
          }}
        />
      ) : null}
    </div>
  )
}

function Rename({ conversation, kind, name, onEnd }: Pick<GroupNameProps, 'conversation' | 'kind' | 'name'> & { onEnd: () => void }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [text, setText] = useState(name)
  const rename = async () => {
    if (await told(engine.describe(conversation, { name: text.trim() }), kind === 'channel' ? t('channels.renamed') : t('details.renamed'))) onEnd()
  }
  return (
    <EditInPlace savable={text.trim() !== '' && text.trim() !== name} onSave={rename} onEnd={onEnd}>
      <input
        className="input"
        dir="auto"
        autoFocus
        aria-label={kind === 'channel' ? t('channels.name') : t('details.name')}
        maxLength={NAME_MAX_CHARS}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
        }}
      />
    </EditInPlace>
  )
}
